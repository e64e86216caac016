// The options page: a rule changed by keyboard, weighed, kept, reset; a holiday of the user's own.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start, until } from './harness.mjs';

let lab;
let page;
const problems = [];

before(async () => {
  lab = await start();
  const tab = await lab.mail();
  await until('the rows are told of', async () => (await tab.chips()).length > 20);
  await until('the badge shows a number', async () => Number(await lab.badge()) > 0);
  page = await lab.open('options.html', { width: 900, height: 1000 });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.waitForSelector('.options section');
});
after(() => lab?.stop());

const text = (selector) => page.$eval(selector, (element) => element.innerText.replace(/\s+/g, ' '));
const gone = (selector) => until(`${selector} is gone`, async () => !(await page.$(selector)));
const EVERY = '#setting_touch_every-europe_america';
const row = `.rule-row:has(${EVERY})`;

test('a rule is changed by keyboard, weighed before it is kept, and the badge follows', async () => {
  const before = Number(await lab.badge());
  await page.focus(`${EVERY}-value`);
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${row} .preview`);
  const said = await text(`${row} .preview`);
  const [, shown, then] = said.match(/Due now: (\d+) → (\d+)/).map(Number);
  assert.equal(shown, before);
  assert.ok(then < before, said);
  // A later letter can make room for the wishes of a holiday before it: those come sooner.
  const [, sooner, later] = said.match(/\d+ due dates move: (\d+) sooner, (\d+) later/).map(Number);
  assert.ok(later > sooner, said);
  assert.equal(Number(await lab.badge()), before, 'nothing is kept yet');
  // Nothing of what was typed is lost, and the way on is a few tabs away.
  assert.equal(await page.$eval(`${EVERY}-value`, (input) => input.value), '2');
  assert.equal(await page.evaluate(() => document.activeElement.id), `${EVERY.slice(1)}-value`);
  for (let tabs = 0; tabs < 9; tabs += 1) {
    if (await page.evaluate(() => document.activeElement.matches('.keep'))) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await gone('.preview');
  await until('the badge follows', async () => Number(await lab.badge() || 0) === then);
  assert.match(await text(row), /Changed by you/);
  assert.match(await text(row), /Playbook: monthly/);
});

test('a reset brings it back', async () => {
  await page.click(`${row} .reset`);
  await page.waitForSelector(`${row} .preview`);
  assert.equal(await page.$eval(`${EVERY}-value`, (input) => input.value), '1');
  await page.click(`${row} .keep`);
  await gone(`${row} .reset`);
});

test('what makes no sense is refused at its field and stays to be mended', async () => {
  await page.$eval(`${EVERY}-value`, (input) => { input.value = ''; });
  await page.type(`${EVERY}-value`, 'soon');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${row} .refused`);
  assert.equal(await page.$eval(`${EVERY}-value`, (input) => input.value), 'soon');
  assert.equal(await page.$eval(`${EVERY}-value`, (input) => input.ariaInvalid), 'true');
  // Another market's field is another field.
  await page.click('.tab:nth-child(4)');
  await page.waitForSelector('#setting_touch_every-india');
  assert.equal(await page.$eval('#setting_touch_every-india-value', (input) => input.value), '1');
  await page.click('.tab:nth-child(1)');
  await page.waitForSelector(EVERY);
});

test('a switch that is left as it was shows so again', async () => {
  const box = '#setting_greetings-europe_america-value';
  await page.click(box);
  await page.waitForSelector('.preview');
  await page.click('.preview .leave');
  await gone('.preview');
  assert.equal(await page.$eval(box, (input) => input.checked), true);
});

test('a day off of the user’s own enters a country’s calendar', async () => {
  await page.focus('select[name="country"]');
  await page.keyboard.type('Germany');
  await page.waitForSelector('#DE');
  assert.match(await text('#DE'), /Data good until December 31, 20\d\d/);
  assert.match(await text('#DE'), /New Year/);
  const date = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await page.$eval('.add-day input[type="date"]', (input, value) => { input.value = value; }, date);
  await page.type('.add-day input[name="name"]', 'Plant holiday');
  await page.click('.add-day button');
  await page.waitForSelector('.calendar .keep');
  await page.click('.calendar .keep');
  await until('it is listed', async () => /Plant holiday Yours/.test(await text('.days')));
  assert.deepEqual(problems, []);
});
