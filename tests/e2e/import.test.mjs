// The import page: an archive of mail read in a thread of its own, shown before anything is stored.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { start, until } from './harness.mjs';

const folder = mkdtempSync(join(tmpdir(), 'cadence-import-'));
let lab;
before(async () => { lab = await start(); });
after(async () => {
  await lab?.stop();
  rmSync(folder, { recursive: true });
});

const DAY = 86_400_000;
const letter = (from, to, days, subject, body, more = '') => {
  const at = new Date(Date.now() - days * DAY);
  const date = at.toUTCString().replace('GMT', '+0000');
  return `From x@y ${date.slice(0, 3)} Nov 11 09:00:00 2025\n${more}Message-ID: <${days}.${from}>\nDate: ${date}\nFrom: ${from}\n` +
    `To: ${to}\nSubject: ${subject}\n\n${body}\n\n`;
};
const ME = 'robin@lumenport.example';
const ARCHIVE =
  letter('Greta Holm <greta@nordlys-lamper.dk>', ME, 60, 'Pendant lamps', 'Please quote 300 pieces.\nGreta Holm\nTlf. +45 33 12 34 56', `Delivered-To: ${ME}\n`) +
  letter(ME, 'greta@nordlys-lamper.dk', 59, 'Re: Pendant lamps', 'Please find our quotation attached.') +
  letter('News <news@list.example>', ME, 10, 'News', 'News', 'List-Id: <news.example>\n') +
  letter('Sam <sam@stranger.example>', ME, 9, 'Buy', 'Buy our list');

/** Opens the page and gives it a file. */
async function give(name, bytes) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const page = await lab.browser.newPage();
  await page.goto(lab.url('import.html'));
  await page.waitForSelector('.drop button');
  const input = await page.$('input[type=file]:not([webkitdirectory])');
  await input.uploadFile(path);
  return page;
}

const text = (page) => page.$eval('main', (main) => main.innerText);
const says = (page, words) => until(`the page says ${words}`, async () => words.test(await text(page)));
const press = (page, label) => page.evaluate((wanted) => {
  const button = [...document.querySelectorAll('main button')].find((one) => one.textContent === wanted);
  if (!button) throw new Error(`no button ${wanted}`);
  button.scrollIntoView();
  const { x, y, width, height } = button.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}, label).then(([x, y]) => page.mouse.click(x, y));

test('an archive is shown before it is stored, and then its client is due', async () => {
  const page = await give('mail.mbox', ARCHIVE);
  await says(page, /Your own addresses/);
  assert.equal(await page.$eval('[name=me]', (field) => field.value), ME);
  await press(page, 'Read it');
  await says(page, /1 client \(threads: 1, letters: 2\)/);
  const summary = await text(page);
  assert.match(summary, /1 from a list or newsletter/);
  assert.match(summary, /1 with people you never wrote to/);
  assert.match(summary, /Nothing is stored yet/);
  const before = JSON.stringify(await lab.ask({ ask: 'popup' }));
  assert.ok(!before.includes('Greta Holm'));
  await press(page, 'Store it');
  await says(page, /1 client is stored/);
  const due = JSON.stringify(await lab.ask({ ask: 'popup' }));
  assert.ok(due.includes('Greta Holm'));
  assert.ok(due.includes('"DK"'), 'her telephone number says where she is');

  // The same again changes nothing.
  await press(page, 'Another file');
  await page.waitForSelector('.drop button');
  await (await page.$('input[type=file]')).uploadFile(join(folder, 'mail.mbox'));
  await says(page, /Your own addresses/);
  await press(page, 'Read it');
  await says(page, /1 client \(threads: 1, letters: 2\)/);
  await press(page, 'Store it');
  await says(page, /1 client is stored/);
  assert.equal(await lab.badge(), '1');
  await page.close();
});

test('a gzipped archive is read as well, and cancelling leaves no trace', async () => {
  const page = await give('mail.mbox.gz', gzipSync(ARCHIVE.replaceAll('greta@nordlys-lamper.dk', 'ole@fjordlys.no')));
  await says(page, /Your own addresses/);
  await press(page, 'Read it');
  await says(page, /1 client \(threads: 1, letters: 2\)/);
  await press(page, 'Cancel');
  await says(page, /Drop an \.mbox file/);
  assert.ok(!JSON.stringify(await lab.ask({ ask: 'popup' })).includes('ole@fjordlys.no'));
  await page.close();
});

test('what is damaged or no archive says so, and nothing is stored', async () => {
  const whole = gzipSync(ARCHIVE.repeat(50));
  const cut = await give('cut.mbox.gz', whole.subarray(0, whole.length / 2));
  await says(cut, /damaged/);
  await cut.close();
  const none = await give('photo.mbox', 'no mail at all');
  await says(none, /Your own addresses/);
  await none.type('[name=me]', ME);
  await press(none, 'Read it');
  await says(none, /There are no messages in it/);
  await none.close();
});

test('an address that is none is asked for again', async () => {
  const page = await give('mail.mbox', ARCHIVE);
  await says(page, /Your own addresses/);
  await page.$eval('[name=me]', (field) => { field.value = 'robin'; });
  await press(page, 'Read it');
  await says(page, /Enter addresses such as/);
  assert.equal(await page.$eval('[name=me]', (field) => field.value), 'robin');
  await page.close();
});
