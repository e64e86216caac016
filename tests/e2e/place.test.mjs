// Telling Cadence where a client is.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { clock } from './expected.mjs';
import { needs, start, until } from './harness.mjs';

const now = Date.now();
let lab;
let tab;
beforeEach(async () => {
  lab = await start();
  tab = await lab.mail({ now });
  await until('the list is marked', async () => (await tab.marks()).quinn);
});
afterEach(() => lab?.stop());

// Daniel's own letter tells where he is, unless it is folded.
const folded = needs('folds');

/** Opens a thread and waits for its strip. */
async function stripOf(name) {
  await tab.openThread(name);
  const strip = await tab.strip();
  await until('the strip speaks', () => strip.text());
  return strip;
}

/** Chooses in the form on show by keys, as the first field has the focus. */
async function choose(strip, country, { zone, scope } = {}) {
  await until('the form is open, its first field in focus', () => strip.evaluate((root) => root.activeElement?.name === 'country'));
  await tab.page.keyboard.type(country);
  await until(`${country} is chosen`, () => strip.evaluate((root, wanted) => root.querySelector('select[name="country"]').selectedOptions[0].text === wanted, country));
  if (zone) {
    const zones = (root, wanted) => [...root.querySelectorAll('select[name="zone"] option')].some(({ text }) => text.includes(wanted));
    await until('the zones of the country are there', () => strip.evaluate(zones, zone));
    await strip.evaluate((root) => root.querySelector('select[name="zone"]').focus());
    await tab.page.keyboard.type(zone);
    await until(`${zone} is chosen`, () => strip.evaluate((root, wanted) => root.querySelector('select[name="zone"]')?.selectedOptions[0].text.includes(wanted), zone));
  }
  if (scope) await strip.click(`input[value="${scope}"]`);
}

test('for the person alone', folded, async () => {
  const strip = await stripOf('ortiz');
  assert.equal(await strip.text('.place'), 'Country unknown');
  await strip.click('.place');
  await choose(strip, 'United States', { zone: 'Los Angeles', scope: 'person' });
  await strip.click('button', 'Save');
  await until('the strip knows', async () => (await strip.text('.place')) === 'United States');
  await until('and its clock', async () => (await strip.text('.clock')) === clock('America/Los_Angeles'));
  assert.equal(await strip.count('.place-form'), 0, 'the form is gone');
  await strip.click('.why-tool');
  assert.match(await strip.text('.clues'), /You said so: .*United States/);
  await tab.page.keyboard.press('Escape');
  await tab.back();
  await until('the row knows', async () => / US \d\d:\d\d /.test((await tab.marks()).ortiz));
  assert.match((await tab.marks()).quinn, /^Where\?/, 'nothing was said of the colleague');
  assert.deepEqual(tab.problems, []);
});

test('for the whole company; a colleague’s thread shows it; then another place, then none', folded, async () => {
  let strip = await stripOf('ortiz');
  await strip.click('.place');
  await choose(strip, 'Canada', { zone: 'Toronto', scope: 'company' });
  await strip.click('button', 'Save');
  await until('the strip knows', async () => (await strip.text('.place')) === 'Canada');
  await tab.back();
  await until('the colleague’s row knows', async () => / CA \d\d:\d\d /.test((await tab.marks()).quinn));

  strip = await stripOf('quinn');
  assert.equal(await strip.text('.place'), 'Canada');
  assert.equal(await strip.text('.clock'), clock('America/Toronto'));
  await strip.click('.place');
  await choose(strip, 'Mexico', { zone: 'Tijuana', scope: 'company' });
  await strip.click('button', 'Save');
  await until('it has changed', async () => (await strip.text('.place')) === 'Mexico');
  await tab.back();
  await until('for all of them', async () => / MX \d\d:\d\d /.test((await tab.marks()).ortiz));

  strip = await stripOf('ortiz');
  await strip.click('.place');
  await until('the form is open', () => strip.count('.place-form'));
  await strip.click('button', 'Forget');
  await until('it is forgotten', async () => (await strip.text('.place')) === 'Country unknown');
  await tab.back();
  await until('for all of them', async () => (await tab.marks()).quinn.startsWith('Where?'));
  assert.deepEqual(tab.problems, []);
});

test('with the keyboard alone', async () => {
  const strip = await stripOf('danielle');
  await tab.focusBefore();
  const focused = (wanted) => strip.evaluate((root, selector) => root.activeElement?.matches(selector) ?? false, wanted);
  for (let tabs = 0; !(await focused('.place')); tabs += 1) {
    assert.ok(tabs < 10, 'the place is within reach of the Tab key');
    await tab.page.keyboard.press('Tab');
  }
  await tab.page.keyboard.press('Enter');
  await choose(strip, 'Portugal');
  await until('the zones are there', () => strip.count('select[name="zone"]'));
  assert.ok(await focused('select[name="country"]'), 'the focus has stayed');
  for (let tabs = 0; !(await focused('button[type="submit"]')); tabs += 1) {
    assert.ok(tabs < 10, 'the button is within reach of the Tab key');
    await tab.page.keyboard.press('Tab');
  }
  await tab.page.keyboard.press('Enter');
  await until('the strip knows', async () => (await strip.text('.place')) === 'Portugal');
  assert.equal(await strip.text('.clock'), clock('Europe/Lisbon'));
  assert.ok(await tab.shown(), 'the thread is still open');
  assert.deepEqual(tab.problems, []);
});

test('Escape leaves the form and keeps nothing', async () => {
  const strip = await stripOf('danielle');
  await strip.click('.place');
  await choose(strip, 'Chile');
  await tab.page.keyboard.press('Escape');
  await until('the form is gone', async () => (await strip.count('.place-form')) === 0);
  assert.equal(await strip.text('.place'), 'Country unknown');
  await tab.reload();
  await until('nothing is known', async () => (await (await tab.strip()).text('.place')) === 'Country unknown');
});

test('a zone is never carried over to another country', async () => {
  const strip = await stripOf('danielle');
  await strip.click('.place');
  await choose(strip, 'United States', { zone: 'Los Angeles' });
  await strip.evaluate((root) => root.querySelector('select[name="country"]').focus());
  await choose(strip, 'Canada');
  const zones = () => strip.evaluate((root) => [...root.querySelectorAll('select[name="zone"] option')].map((it) => it.text));
  await until('the zones are Canada’s', async () => (await zones()).includes('Toronto'));
  assert.equal(await strip.evaluate((root) => root.querySelector('select[name="zone"]').selectedIndex), 0);
  await strip.click('button', 'Save');
  await until('the strip knows', async () => (await strip.text('.place')) === 'Canada');
});
