// Whatever is typed: text of any length and script in every field, forms that are refused, and a worker that is ended while it
// saves. Nothing is lost and every refusal says why.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start, until } from './harness.mjs';
import { PAGES, beside, overflowing } from './surfaces.mjs';

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

/** Whatever takes text, found on the page itself, so that a new field is looked at, too. */
const FIELDS = 'input:not([type]), input[type="text"], input[type="search"], input[type="email"], input[type="url"], textarea';
const fieldsOf = (frame) => frame.$$eval(FIELDS, (all) => {
  const seen = {};
  return all.filter((it) => it.checkVisibility() && !it.disabled && !it.readOnly).map((it) => {
    const name = it.id ? `#${it.id}` : `.${it.form?.className} ${it.name}`;
    seen[name] = (seen[name] ?? -1) + 1;
    return `${name} ${seen[name]}`;
  });
});

/** Puts as much of a text into a field as it takes, between two words, and sends its form off; tells whether the field is still there. */
const fill = (frame, key, words, text) => frame.$$eval(FIELDS, (all, key, [first, last], text) => {
  const seen = {};
  const it = all.filter((one) => one.checkVisibility() && !one.disabled && !one.readOnly).find((one) => {
    const name = one.id ? `#${one.id}` : `.${one.form?.className} ${one.name}`;
    seen[name] = (seen[name] ?? -1) + 1;
    return `${name} ${seen[name]}` === key;
  });
  if (!it) return false;
  const most = it.maxLength > 20 ? it.maxLength - first.length - last.length - 2 : text.length;
  it.value = `${first} ${text.slice(0, most)} ${last}`;
  if (it.form) it.form.noValidate = true;
  it.form?.requestSubmit();
  return true;
}, key, words, text);

/** Where words are that were typed: in a field, on the page, on the disk; and what the page says of it. */
const whereabouts = async (frame, words) => ({
  ...(await frame.evaluate((fields, words) => {
    const whole = (text) => words.every((word) => text.includes(word));
    const inField = [...document.querySelectorAll(fields)].some((it) => whole(it.value));
    const said = [...document.querySelectorAll('.notice:not(.calm), .refused, [aria-invalid="true"]')].some((it) => it.checkVisibility());
    return { inField, said, shown: whole(document.body.innerText) };
  }, FIELDS, words)),
  kept: await lab.driver.evaluate(async (words) => {
    const asked = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    for (const { name } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name));
      const stores = [...database.objectStoreNames];
      const all = await Promise.all(stores.map((store) => asked(database.transaction(store).objectStore(store).getAll())));
      database.close();
      const text = JSON.stringify(all);
      if (words.every((word) => text.includes(word))) return true;
    }
    return false;
  }, words),
});

test('no field that takes text loses any: it is kept, or it stays in its field with a reason beside it', async () => {
  const found = [];
  let nth = 0;
  const walk = async (frame, name) => {
    for (const key of await fieldsOf(frame)) {
      for (const rest of [ODD.slice(0, 60), LONG.slice(0, 15_000)]) {
        nth += 1;
        const words = [`Ж${nth}漢`, `終${nth}א`];
        if (!(await fill(frame, key, words, rest))) break; // It has served its purpose.
        await settled(frame);
        const { inField, said, shown, kept } = await whereabouts(frame, words);
        const is = `${name}, ${key}, ${rest.length} characters`;
        if (!(kept || inField || shown)) found.push(`${is}: lost`);
        else if (!kept && !shown && !said && !/query|find/.test(key)) found.push(`${is}: not kept, and nothing is said`);
        assert.ok(await frame.$('h1'), `${is}: the page stands`);
        assert.deepEqual(await overflowing(frame), [], is);
      }
    }
  };
  // Somebody is due whatever was done to whom.
  const list = await lab.mail();
  await until('the list is marked', async () => Object.keys(await list.marks()).length > 10);
  await list.page.close();
  const { tab, frame } = await beside(lab);
  await walk(frame, 'sidebar beside a thread');
  for (const [name, path, bring] of PAGES) {
    const page = await lab.open(path);
    await bring(page);
    await walk(page, name);
    await page.close();
  }
  assert.deepEqual(found, []);
  assert.ok(nth > 20, `only ${nth / 2} fields were found`);
  assert.deepEqual(tab.problems, []);
  await tab.page.close();
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
