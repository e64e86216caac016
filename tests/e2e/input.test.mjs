// Whatever is typed: text of any length and script in every field, forms that are refused, and a worker that is ended while it
// saves. Nothing is lost and every refusal says why.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start, until } from './harness.mjs';
import { beside, overflowing } from './surfaces.mjs';

let lab;
before(async () => { lab = await start({ zone: 'Asia/Shanghai' }); });
after(() => lab?.stop());

// Scripts of both directions, an emoji of several parts, marks that turn the direction, markup, and one word without an end.
const ODD = 'Привет 你好 مرحبا שָׁלוֹם हिन्दी 👩‍👩‍👧‍👦 e\u0301 \u202Edlrow\u202C <img src=x onerror=alert(1)> &amp; "x" \\ \u0000 ';
const LONG = ODD + 'あW'.repeat(30_000);
const text = (frame) => frame.evaluate(() => document.body.innerText.replace(/\s+/g, ' '));
const shows = (frame, what) => until(`the page shows ${what}`, async () => what.test(await text(frame)));

/** Fills a form as if its fields had no bounds, and sends it off. */
const send = (frame, form, fields) => frame.$eval(form, (it, fields) => {
  it.noValidate = true;
  for (const [name, value] of Object.entries(fields)) it.elements[name].value = value;
  it.requestSubmit();
}, fields);
const settled = (page) => until('the page is at rest', () => page.evaluate(async () => {
  const before = document.body.innerHTML;
  await new Promise((resolve) => { setTimeout(resolve, 250); });
  return document.body.innerHTML === before;
}));

test('text of any length and script is kept or refused with a reason, in every field', async () => {
  const { tab, frame } = await beside(lab);
  const odd = ODD.slice(0, 60);
  await send(frame, '.add-note', { text: odd });
  await shows(frame, /Привет 你好 مرحبا/);
  assert.equal(await frame.$$eval('.notes img', (all) => all.length), 0, 'markup is text');
  // More than the border lets in, or more than is kept: said, and the text stays in its field.
  await send(frame, '.add-note', { text: LONG });
  await shows(frame, /./);
  await settled(frame);
  const left = await frame.$eval('.add-note textarea', (it) => it.value.length);
  assert.ok(left > 50_000 && (await frame.$('.notice')), 'what is refused stays where it was typed, and a notice says why');
  for (const form of await frame.$$('form')) {
    await form.evaluate((it, long) => {
      it.noValidate = true;
      for (const field of it.querySelectorAll('input:not([type]), input[type="text"], textarea')) field.value = long;
      it.requestSubmit();
    }, LONG.slice(0, 15_000));
    await settled(frame);
    assert.ok(await frame.$('h1'), 'the page stands');
  }
  assert.deepEqual(await overflowing(frame), []);
  assert.deepEqual(tab.problems, []);
  const options = await lab.open('options.html');
  await options.waitForSelector('.rule-row');
  const forms = (await options.$$('form')).length;
  for (let at = 0; at < forms; at += 1) {
    await options.evaluate((at, odd) => {
      const form = document.forms[at];
      if (!form) return;
      form.noValidate = true;
      for (const field of form.querySelectorAll('input:not([type]), input[type="text"], input[type="search"], textarea')) field.value = odd;
      form.requestSubmit();
    }, at, LONG.slice(0, 3000));
    await settled(options);
  }
  assert.ok(await options.$('h1'));
  assert.deepEqual(await overflowing(options), []);
  const popup = await lab.popup();
  await popup.waitForSelector('[type="search"]');
  await popup.$eval('[type="search"]', (it, long) => { it.value = long; }, LONG.slice(0, 15_000));
  await popup.focus('[type="search"]');
  await popup.keyboard.type('x');
  await settled(popup);
  assert.ok(await popup.$('h1'));
  for (const page of [options, popup, tab.page]) await page.close();
});

test('what a refused form holds stays in it', async () => {
  const { tab, frame } = await beside(lab);
  const form = 'form:has([name="on"])';
  await send(frame, form, { on: '', kind: 'good_news' });
  await until('it says why', async () => (await frame.$('.notice')) !== null);
  assert.equal(await frame.$eval(`${form} [name="kind"]`, (it) => it.value), 'good_news');
  // Something else that is new does not sweep the reason away.
  await lab.ask({ ask: 'act', action: { do: 'find' }, fields: {} });
  await settled(frame);
  assert.ok(await frame.$('.notice'), 'the reason still stands');
  await tab.page.close();
});

test('a worker that is ended while it saves loses nothing and does nothing twice', async () => {
  const { tab, frame } = await beside(lab);
  for (let round = 0; round < 4; round += 1) {
    const note = `Round ${round} of the kill`;
    await frame.$eval('.add-note textarea', (it, note) => { it.value = note; }, note);
    await Promise.all([frame.$eval('.add-note', (it) => it.requestSubmit()), lab.killWorker()]);
    const times = () => frame.$$eval('.notes .text', (all, note) => all.filter((it) => it.textContent === note).length, note);
    await until('the note is kept', async () => (await times()) > 0);
    await until('its field is empty', () => frame.$eval('.add-note textarea', (it) => it.value === ''));
    assert.equal(await times(), 1);
  }
  await tab.page.close();
});
