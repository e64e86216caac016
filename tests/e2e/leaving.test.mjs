// Everything is deleted: out of use at once, to be taken back for a minute, and then gone, whatever happens to the worker.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { start, until } from './harness.mjs';

let lab;
let mail;
beforeEach(async () => {
  lab = await start({ zone: 'UTC' });
  mail = await lab.mail({ open: 'weber' });
  await until('the strip speaks', async () => (await mail.strip()).text(), { timeout: 20_000 });
  await until('clients are kept', async () => (await stored()).clients > 0);
});
afterEach(() => lab.stop());

/** What lies in the browser: how many clients, which databases have anything in them, and what stands in its storage. */
const stored = () => lab.driver.evaluate(async () => {
  const answer = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const found = { clients: 0, full: [], kept: Object.keys(await chrome.storage.local.get(null)), session: [] };
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const count = await answer(database.transaction(store).objectStore(store).count());
      if (count) found.full.push(`${name}.${store}`);
      if (`${name}.${store}` === 'cadence.clients') found.clients = count;
    }
    database.close();
  }
  found.session = Object.keys(await chrome.storage.session.get(null)).filter((key) => key.startsWith('focus '));
  return found;
});

const says = (page, text) => until(`the page says “${text}”`, async () => (await page.evaluate(() => document.body.innerText)).includes(text));

/** Chooses “Delete everything…” and says yes. */
async function remove() {
  const page = await lab.open('options.html');
  await (await until('the button is there', () => page.$('.delete .tool'))).click();
  await (await until('it asks', () => page.$('.delete .main'))).click();
  await says(page, 'Everything is about to be deleted');
  return page;
}

/** Sets the end of the minute, as if it had begun earlier; the worker hears of it as it wakes. */
async function end(at) {
  await lab.killWorker();
  await lab.driver.evaluate(async (leaving) => {
    await chrome.alarms.clear('leaving');
    await chrome.storage.local.set({ leaving });
  }, at);
}

/** Nothing is left but what the strip on show may have told anew. */
async function isGone() {
  await until('nothing is left', async () => {
    const { full, kept } = await stored();
    return !full.length && !kept.includes('leaving');
  }, { timeout: 20_000 });
}

test('it goes out of use at once, everywhere, and all of it can be taken back', async () => {
  const { clients } = await stored();
  const badge = await lab.badge();
  const popup = await lab.popup();
  await popup.waitForSelector('.due li');
  const options = await remove();
  await says(popup, 'Everything is about to be deleted');
  await until('no badge', async () => (await lab.badge()) === '');
  await until('nothing stands in the mailbox', async () => !(await mail.shadows('cadence-strip')).length || (await (await mail.strip()).text()) === '');
  assert.equal((await stored()).clients, clients, 'it is still there to be taken back');
  await options.click('.leaving .main');
  await says(options, 'Delete everything…');
  await popup.waitForSelector('.due li');
  await until('the strip speaks', async () => (await mail.strip()).text());
  await until('the badge is back', async () => (await lab.badge()) === badge);
  assert.equal((await stored()).clients, clients);
  assert.deepEqual(mail.problems, []);
});

test('who does not want to wait need not, and nothing is left anywhere', async () => {
  const keeper = await lab.open('import.html');
  await keeper.evaluate(async () => { await (await import('./keep.js')).keep('user'); });
  assert.ok((await stored()).full.some((name) => name.startsWith('cadence-copies')));
  const page = await remove();
  await says(keeper, 'Take that back first');
  await mail.page.close();
  await page.click('.leaving .main + .tool');
  await says(page, '0 clients');
  await isGone();
  assert.deepEqual((await stored()).session, []);
});

test('a worker that is ended in between keeps the promise, and the undo', async () => {
  const { clients } = await stored();
  const page = await remove();
  await lab.killWorker();
  await page.reload();
  await says(page, 'Everything is about to be deleted');
  const alarms = await page.evaluate(() => chrome.alarms.getAll());
  assert.ok(alarms.some(({ name }) => name === 'leaving'), 'the browser wakes it at the end of the minute');
  await page.click('.leaving .main');
  await says(page, 'Delete everything…');
  assert.equal((await stored()).clients, clients);
  await mail.page.close();
  await lab.killWorker();
  await page.reload();
  await says(page, 'Delete everything…');
  assert.equal((await stored()).clients, clients, 'what was taken back does not come true later');
});

test('a minute that ends while the worker is not there ends all the same, before anything else is told', async () => {
  const page = await remove();
  await mail.page.close();
  await end(Date.now() - 1);
  const answer = await lab.ask({ ask: 'popup' });
  assert.equal(answer.answer, 'page');
  assert.ok(!JSON.stringify(answer.view).includes('@'), 'nobody is told of any more');
  await isGone();
  await page.reload();
  await says(page, '0 clients');
});

test('a page that stays open sees the minute end', async () => {
  const page = await remove();
  await mail.page.close();
  await end(Date.now() + 2_000);
  await page.reload();
  await says(page, 'Everything is about to be deleted');
  await says(page, '0 clients');
  await isGone();
});

test('where the worker was ended half way, the rest goes at the next wake', async () => {
  await remove();
  await mail.page.close();
  await end(Date.now() - 1);
  // The store has been emptied, and the worker ended before it could delete the copies.
  await lab.driver.evaluate(() => new Promise((resolve) => {
    const opening = indexedDB.open('cadence-copies', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('list', { keyPath: 'at' }).put({ at: 1 });
    opening.onsuccess = () => { opening.result.close(); resolve(); };
  }));
  await lab.ask({ ask: 'popup' });
  await isGone();
});
