// The chips on the rows of a list.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PLACES, clock, daysSince } from './expected.mjs';
import { needs, start, until } from './harness.mjs';

const now = Date.now();
let lab;
before(async () => { lab = await start({ zone: 'Asia/Shanghai' }); });
after(() => lab?.stop());

/** Threads with nobody to write to: a newsletter, and a stranger whose country nobody knows. */
const SILENT = ['fair'];

/** Every row of the list, by its short name. */
const rows = (tab) => tab.rows();

/** Waits until every row of a client's has its chip. */
const marked = (tab) => until('every client is marked', async () => {
  const marks = await tab.marks();
  const expected = (await rows(tab)).filter((row) => !SILENT.includes(row));
  return expected.every((row) => marks[row]) && marks;
}, { timeout: 10_000 });

test('every client has a chip with country, time and days, and newsletters have none', async () => {
  const tab = await lab.mail({ now });
  await marked(tab);
  for (const [name, [, code, zone]] of Object.entries(PLACES)) {
    const days = () => daysSince(name, now);
    await until(`the chip of ${name} says ${code}, its time and how long ago`, async () => {
      const mark = (await tab.marks())[name];
      const ago = days() ? `${days()} d ago` : 'today';
      return mark.endsWith(`${code} ${clock(zone)} ${ago}`);
    });
  }
  const marks = await tab.marks();
  assert.equal(marks.fair, undefined);
  assert.match(marks.danielle, /^Where\? \d+ d ago$/, 'no country is made up');
  assert.match(marks.whitfield, /^Reply now /);
  assert.deepEqual(tab.problems, []);
});

test('rows that the page builds anew get their chips back', async () => {
  const tab = await lab.mail({ now });
  const before = await marked(tab);
  await tab.newMail({ thread: 'tanaka' });
  const marks = await until('the client who wrote is to be answered', async () => {
    const found = await tab.marks();
    return found.tanaka?.startsWith('Reply now JP') && found;
  });
  assert.deepEqual(Object.keys(marks).sort(), Object.keys(before).sort());
  const [first] = await rows(tab);
  assert.equal(first, 'tanaka');
  const hosts = await tab.page.$$eval('cadence-chip', (all) => all.map((chip) => chip.closest('tr').querySelectorAll('cadence-chip').length));
  assert.ok(hosts.every((count) => count === 1), `one chip a row: ${hosts}`);
  assert.deepEqual(tab.problems, []);
});

test('new mail of somebody unknown to the list is marked as well', async () => {
  const tab = await lab.mail({ now });
  await marked(tab);
  await tab.newMail({ from: 'iyer', subject: 'One more question' });
  const name = await until('the row is there', async () => (await rows(tab)).find((row) => row.startsWith('iyer-')));
  await until('it has its chip', async () => (await tab.marks())[name]);
});

for (const count of [2, 3]) {
  test(`rows of ${count} lines have one chip each`, needs('rows'), async () => {
    const tab = await lab.mail({ now, rows: count });
    const marks = await marked(tab);
    assert.match(marks.weber, / DE \d\d:\d\d /);
    assert.equal(marks.fair, undefined);
    const chips = await tab.page.$$eval('cadence-chip', (all) => all.length);
    assert.equal(chips, (await rows(tab)).length);
  });
}

test('with conversation view off every message of a client has a chip', async () => {
  // Whom the user has written to is known already: a message of the user's own need not say to whom it went.
  await marked(await lab.mail({ now }));
  const tab = await lab.mail({ now, conversations: 'off' });
  const messages = await tab.countClients();
  assert.ok(messages > 30, `${messages} messages`);
  const speaking = async () => (await Promise.all((await tab.chips()).map((chip) => chip.text()))).filter(Boolean).length;
  await until('every one is marked', async () => (await speaking()) === messages, { timeout: 10_000 });
  assert.deepEqual(tab.problems, []);
});

test('the list of what was sent is marked as well', async () => {
  const tab = await lab.mail({ now }, { hash: '#sent' });
  const marks = await marked(tab);
  assert.match(marks.weber, / DE /);
  assert.deepEqual(tab.problems, []);
});

test('a hostile name and subject do no harm', needs('forged'), async () => {
  const tab = await lab.mail({ now });
  await marked(tab);
  const evil = `\u202e<img src=x onerror="globalThis.pwned=1">${'𝕏'.repeat(10_000)}`;
  await tab.page.$eval('tr[data-key="weber"]', (row, name) => {
    for (const span of row.querySelectorAll('span[email^="anna"]')) span.setAttribute('name', name);
    row.querySelector('.bqe').textContent = name;
  }, evil);
  const chip = await until('the chip tells of it', async () => {
    for (const it of await tab.chips()) if (await it.evaluate((root) => root.querySelector('.chip')?.title.includes('<img'))) return it;
    return null;
  });
  assert.equal(await chip.count('img'), 0);
  assert.deepEqual(await chip.evaluate((root) => [root.host.offsetWidth, root.host.offsetHeight]), await sizeOf(tab, 'moreau'));
  assert.ok(await chip.evaluate((root) => root.querySelector('.chip').title.length < 1000), 'a name of 40 kB is cut');
  assert.equal(await tab.page.evaluate(() => globalThis.pwned), undefined);
  assert.deepEqual(tab.problems, []);
});

/** Width and height of a row's chip. */
const sizeOf = (tab, name) => tab.page.$eval(`tr[data-key="${name}"] cadence-chip`, (chip) => [chip.offsetWidth, chip.offsetHeight]);

test('a page that reads from right to left', needs('rtl'), async () => {
  const tab = await lab.mail({ now, lang: 'ar' });
  await marked(tab);
  const [chip] = await tab.chips();
  const [direction, place] = await chip.evaluate((root) => {
    const [host, subject] = [root.host, root.host.nextElementSibling].map((it) => it.getBoundingClientRect());
    return [getComputedStyle(root.firstElementChild).direction, host.left - subject.right];
  });
  assert.equal(direction, 'ltr', 'English words are read from left to right there, too');
  assert.ok(place >= 4, 'the chip stands before the subject, which is to its right');
  assert.deepEqual(tab.problems, []);
});

for (const [locale, lang, reply, days] of [
  ['ru', 'ru', /^Ответ/, /\d+ дн\.$/],
  ['zh_CN', 'zh', /^[\p{Script=Han}]/u, /\d+ 天前$/],
]) {
  test(`the chips speak ${locale}`, async () => {
    const foreign = await start({ locale });
    try {
      const tab = await foreign.mail({ now, lang });
      const marks = await marked(tab);
      assert.match(marks.whitfield, reply);
      assert.match(marks.weber, days);
      assert.match(marks.weber, / DE \d\d:\d\d /);
      assert.deepEqual(tab.problems, []);
    } finally {
      await foreign.stop();
    }
  });
}

test('a row that the page built anew behind an open thread has its chip', needs('list'), async () => {
  const tab = await lab.mail({ now });
  const before = await marked(tab);
  assert.match(before.reyes, /^PH /);
  // She is read now, so her row is another.
  await tab.openThread('reyes');
  await tab.back();
  await until('her chip is there', async () => /^PH /.test((await tab.marks()).reyes));
});
