// The database: opened from every earlier schema, refused from a later one, and what happens where there is no room.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { needs, start, until } from './harness.mjs';

const fixtures = new URL('../fixtures/store/', import.meta.url);
const schemas = readdirSync(fixtures).filter((name) => /^v\d+\.json$/.test(name)).map((name) => JSON.parse(readFileSync(new URL(name, fixtures), 'utf8')));
const newest = Math.max(...schemas.map(({ schema }) => schema));
let lab;
afterEach(() => lab?.stop());

const answers = () => until('the worker answers', async () => (await lab.ask({ ask: 'popup' })).answer, { timeout: 20_000 });

/** Puts a database of this shape in place of the one that is there. A worker that is still at work makes its own anew: then once more. */
const place = (shape) => until('it is in place', () => lab.driver.evaluate((it) => new Promise((resolve, reject) => {
  const gone = indexedDB.deleteDatabase('cadence');
  gone.onerror = () => reject(gone.error);
  gone.onsuccess = () => {
    let placed = false;
    const opening = indexedDB.open('cadence', it.schema);
    opening.onerror = () => (opening.error.name === 'VersionError' ? resolve(false) : reject(opening.error));
    opening.onupgradeneeded = () => {
      placed = true;
      for (const { name, keyPath, indexes, records } of it.stores) {
        const store = opening.result.createObjectStore(name, { keyPath });
        for (const index of indexes) store.createIndex(index.name, index.keyPath);
        for (const record of records) store.put(record);
      }
    };
    opening.onsuccess = () => { opening.result.close(); resolve(placed); };
  };
}), shape));

/** All records of some stores. */
const stored = (database, names) => lab.driver.evaluate((of, wanted) => new Promise((resolve, reject) => {
  const opening = indexedDB.open(of);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const { result } = opening;
    const reading = result.transaction(wanted);
    const asked = wanted.map((name) => reading.objectStore(name).getAll());
    reading.oncomplete = () => {
      const records = Object.fromEntries(wanted.map((name, at) => [name, asked[at].result]));
      const { version } = result;
      result.close();
      resolve({ version, ...records });
    };
  };
}), database, names);

/** What a file brings, laid down for the worker as the page of the user's data does, and what the worker says when asked to take it over. */
const brought = { clients: schemas.at(-1).stores.find(({ name }) => name === 'clients').records };
const lay = (page) => page.evaluate(async (piece) => (await import('/intake.js')).lay([piece], false), brought);
const takeIn = (page) => page.evaluate(() => chrome.runtime.sendMessage({ v: 1, ask: 'take_in' }));
const lying = async () => (await stored('cadence-intake', ['pieces'])).pieces.length;
const emails = async () => (await stored('cadence', ['clients'])).clients.map(({ email }) => email).toSorted();

for (const shape of schemas) {
  test(`a database of schema ${shape.schema} is opened with everything in it`, async () => {
    lab = await start({ zone: 'UTC' });
    await answers();
    await place(shape);
    await lab.killWorker();
    const answer = await lab.ask({ ask: 'popup' });
    assert.equal(answer.answer, 'page', JSON.stringify(answer).slice(0, 300));
    const names = ['clients', 'threads', 'companies', 'settings', 'accounts'];
    const now = await stored('cadence', names);
    assert.equal(now.version, newest);
    for (const name of names) {
      const before = shape.stores.find((store) => store.name === name).records;
      assert.equal(now[name].length, before.length, name);
      // What it says is what it said: a step may add to a record and take nothing from it.
      before.forEach((record, at) => {
        for (const key of Object.keys(record).filter((it) => !['due_at', 'lapses_at', 'planned'].includes(it))) {
          assert.deepEqual(now[name][at][key], record[key], `${name}: ${key}`);
        }
      });
    }
    if (shape.schema === newest) return;
    const { pieces } = await stored('cadence-before-migration', ['pieces']);
    for (const { name, records } of shape.stores.filter((store) => store.records.length)) {
      const kept = pieces.filter((piece) => piece.store === name && piece.schema === shape.schema).flatMap((piece) => piece.records);
      assert.deepEqual(kept, records, `the copy of ${name}`);
    }
  });
}

test('a database of a later schema is refused in words and left as it is', async () => {
  lab = await start({ zone: 'UTC' });
  await answers();
  const later = { schema: newest + 7, stores: [{ name: 'clients_of_the_future', keyPath: 'id', indexes: [], records: [{ id: 1, said: 'x' }] }] };
  await place(later);
  await lab.killWorker();
  for (let time = 0; time < 2; time += 1) {
    const answer = await lab.ask({ ask: 'popup' });
    assert.deepEqual([answer.answer, answer.code], ['failed', 'newer'], JSON.stringify(answer));
  }
  const popup = await lab.popup();
  const notice = await until('the popup says so', () => popup.$('.notice'));
  assert.match(await notice.evaluate((it) => it.textContent), /later version of Cadence/);
  const { version, clients_of_the_future: records } = await stored('cadence', ['clients_of_the_future']);
  assert.deepEqual([version, records], [later.schema, later.stores[0].records]);
});

test('what a file has brought waits while a later schema is there, and is taken over when it can be', async () => {
  lab = await start({ zone: 'UTC' });
  await answers();
  const page = await lab.open('import.html');
  await page.waitForSelector('.data .held');
  const later = { schema: newest + 7, stores: [{ name: 'clients', keyPath: 'id', indexes: [], records: [] }] };
  await place(later);
  await lab.killWorker();
  await lay(page);
  for (let time = 0; time < 2; time += 1) {
    const answer = await takeIn(page);
    assert.deepEqual([answer.answer, answer.code], ['failed', 'newer'], JSON.stringify(answer));
  }
  assert.equal(await lying(), 1);
  assert.deepEqual((await stored('cadence', ['clients'])).clients, []);
  const now = schemas.find(({ schema }) => schema === newest);
  await place({ ...now, stores: now.stores.map((store) => ({ ...store, records: [] })) });
  await lab.killWorker();
  assert.equal((await takeIn(page)).answer, 'done');
  assert.equal(await lying(), 0);
  assert.deepEqual(await emails(), brought.clients.map(({ email }) => email).toSorted());
});

test('where there is no room it says so, keeps what it has, and goes on when there is', needs('quota'), async () => {
  lab = await start({ zone: 'UTC' });
  await answers();
  const client = { account: 'robin@lumenport.example', email: 'anna@weber.de' };
  const about = (text) => lab.ask({ ask: 'act', action: { do: 'set_client', client }, fields: { stage: 'quoted', intent: 'open', about: text } });
  assert.equal((await about('before')).answer, 'done');
  const page = await lab.open('import.html');
  await page.waitForSelector('.data .held');
  await lay(page);
  const cdp = await page.createCDPSession();
  const { origin } = lab.driver;
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  // Chromium goes by what it last knew of the room there is, for half a minute.
  let last = 'before';
  let round = 0;
  const full = await until('a write is refused', async () => {
    const next = `full ${round += 1}`;
    const answer = await about(next);
    if (answer.answer === 'done') last = next;
    return answer.answer === 'failed' && answer;
  }, { timeout: 60_000 });
  assert.equal(full.code, 'full', JSON.stringify(full));
  assert.equal((await lab.ask({ ask: 'popup' })).answer, 'page', 'reading goes on');
  // What a file has brought waits, too, and what cannot even be laid down is refused in our words.
  const refused = await takeIn(page);
  assert.deepEqual([refused.answer, refused.code], ['failed', 'full'], JSON.stringify(refused));
  assert.equal(await lying(), 1);
  await page.locator('xpath/.//button[normalize-space() = "Back up now"]').click();
  const notice = await until('the page says so', () => page.$('.notice'));
  assert.match(await notice.evaluate((it) => it.textContent), /no room left on this device/);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin });
  const { clients: [kept] } = await stored('cadence', ['clients']);
  assert.equal(kept.about, last);
  await until('a write is let through', async () => (await about('after')).answer === 'done', { timeout: 60_000 });
  assert.equal((await takeIn(page)).answer, 'done');
  assert.deepEqual(await emails(), [...new Set([client.email, ...brought.clients.map(({ email }) => email)])].toSorted());
});

test('a clock that jumps moves what is due, and loses nothing', async () => {
  lab = await start({ zone: 'UTC' });
  await answers();
  const account = 'robin@lumenport.example';
  const at = Date.now() - 3_600_000;
  const id = (BigInt(at) << 20n).toString(16);
  const row = { shape: 0, fields: { id: [[id, null, id, id]], people: [['anna@weber.de', 'Anna'], [account, 'me']], subject: [['Valves']], class: [['zA zE']] } };
  const title = { shape: 0, fields: { title: [[`Inbox - ${account} - Gmail`]] } };
  const sighting = { path: '/mail/u/0/#inbox', origin: 'https://mail.google.com', parts: { account: [title], row: [row] } };
  assert.equal((await lab.ask({ ask: 'see', site: 'gmail', sighting })).answer, 'drawn');
  const client = 'anna@weber.de';
  const thread = { account, id };
  // Snoozed until a week ago, as it is after a machine has slept for longer: due at once when it wakes.
  for (const until of [Date.now() + 7 * 86_400_000, Date.now() - 7 * 86_400_000]) {
    assert.equal((await lab.ask({ ask: 'act', action: { do: 'snooze', thread, client, until } })).answer, 'done');
  }
  await until('it is due', async () => (await lab.badge()) === '1');
  // Set when the date was a month ahead, and then set back: the snooze ends when it says, and until then says so.
  const ahead = Date.now() + 30 * 86_400_000;
  assert.equal((await lab.ask({ ask: 'act', action: { do: 'undo', thread, client, snooze: { since: ahead, until: ahead + 86_400_000 } } })).answer, 'done');
  await until('it is silent', async () => (await lab.badge()) === '');
  await lab.killWorker();
  assert.equal((await lab.ask({ ask: 'popup' })).answer, 'page');
  const { threads: [kept] } = await stored('cadence', ['threads']);
  assert.equal(kept.history.length, 1);
});

test('a copy that is made after the clock was set back stays, and what is dated ahead goes first', async () => {
  lab = await start({ zone: 'UTC' });
  await answers();
  assert.equal((await lab.ask({ ask: 'act', action: { do: 'keep', change: { daily_limit: 7 } } })).answer, 'done');
  const page = await lab.open('import.html');
  // The clock was a month ahead for eight days, each with its copy; then it was put right.
  const { made, kept } = await page.evaluate(() => import('/keep.js').then(async ({ keep, list }) => {
    const [now, made] = [Date.now, []];
    for (const day of [30, 31, 32, 33, 34, 35, 36, 37, 0, 1]) {
      Date.now = () => now() + day * 86_400_000;
      made.push(await keep('schedule'));
    }
    Date.now = now;
    return { made, kept: (await list()).map((it) => it.at) };
  }));
  assert.deepEqual(kept, [...made.slice(3, 8).toReversed(), ...made.slice(8).toReversed()]);
});

test('a change of the rules reaches everybody over deaths of the worker, and questions in between have their answers', async () => {
  lab = await start({ zone: 'UTC' });
  await answers();
  const account = 'robin@lumenport.example';
  const at = Date.now() - 40 * 86_400_000;
  const id = (ms) => (BigInt(ms) << 20n).toString(16);
  const row = { shape: 0, fields: { id: [[id(at), null, id(at), id(at)]], people: [[account, 'me'], ['buyer@shop-0.de', 'Buyer']], subject: [['Valves']], class: [['zA yO']] } };
  const title = { shape: 0, fields: { title: [[`Inbox - ${account} - Gmail`]] } };
  const sighting = { path: '/mail/u/0/#inbox', origin: 'https://mail.google.com', parts: { account: [title], row: [row] } };
  assert.equal((await lab.ask({ ask: 'see', site: 'gmail', sighting })).answer, 'drawn');
  // Copies of her, behind the worker's back: a company of more people than a piece has, among companies of one.
  const companies = [...Array.from({ length: 300 }, (_, n) => [`shop-${n}.de`, 1]), ['large.de', 250], ['last.de', 1]];
  await lab.driver.evaluate((wanted, since) => new Promise((resolve, reject) => {
    const opening = indexedDB.open('cadence');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const writing = opening.result.transaction(['clients', 'threads'], 'readwrite');
      const [clients, threads] = ['clients', 'threads'].map((name) => writing.objectStore(name));
      clients.getAll().onsuccess = ({ target: { result: [client] } }) => {
        threads.getAll().onsuccess = ({ target: { result: [thread] } }) => {
          let count = 0;
          for (const [company, people] of wanted) {
            for (let n = 0; n < people; n += 1) {
              const email = `buyer${n || ''}@${company}`;
              const key = (BigInt(since + (count += 1)) << 20n).toString(16);
              clients.put({ ...client, email, company, thread: key });
              threads.put({ ...thread, id: key, client: email, company, history: [{ ...thread.history[0], id: key }] });
            }
          }
        };
      };
      writing.oncomplete = () => { opening.result.close(); resolve(); };
      writing.onabort = () => reject(writing.error);
    };
  }), companies, at);
  await lab.killWorker();
  const all = companies.reduce((sum, [, people]) => sum + people, 0);
  const due = async () => {
    const { clients } = await stored('cadence', ['clients']);
    assert.equal(clients.length, all);
    return clients.filter((client) => client.due_at <= Date.now()).length;
  };
  await answers();
  assert.equal(await due(), all);
  const rule = (on) => lab.ask({ ask: 'act', action: { do: 'keep', change: { rule: { scope: { market: 'europe_america' }, setting: 'touch', value: { switch: on } } } }, fields: {} });
  assert.equal((await rule(false)).answer, 'done');
  // Whoever is planned is due no more. It is ended at three moments of that, and asked.
  let deaths = 3;
  await until('everybody is planned anew', async () => {
    const answer = await lab.ask({ ask: 'options' });
    assert.equal(answer.answer, 'page', JSON.stringify(answer).slice(0, 300));
    const told = /"planning_anew",\[\{"number":(\d+)\},\{"number":(\d+)\}/.exec(JSON.stringify(answer.view));
    if (told) assert.ok(Number(told[1]) <= all && Number(told[2]) === all, told[0]);
    if (deaths > 0) await lab.killWorker();
    deaths -= 1;
    return (await due()) === 0;
  }, { timeout: 60_000 });
  const { settings: [settings] } = await until('it is done', async () => {
    const held = await stored('cadence', ['settings']);
    return held.settings[0].planned === 'all' && held;
  });
  assert.equal(settings.planned, 'all');
  // Ended after the last write and before the badge was told, it says so when it is woken.
  await answers();
  await until('the badge agrees', async () => (await lab.badge()) === '');
});
