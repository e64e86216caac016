// The popup: the due list by keyboard, searched, narrowed, settled; and long.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start, until } from './harness.mjs';

let lab;
let popup;
const problems = [];

async function open(viewport) {
  popup = await lab.popup(viewport);
  popup.on('pageerror', (error) => problems.push(String(error)));
  popup.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await popup.waitForSelector('h1');
  // At first come as many rows as most windows show, and more once they are painted.
  await until('the list is filled', () => popup.$eval('.due', (it) => it.dataset.after === '0' || it.children.length >= 20));
}

before(async () => {
  lab = await start({ zone: 'Asia/Shanghai' });
  const tab = await lab.mail();
  await until('the rows are told of', async () => (await tab.chips()).length > 20);
  await until('the badge shows a number', async () => Number(await lab.badge()) > 0);
  await open();
});
after(() => lab?.stop());

/** How long the list is, drawn or not. */
const rows = () => popup.$eval('.due', (it) => Number(it.dataset.before) + it.children.length + Number(it.dataset.after));
const names = () => popup.$$eval('.due > li .who strong', (all) => all.map((it) => it.textContent));
const focused = () => popup.evaluate(() => document.activeElement.closest('li')?.querySelector('strong').textContent);
const badge = async () => Number(await lab.badge() || 0);

/** Chooses an option of a select by keyboard, by its place. */
async function choose(name, place) {
  await popup.focus(`[name="${name}"]`);
  await popup.keyboard.press('Home');
  for (let at = 0; at < place; at += 1) await popup.keyboard.press('ArrowDown');
}

test('by keyboard: down the list, done, undone, skipped, snoozed; badge and list stay equal', async () => {
  const all = await names();
  assert.equal(all.length, await badge());
  await popup.keyboard.press('j');
  assert.equal(await focused(), all[0]);
  await popup.keyboard.press('ArrowDown');
  assert.equal(await focused(), all[1]);
  await popup.keyboard.press('k');
  assert.equal(await focused(), all[0]);
  for (const [key, said] of [['d', /contact noted/], ['x', /skipped until|no answer needed/], ['s', /quiet until/]]) {
    await popup.keyboard.press(key);
    await until(`${key} takes one off`, async () => (await rows()) === all.length - 1);
    assert.match(await popup.$eval('.undo', (it) => it.innerText), said);
    assert.ok(!(await names()).includes(all[0]));
    assert.equal(await focused(), all[1], 'the next row has the focus');
    await until('the badge follows', async () => (await badge()) === all.length - 1);
    await popup.keyboard.press('z');
    await until('it is back', async () => (await rows()) === all.length);
    assert.deepEqual(await names(), all);
    await until('the badge follows back', async () => (await badge()) === all.length);
    await popup.evaluate(() => document.activeElement.blur());
    await popup.keyboard.press('j');
  }
});

test('narrowed to a market and to a kind of letter', async () => {
  const all = await rows();
  let sum = 0;
  const MARKETS = ['europe_america', 'south_east_asia', 'south_america', 'india'];
  for (const [at, market] of MARKETS.entries()) {
    // What the worker says of that market alone, by as many rows as it has.
    const answer = JSON.stringify(await lab.ask({ ask: 'popup', ui: { list: { market } } }));
    const count = answer.match(/"row:/g)?.length ?? 0;
    await choose('market', at + 1);
    await until(`the heading counts ${market}`, async () =>
      (await popup.$eval('h1', (it) => it.textContent)) === `${count} of ${all} due` && (await rows()) === count);
    sum += count;
    await choose('market', 0);
    await until('all are back', async () => (await rows()) === all);
  }
  assert.equal(sum, all, 'every due client is in one market');
  await choose('errand', 3);
  await until('quotations alone', async () => (await rows()) < all);
  for (const task of await popup.$$eval('.task', (tasks) => tasks.map((it) => it.textContent))) {
    assert.match(task, /^Renew the quotation/);
  }
  await choose('errand', 0);
  await until('all are back', async () => (await rows()) === all);
});

test('a search finds clients who are not due, and Escape ends it', async () => {
  const all = await names();
  await popup.evaluate(() => document.activeElement.blur());
  await popup.keyboard.press('/');
  assert.equal(await popup.evaluate(() => document.activeElement.name), 'query');
  await popup.keyboard.type('moreau');
  await until('she is found', async () => /^1 client found$/.test(await popup.$eval('h1', (it) => it.textContent)));
  assert.match((await names())[0], /Moreau/);
  assert.ok(!all.includes((await names())[0]));
  await popup.keyboard.press('Escape');
  await until('the list is back', async () => (await rows()) === all.length);
  await popup.keyboard.type('<img src=x onerror=1> \u202e');
  await until('nobody has that', async () => (await rows()) === 0);
  assert.equal(await popup.$('img'), null);
  await popup.keyboard.press('Escape');
  await until('the list is back again', async () => (await rows()) === all.length);
});

test('the keys explain themselves', async () => {
  await popup.evaluate(() => document.activeElement.blur());
  await popup.keyboard.press('?');
  await popup.waitForSelector('.keys:popover-open');
  assert.match(await popup.$eval('.keys', (it) => it.innerText), /Open the thread/);
  await popup.keyboard.press('Escape');
  await popup.waitForSelector('.keys:not(:popover-open)');
  assert.deepEqual(problems, []);
});

test('of ten thousand due clients no more rows are drawn than are seen', async () => {
  const COUNT = 10_000;
  await popup.evaluate(async (count) => {
    const database = await new Promise((resolve, reject) => {
      const asked = indexedDB.open('cadence');
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    const account = 'robin@lumenport.example';
    const write = database.transaction(['clients', 'threads'], 'readwrite');
    for (let n = 0; n < count; n += 1) {
      const name = String(n).padStart(5, '0');
      const at = Date.now() - (count - n + 9_999) * 60_000;
      const [client, company] = [`buyer@many-${name}.de`, `many-${name}.de`];
      const touch = { id: `t${n}`, at, by: 'client', kind: 'plain' };
      write.objectStore('threads').put({ account, id: `t${n}`, client, company, subject: `Question ${n}`, history: [touch] });
      write.objectStore('clients').put({
        account, email: client, company, name: `Buyer ${name}`, stage: 'inquiry', intent: 'open', thread: `t${n}`, due_at: at, errand: 'reply',
        rhythm: 'europe_america',
      });
    }
    await new Promise((resolve, reject) => { write.oncomplete = resolve; write.onerror = () => reject(write.error); });
    database.close();
  }, COUNT);
  // Written behind its back, which nobody may do.
  await lab.killWorker();
  await open();
  const all = await rows();
  assert.ok(all >= COUNT, `${all} rows`);
  const drawn = () => popup.$$eval('.due > li', (it) => it.length);
  assert.ok(await drawn() <= 40);
  const shows = (name) => popup.$$eval('.due > li', (items, wanted) => {
    const list = items[0].parentElement.getBoundingClientRect();
    return items.some((it) => {
      const { top, bottom } = it.getBoundingClientRect();
      return it.textContent.includes(wanted) && top < list.bottom && bottom > list.top;
    });
  }, name);
  const height = await popup.$eval('.due', (it) => it.scrollHeight / (Number(it.dataset.before) + it.children.length + Number(it.dataset.after)));
  for (const place of [5_000, 9_990, 0, 3]) {
    await popup.$eval('.due', (it, top) => { it.scrollTop = top; }, place * height);
    // The demo's own clients stand somewhere among them.
    await until(`the rows around ${place} are drawn`, async () => popup.$eval('.due', (it, [wanted, row]) => {
      const first = Math.floor(it.scrollTop / row);
      const last = Math.ceil((it.scrollTop + it.clientHeight) / row);
      const [before, drawn, after] = [Number(it.dataset.before), it.children.length, Number(it.dataset.after)];
      return Math.abs(first - wanted) < 8 && before <= first && (last <= before + drawn || after === 0);
    }, [place, height]), { timeout: 10_000 });
    assert.ok(await drawn() <= 40);
  }
  // By keyboard through more rows than are drawn at once.
  await popup.evaluate(() => document.activeElement.blur());
  await popup.keyboard.press('j');
  const start = Number((await focused()).match(/\d+$/)?.[0] ?? -1);
  for (let step = 0; step < 60; step += 1) {
    const before = await focused();
    await popup.keyboard.press('j');
    await until('the focus is on the next row', async () => {
      const now = await focused();
      return now && now !== before;
    });
  }
  assert.ok(Number((await focused()).match(/\d+$/)?.[0]) >= start + 30);
  await popup.keyboard.press('/');
  await popup.keyboard.type('buyer 07777');
  await until('one of ten thousand is found', async () => (await rows()) === 1, { timeout: 20_000 });
  assert.ok(await shows('Buyer 07777'));
  assert.deepEqual(problems, []);
});
