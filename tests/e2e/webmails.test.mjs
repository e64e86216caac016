// Webmails that the user names, on hosts of their own.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SITE, needs, start, until } from './harness.mjs';

let lab;
let page;
before(async () => {
  lab = await start();
  page = await lab.open('options.html');
  await page.waitForSelector('.add-webmail');
});
after(() => lab?.stop());

/** The pages that the browser runs our scripts in because the user has named them. */
const patterns = () => lab.driver.evaluate(async () =>
  (await chrome.scripting.getRegisteredContentScripts()).flatMap(({ matches }) => matches));
const listed = () => page.$$eval('.webmails li .dates', (all) => all.map((it) => it.textContent));

async function name(address) {
  const field = await page.$('.add-webmail [name="address"]');
  await field.evaluate((it) => { it.value = ''; });
  await field.type(address);
  await page.click('.add-webmail [type="submit"]');
}

test('what is no webmail’s address is refused in words, and nothing is asked for', async () => {
  const before = await listed();
  for (const bad of ['my mail', 'http://mail.firm.example/']) {
    await name(bad);
    const text = () => page.$$eval('.refused', (all) => all.map((it) => it.textContent).join());
    await until(`${bad} is refused`, async () => (await text()).includes('https://'));
    assert.deepEqual(await listed(), before);
  }
});

/** Answers in the browser's place; `asked` tells what it was asked for, and whether by the click itself. */
const answering = (yes) => page.evaluate((answer) => {
  globalThis.asked = [];
  globalThis.request ??= chrome.permissions.request;
  chrome.permissions.request = async (wanted) => {
    globalThis.asked.push({ wanted, byClick: navigator.userActivation.isActive && globalThis.event?.isTrusted === true });
    return answer;
  };
}, yes);
const asked = () => page.evaluate(() => globalThis.asked);
const notices = () => page.$$eval('.notice', (all) => all.map((it) => it.textContent).join());
const WANTED = { wanted: { origins: ['https://mail.firm.example/*'] }, byClick: true };

/** Takes a webmail back. */
async function forget(address) {
  const items = await page.$$('.webmails li');
  for (const item of items) if (await item.evaluate((it, text) => it.textContent.includes(text), address)) await (await item.$('button')).click();
  await until('it has gone', async () => !(await listed()).some((it) => it.includes(address)));
}

test('the browser is asked for that one host, by the click itself, and may say no', async () => {
  const before = [await listed(), await patterns()];
  await answering(false);
  await name('https://Mail.Firm.example:8443/webmail/?_task=mail');
  await until('it says so calmly', async () => (await notices()).includes('has not allowed this address, so nothing was changed'));
  assert.deepEqual(await asked(), [WANTED]);
  assert.deepEqual([await listed(), await patterns()], before);
  assert.match(await page.$eval('.add-webmail [name="address"]', (it) => it.value), /^https:/, 'what was typed stays');
  await answering(true);
  await name('mail.firm.example/webmail/');
  await until('it is listed', async () => (await listed()).some((it) => it.includes('mail.firm.example')));
  assert.deepEqual(await asked(), [WANTED]);
  assert.deepEqual(await patterns(), before[1], 'what the browser has not granted is not read');
  await forget('mail.firm.example');
  await page.evaluate(() => { chrome.permissions.request = globalThis.request; });
});

test('the browser’s own question is asked, and what it granted is given back with the webmail', needs('question'), async () => {
  const origins = async () => (await lab.driver.evaluate(() => chrome.permissions.getAll())).origins.filter((it) => it.includes('firm.example'));
  await name('https://post.firm.example/');
  await lab.driver.answer(false);
  await until('it says so calmly', async () => (await notices()).includes('has not allowed this address'));
  assert.deepEqual(await origins(), []);
  await name('https://post.firm.example/');
  await lab.driver.answer(true);
  await until('it is listed', async () => (await listed()).some((it) => it.includes('post.firm.example')));
  assert.deepEqual(await origins(), ['https://post.firm.example/*']);
  await until('our scripts are registered', async () => (await patterns()).includes('https://post.firm.example/*'));
  await forget('post.firm.example');
  await until('the grant is given back', async () => (await origins()).length === 0);
  assert.ok(!(await patterns()).includes('https://post.firm.example/*'));
});

test('without a webmail open there is nothing to report', async () => {
  await page.click('.save-report');
  await until('it says so', () => page.$$eval('.notice', (all) => all.some((it) => it.textContent.includes('No webmail'))));
});

test('a report holds shapes and counts, and no mail', async () => {
  // With the list beside the letter, for Gmail as well.
  const tab = await lab.mail({ pane: 1 });
  await tab.openThread('weber');
  await until('the strip speaks', async () => (await tab.strip()).text());
  await page.evaluate(() => {
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      blob.text().then((text) => { globalThis.saved = text; });
      return make.call(URL, blob);
    };
  });
  await page.click('.save-report');
  const text = await until('the report is there', () => page.evaluate(() => globalThis.saved));
  const { pages: [report] } = JSON.parse(text);
  assert.equal(report.site, SITE);
  assert.equal(report.parts.thread.items, 1);
  assert.ok(report.parts.row.items > 20);
  assert.doesNotMatch(text, /@|Weber|Anna|high bays|lumenport/);
});

test('a webmail that is taken back is read no more, and again when that is undone', needs('named'), async () => {
  assert.deepEqual(await patterns(), ['http://127.0.0.1/*']);
  await page.click('.webmails li button');
  await until('it has gone', async () => (await listed()).length === 0);
  await until('its script as well', async () => (await patterns()).length === 0);
  await page.click('.undo button');
  await until('it is back', async () => (await listed()).length === 1);
  await until('its script as well', async () => (await patterns()).length === 1);
});

test('what the browser holds back at an update is registered anew', needs('named'), async () => {
  await lab.driver.evaluate(() => chrome.scripting.unregisterContentScripts());
  await page.click('.webmails li button');
  await until('it has gone', async () => (await listed()).length === 0);
  await page.click('.undo button');
  await until('its script is registered', async () => (await patterns()).length === 1);
});
