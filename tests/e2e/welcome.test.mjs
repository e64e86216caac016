// The first steps after installation, and the invented client, who never meets a real one.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start, until } from './harness.mjs';

let lab;
let page;
before(async () => {
  lab = await start({ zone: 'Asia/Shanghai', welcome: true });
  page = await lab.opened('welcome.html');
});
after(() => lab?.stop());

const text = () => page.$eval('body', (body) => body.innerText.replace(/\s+/g, ' '));
const shows = (what) => until(`the page shows ${what}`, async () => what.test(await text()));
const press = (label) => page.locator(`::-p-aria([name="${label}"][role="button"])`).click();
/** What is stored of clients of the user's own. */
const clients = () => lab.driver.evaluate(async () => {
  const open = await new Promise((resolve) => { indexedDB.open('cadence').onsuccess = ({ target }) => resolve(target.result); });
  const all = await new Promise((resolve) => { open.transaction('clients').objectStore('clients').getAllKeys().onsuccess = ({ target }) => resolve(target.result); });
  open.close();
  return all;
});
const databases = () => lab.driver.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

test('it opens after installation and tells in three screens how to begin', async () => {
  await shows(/The right client, at the right hour/);
  assert.equal(await page.title(), 'Cadence: first steps');
  await press('Next');
  await shows(/Anna Keller .*Germany/);
  await press('Next');
  await shows(/Begin with what you have .*Gmail/);
  await press('Bring your history');
  await (await lab.opened('import.html')).close();
  await page.bringToFront();
  await press('Back');
  await shows(/Anna Keller/);
});

test('the invented client can be played with, and nobody else hears of her', async () => {
  await page.evaluate(() => { for (const fold of document.querySelectorAll('.fold')) fold.open = true; });
  await page.select('.log select[name="way"]', 'whatsapp');
  await press('Log');
  await shows(/You spoke WhatsApp/);
  await shows(/Last contact today/);
  // The worker may die meanwhile: what was done stays.
  await lab.killWorker();
  await press('Undo');
  await shows(/You wrote 52 days ago/);
  await page.click('.place');
  await page.waitForSelector('.place-form select[name="country"]');
  await page.focus('.place-form select[name="country"]');
  await page.keyboard.type('Brazil');
  await until('its zones are offered', () => page.$('.place-form select[name="zone"] option[value="America/Sao_Paulo"]'));
  await press('Save');
  await shows(/Brazil .*you said so/);
  assert.deepEqual(await clients(), []);
  assert.equal(await lab.badge(), '');
  const list = await lab.popup();
  await until('the list is drawn', () => list.$('h1'));
  assert.doesNotMatch(await list.$eval('body', (body) => body.innerText), /Anna Keller/);
  await list.close();
});

test('she goes with the page', async () => {
  assert.ok((await databases()).includes('cadence demo'));
  await page.close();
  await until('she is gone', async () => !(await databases()).includes('cadence demo'));
  page = await lab.open('welcome.html');
  await shows(/The right client/);
  await press('Next');
  await shows(/Anna Keller .*Germany/);
  await page.close();
});
