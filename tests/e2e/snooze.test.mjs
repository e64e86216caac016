// Snoozing a thread, and what ends it.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { start, until } from './harness.mjs';

/** James has asked for something and waits for an answer, so he is due at any hour. */
const NAME = 'whitfield';
const now = Date.now();
let lab;
let tab;
let due;
beforeEach(async () => {
  lab = await start({ zone: 'UTC' });
  tab = await lab.mail({ now });
  due = await until('James is due', async () => (await tab.marks())[NAME]?.startsWith('Reply now') && Number(await lab.badge()));
});
afterEach(() => lab?.stop());

const badgeIs = (count) => until(`the badge shows ${count}`, async () => (await lab.badge()) === String(count));
const rowIs = (on, words) => until(`the row of James says ${words}`, async () => (await on.marks())[NAME]?.startsWith(words));
const stripIs = (strip, words) => until(`the strip says ${words}`, async () => (await strip.text('.pill')) === words);

async function openJames(on = tab) {
  await on.openThread(NAME);
  const strip = await on.strip();
  await until('the strip speaks', () => strip.text('.pill'));
  return strip;
}

/** Snoozes by the first preset, the client's next window. */
async function snooze(on = tab) {
  const strip = await openJames(on);
  await strip.click('.snooze-tool');
  await strip.click('.preset', 'Their next window');
  await stripIs(strip, 'Snoozed');
  return strip;
}

/** Types 14 January, 11:30 of a year into the field for a date, as en-US writes it, and Enter. */
async function pick(strip, year, beforeEnter = () => {}) {
  await until('the field has the focus', () => strip.evaluate((root) => {
    const field = root.querySelector('input[name="until"]');
    field.focus();
    return root.activeElement === field;
  }));
  await lab.driver.typeMoment(tab.page, `0114${year}`, '1130AM');
  await beforeEnter();
  await tab.page.keyboard.press('Enter');
}

test('by a preset: strip, row and badge say so; waking takes it back', async () => {
  const strip = await openJames();
  await strip.click('.snooze-tool');
  const presets = await strip.evaluate((root) => [...root.querySelectorAll('.preset')].map((it) => it.innerText));
  // On a Friday their next window is also the beginning of next week.
  assert.ok(presets.length >= 2, `${presets}`);
  assert.match(presets[0], /^Their next window/);
  // In winter London's clock is the user's own here.
  assert.ok(presets.every((text) => /their time = .+ yours|same clock as yours/.test(text)), `${presets}`);
  await strip.click('.preset', 'Their next window');
  await stripIs(strip, 'Snoozed');
  const moment = presets[0].split('\n').at(-1);
  assert.equal(await strip.text('.when'), `quiet until ${moment}`);
  assert.equal(await strip.evaluate((root) => root.querySelector('.snooze')?.matches(':popover-open') ?? false), false);
  await badgeIs(due - 1);
  await tab.back();
  await rowIs(tab, 'Snoozed GB');

  const again = await openJames();
  await again.click('button', 'Wake');
  await stripIs(again, 'Reply now');
  await badgeIs(due);
  await tab.back();
  await rowIs(tab, 'Reply now GB');
  assert.deepEqual(tab.problems, []);
});

test('from the popup, and undone there', async () => {
  const popup = await lab.popup();
  const entry = await until('James is listed', () => popup.$('::-p-xpath(//li[contains(., "James")])'));
  await (await entry.$('.tool')).click();
  await until('he is off the list', async () => !(await popup.$('::-p-xpath(//li[contains(., "James")])')));
  await badgeIs(due - 1);
  await rowIs(tab, 'Snoozed');
  await popup.locator('.undo .tool').click();
  await until('he is listed again', () => popup.$('::-p-xpath(//li[contains(., "James")])'));
  assert.equal(await popup.$('.undo'), null);
  await badgeIs(due);
  await rowIs(tab, 'Reply now');
});

test('until a date of the user’s choice', async () => {
  const strip = await openJames();
  await strip.click('.snooze-tool');
  await pick(strip, 2030);
  await stripIs(strip, 'Snoozed');
  assert.match(await strip.text('.when'), /^quiet until Mon, Jan 14, 11:30/);
  await badgeIs(due - 1);
});

test('a date in the past is refused by the field', async () => {
  const strip = await openJames();
  await strip.click('.snooze-tool');
  await pick(strip, 2020);
  const field = await strip.evaluate((root) => {
    const input = root.querySelector('input[name="until"]');
    return [input.value, input.validity.rangeUnderflow, input.checkVisibility()];
  });
  assert.deepEqual(field, ['2020-01-14T11:30', true, true], 'what was typed is still there to be put right');
  assert.equal(await strip.text('.pill'), 'Reply now');
  assert.equal(await lab.badge(), String(due));
});

test('a moment that has passed while the menu was open gives a message and loses nothing', async () => {
  const strip = await openJames();
  await strip.click('.snooze-tool');
  // Right before, as a strip that is drawn anew has it again.
  await pick(strip, 2020, () => strip.evaluate((root) => root.querySelector('input[name="until"]').removeAttribute('min')));
  await until('a message', async () => (await strip.text('.notice')).startsWith('Something here is empty or does not fit'));
  assert.equal(await strip.evaluate((root) => root.host.offsetHeight), 60);
  assert.equal(await strip.text('.pill'), 'Reply now');
  assert.equal(await lab.badge(), String(due));
  assert.deepEqual(tab.problems, []);
});

test('an answer of the client’s ends it at once', async () => {
  const strip = await snooze();
  await badgeIs(due - 1);
  await tab.newMail({ thread: NAME, at: Date.now() });
  await stripIs(strip, 'Reply now');
  await badgeIs(due);
  assert.deepEqual(tab.problems, []);
});

test('an answer ends it also where only the list is on show', async () => {
  await snooze();
  await tab.back();
  await rowIs(tab, 'Snoozed');
  await tab.newMail({ thread: NAME, at: Date.now() });
  await rowIs(tab, 'Reply now');
  await badgeIs(due);
});

test('a letter of the user’s own does not end it', async () => {
  await snooze();
  await tab.newMail({ thread: 'weber', at: Date.now() });
  await tab.reply('One more thing.');
  await until('the letter counts', async () => (await (await tab.strip()).text('.contact')) === 'You wrote today');
  assert.equal(await (await tab.strip()).text('.pill'), 'Snoozed');
});

test('it outlives the worker', async () => {
  await snooze();
  await badgeIs(due - 1);
  await lab.killWorker();
  await tab.reload();
  await stripIs(await tab.strip(), 'Snoozed');
  await lab.killWorker();
  assert.equal(await lab.badge(), String(due - 1));
  await (await tab.strip()).click('button', 'Wake');
  await stripIs(await tab.strip(), 'Reply now');
  await badgeIs(due);
});

test('two tabs agree without being loaded anew', async () => {
  const other = await lab.mail({ now });
  await rowIs(other, 'Reply now');
  const strip = await snooze();
  await rowIs(other, 'Snoozed');
  const theirs = await openJames(other);
  await stripIs(theirs, 'Snoozed');
  await theirs.click('button', 'Wake');
  await stripIs(theirs, 'Reply now');
  await stripIs(strip, 'Reply now');
  assert.deepEqual([...tab.problems, ...other.problems], []);
});
