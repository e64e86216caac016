// The options page's letters: what there is to tell, and the word about letters brought back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start, until } from './harness.mjs';

let lab;
let page;
const problems = [];

before(async () => {
  lab = await start();
  page = await lab.open('options.html', { width: 900, height: 1000 });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.waitForSelector('.snippet-form');
});
after(() => lab?.stop());

const told = () => page.$$eval('.snippets > li', (all) => all.map((one) => one.querySelector('.text').innerText));
const tells = (what, texts) => until(what, async () => (await told()).join('|') === texts.join('|'));
const NEW = '.setting > .snippet-form[data-once]';

test('news is added, changed, taken back and brought back', async () => {
  for (const text of ['New price list from 1 December.', 'Lead time is 20 days.']) {
    await page.type(`${NEW} textarea`, text);
    await page.click(`${NEW} [type=submit]`);
    await until('it is listed', async () => (await told()).includes(text));
    await until('the form is empty', () => page.$eval(`${NEW} textarea`, (field) => !field.value));
  }
  await page.click('.snippets > li:first-child summary');
  const first = '.snippets > li:first-child';
  await page.focus(`${first} textarea`);
  await page.keyboard.press('End');
  await page.keyboard.type(' Most items stay.');
  await page.select(`${first} [name="letter"]`, 'price_quality');
  await page.$eval(`${first} [name="until"]`, (field) => { field.value = '2026-12-31'; });
  await page.click(`${first} [type=submit]`);
  await tells('it is changed', ['New price list from 1 December. Most items stay.', 'Lead time is 20 days.']);
  assert.match(await page.$eval(`${first} .parts`, (parts) => parts.innerText), /English\s+Price and quality\s+until December 31, 2026/);
  await page.click(`${first} > .tool`);
  await tells('it is gone', ['Lead time is 20 days.']);
  await page.click('.undo-tool');
  await tells('it is back where it stood', ['New price list from 1 December. Most items stay.', 'Lead time is 20 days.']);
  // Dates the wrong way round are refused at their form, and nothing that was typed is lost.
  await page.click('.snippets > li:last-child summary');
  const last = '.snippets > li:last-child';
  for (const [name, day] of [['from', '2026-12-31'], ['until', '2026-12-01']]) {
    await page.$eval(`${last} [name="${name}"]`, (field, value) => { field.value = value; }, day);
  }
  await page.click(`${last} [type=submit]`);
  await page.waitForSelector(`${last} .refused`);
  assert.equal(await page.$eval(`${last} [name="from"]`, (field) => field.value), '2026-12-31');
  assert.deepEqual(problems, []);
});

test('a draft bears the news and the name to sign with', async () => {
  await page.type('.setting [name="name"]', 'Robin Hale');
  await page.click('form:has([name="name"]) [type=submit]');
  const tab = await lab.mail();
  await tab.write('ecarter@harborside-electric.com');
  const line = await until('a word about the letter', async () => (await tab.shadows('cadence-note'))[0]);
  await line.click('.choose-tool');
  await line.evaluate((root) => { root.querySelector('.draft [name="letter"]').value = 'price_quality'; });
  await line.click('.draft [type=submit]');
  await until('the letter is in', async () => /Most items stay\./.test(await tab.written()));
  assert.match(await tab.written(), /Kind regards,\s+Robin Hale/);
});

test('the line above the send button is brought back', async () => {
  const tab = await lab.mail();
  await tab.write('anna.weber@elbspeicher-licht.de');
  const notes = () => tab.shadows('cadence-note');
  const line = await until('a word about the letter', async () => (await notes())[0]);
  await line.click('.close-tool');
  await line.click('.close .preset', 'In all letters');
  await until('no word', async () => !(await notes()).length);
  await page.bringToFront();
  await until('the switch is off', () => page.$eval('.switch [name="note"]', (box) => !box.checked));
  await page.click('.switch [name="note"]');
  await until('the word is there again', async () => (await notes()).length === 1);
  assert.deepEqual(problems, []);
});
