// The limits: how Cadence answers with very many clients, and with one client of very many messages.
//
//   node tests/reliability/limits.mjs [--clients 100000] [--due 300] [--messages 50000]
//
// The database is filled with copies of two records that Cadence itself has made, of a client who is due and of one who is not, in
// the browser, behind the worker's back; then the worker is started anew and asked as pages ask. Prints one line for each question: its first answer (cold), and the
// median of nine more.

import { parseArgs } from 'node:util';
import { start, until } from '../e2e/harness.mjs';

const number = (preset) => ({ type: 'string', default: preset });
const { values } = parseArgs({ options: { clients: number('1000'), due: number('300'), messages: number('1000') } });
const CLIENTS = Number(values.clients);
const DUE = Math.min(Number(values.due), CLIENTS);
const MESSAGES = Number(values.messages);
const ACCOUNT = 'robin@lumenport.example';
const at = Date.now() - 40 * 86_400_000;
const lately = Date.now() - 3_600_000;
const legacy = (ms) => (BigInt(ms) << 20n).toString(16);
const row = (email, first, last) => ({
  shape: 0,
  fields: { id: [[legacy(first), null, legacy(last), legacy(last)]], people: [[ACCOUNT, 'me'], [email, 'Buyer']], subject: [['Question']], class: [['zA yO']] },
});
const see = (rows) => ({
  ask: 'see', site: 'gmail',
  sighting: { path: '/mail/u/0/#inbox', origin: 'https://mail.google.com', parts: { account: [{ shape: 0, fields: { title: [[`Inbox - ${ACCOUNT} - Gmail`]] } }], row: rows } },
});
const act = (action, fields = {}) => ({ ask: 'act', action, fields });

const lab = await start({ zone: 'UTC' });
try {
  await until('the worker answers', async () => (await lab.ask({ ask: 'popup' })).answer === 'page', { timeout: 30_000 });
  await lab.ask(see([row('buyer@shop-0.de', at, at), row('buyer@silent.de', lately, lately)]));
  const fill = (clients, messages, from) => lab.driver.evaluate((count, due, many, begin, recent) => new Promise((resolve, reject) => {
    const opening = indexedDB.open('cadence');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const reading = database.transaction(['clients', 'threads']);
      const [client, thread] = ['clients', 'threads'].map((name) => reading.objectStore(name).getAll());
      reading.oncomplete = async () => {
        const of = (email) => [client.result.find((it) => it.email === email), thread.result.find((it) => it.client === email)];
        const [[one, its], [silent, quiet]] = [of('buyer@shop-0.de'), of('buyer@silent.de')];
        if (silent.due_at <= Date.now()) throw new Error('nobody is silent');
        for (let done = 1; done < count; done += 5000) {
          const writing = database.transaction(['clients', 'threads'], 'readwrite');
          for (let n = done; n < Math.min(done + 5000, count); n += 1) {
            const company = `shop-${n}.de`;
            const email = `buyer@${company}`;
            const [record, talk, since] = n < due ? [one, its, begin] : [silent, quiet, recent - count];
            const id = ((BigInt(since + n) << 20n)).toString(16);
            writing.objectStore('clients').put({ ...record, email, company, thread: id });
            writing.objectStore('threads').put({ ...talk, id, client: email, company, history: [{ ...talk.history[0], id, at: since + n }] });
          }
          await new Promise((go, stop) => { writing.oncomplete = go; writing.onabort = () => stop(writing.error); });
        }
        if (many) {
          const writing = database.transaction(['threads'], 'readwrite');
          const history = Array.from({ length: many }, (_, n) => ({ ...its.history[0], id: ((BigInt(begin - many + n) << 20n)).toString(16), at: begin - many + n, by: n % 2 ? 'seller' : 'client' }));
          writing.objectStore('threads').put({ ...its, history });
          await new Promise((go, stop) => { writing.oncomplete = go; writing.onabort = () => stop(writing.error); });
        }
        database.close();
        resolve();
      };
    };
  }), clients, DUE, messages, from, lately);
  const median = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)];
  const timed = async (question) => {
    const began = performance.now();
    const answer = await lab.ask(question);
    if (answer.answer === 'failed') throw new Error(`${JSON.stringify(question).slice(0, 100)}: ${answer.message}`);
    return [performance.now() - began, answer];
  };
  const measure = async (name, question) => {
    const next = () => timed(typeof question === 'function' ? question() : question);
    const [first] = await next();
    const more = [];
    for (let n = 0; n < 9; n += 1) more.push((await next())[0]);
    console.log(`${name}: first ${first.toFixed(0)} ms, then ${median(more).toFixed(0)} ms`);
  };

  await lab.killWorker();
  let began = performance.now();
  await fill(CLIENTS, 0, at);
  console.error(`filled in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  console.log(`${CLIENTS} clients, ${DUE} of them due`);
  await measure('popup', { ask: 'popup' });
  await until('the badge counts', async () => (await lab.badge()) !== '', { timeout: 60_000 });
  console.log(`badge: ${await lab.badge()}`);
  await measure('see, 50 rows', see(Array.from({ length: 50 }, (_, n) => row(`buyer@shop-${n * 7}.de`, at + n * 7, at + n * 7))));
  await measure('snooze', act({ do: 'snooze', thread: { account: ACCOUNT, id: legacy(at) }, client: 'buyer@shop-0.de', until: Date.now() + 1e9 }));
  await measure('options', { ask: 'options' });
  await measure('the coming weeks', { ask: 'weeks' });
  // A change that moves everybody: the answer first, the planning behind it.
  began = performance.now();
  const off = { rule: { scope: { market: 'europe_america' }, setting: 'touch', value: { switch: false } } };
  const [kept] = await timed(act({ do: 'keep', change: off }));
  const during = [];
  const planned = () => lab.driver.evaluate(() => new Promise((resolve) => {
    indexedDB.open('cadence').onsuccess = ({ target: { result } }) => {
      const got = result.transaction('settings').objectStore('settings').getAll();
      got.onsuccess = () => { result.close(); resolve(JSON.stringify(got.result[0]?.planned)); };
    };
  }));
  await until('everybody is planned anew', async () => {
    during.push((await timed(see([row('buyer@shop-7.de', at + 7, at + 7)])))[0], (await timed({ ask: 'options' }))[0]);
    return (await planned()) === '"all"';
  }, { timeout: 1_200_000 });
  const whole = (performance.now() - began) / 1000;
  console.log(`a rule changed for all: answered in ${kept.toFixed(0)} ms, all planned after ${whole.toFixed(0)} s; ` +
    `a page asked meanwhile got its answer in ${median(during).toFixed(0)} ms, ${Math.max(...during).toFixed(0)} ms at most`);
  await lab.killWorker();
  await fill(0, MESSAGES, at);
  console.log(`one client with ${MESSAGES} messages`);
  const thread = { account: ACCOUNT, id: legacy(at) };
  await measure('its row', see([row('buyer@shop-0.de', at, at + 60_000)]));
  // As Gmail shows a long thread: its last hundred letters, the others folded away.
  const letter = (n) => ({ shape: 0, fields: { id: [[legacy(at - n), null]], from: [n % 2 ? [ACCOUNT, 'me'] : ['buyer@shop-0.de', 'Buyer']], to: [n % 2 ? ['buyer@shop-0.de', null] : [ACCOUNT, null]] } });
  const open = see([]);
  open.sighting.parts.thread = [{ shape: 0, fields: { id: [[legacy(at), null]], subject: [['Question']] } }];
  open.sighting.parts.message = Array.from({ length: 100 }, (_, n) => letter(100 - n));
  await measure('its thread, open', open);
  const focus = { thread, client: 'buyer@shop-0.de', name: 'Buyer' };
  await lab.driver.evaluate(async (it) => {
    const { id } = await chrome.tabs.getCurrent();
    await chrome.storage.session.set({ [`focus ${id}`]: it });
  }, focus);
  await measure('its sidebar', { ask: 'sidebar' });
  let letters = 0;
  await measure('a letter more', () => see([row('buyer@shop-0.de', at, at + 120_000 + (letters += 1))]));
  await measure('snooze', act({ do: 'snooze', thread, client: 'buyer@shop-0.de', until: Date.now() + 1e9 }));
} finally {
  await lab.stop();
}
