// What leaves as a file and what comes in from one: everything saved and brought into a browser that knows nothing, a
// damaged file refused, a backup restored, a list from another program with its columns matched.

import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { start, until } from './harness.mjs';

let lab;
let fresh;
let directory;
let page;
const problems = [];

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cadence-'));
  lab = await start();
  const tab = await lab.mail();
  await until('the rows are told of', async () => (await tab.chips()).length > 20);
  await until('the badge shows a number', async () => Number(await lab.badge()) > 0);
  page = await open(lab);
});
after(async () => {
  await lab?.stop();
  await fresh?.stop();
  await rm(directory, { recursive: true, force: true });
});

async function open(from) {
  const page = await from.open('import.html', { width: 900, height: 1000 });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.waitForSelector('.data .held');
  return page;
}

const text = (on, selector) => on.$eval(selector, (element) => element.innerText.replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' '));
// Waits for the button to be there and to stay where it is.
const press = (on, label) => on.locator(`xpath/.//button[normalize-space() = "${label}"]`).click();

/** Presses a button that saves a file, and reads the file. */
async function saved(on, label, ending) {
  const empty = await mkdtemp(join(directory, 'saved-'));
  await lab.driver.saveTo(on, empty);
  await press(on, label);
  const name = await until(`${label} is saved`, async () => (await readdir(empty)).find((name) => name.endsWith(ending)));
  const path = join(empty, name);
  return { path, content: await until('it is written', () => readFile(path, 'utf8')) };
}

async function bring(on, path) {
  await on.waitForSelector('.drop');
  await lab.driver.choose(on, path, () => press(on, 'Choose files…'));
  await on.waitForSelector('.panel');
}

/** What the due list says, without the clocks. */
async function answers(from) {
  const { view } = await from.ask({ ask: 'popup' });
  const said = [];
  const read = (node) => {
    if (node.raw) said.push(node.raw);
    if (node.say) said.push(node.say[0]);
    (node.kids ?? []).forEach(read);
  };
  read(view);
  return said;
}

let everything;

test('everything is saved as a file, and brought in where nothing is known gives the same answers', async () => {
  everything = await saved(page, 'Everything (JSON)', '.json');
  const file = JSON.parse(everything.content);
  assert.equal(file.format, 'cadence');
  assert.ok(file.clients.length > 10 && file.threads.length >= file.clients.length, `${file.clients.length} clients`);
  fresh = await start();
  const other = await open(fresh);
  assert.match(await text(other, '.held'), /now: 0 clients/);
  await bring(other, everything.path);
  assert.match(await text(other, '.counts'), new RegExp(`New clients: ${file.clients.length}`));
  assert.match(await text(other, '.held').catch(() => 'nothing'), /nothing/);
  assert.equal(await fresh.badge(), '', 'nothing is kept before the user says yes');
  await press(other, 'Take over');
  await other.waitForSelector('.done');
  assert.match(await text(other, '.held'), new RegExp(`\\b${file.clients.length} clients`));
  await until('the badge follows', async () => (await fresh.badge()) === (await lab.badge()));
  assert.deepEqual(await answers(fresh), await answers(lab));
  // A second time it holds nothing new, in either browser.
  await bring(other, everything.path);
  assert.match(await text(other, '.panel'), /nothing that is new/);
  await press(other, 'Cancel');
  await bring(page, everything.path);
  assert.match(await text(page, '.panel'), /nothing that is new/);
  await press(page, 'Cancel');
});

test('clients are saved as a table and follow-ups as a calendar', async () => {
  const file = JSON.parse(everything.content);
  const sheet = await saved(page, 'Clients (CSV)', '.csv');
  assert.ok(sheet.content.startsWith('\ufeffemail,name,'));
  assert.equal(sheet.content.trimEnd().split('\r\n').length, 1 + file.clients.length);
  const calendar = await saved(page, 'Follow-ups (calendar)', '.ics');
  const due = file.clients.filter((client) => client.due_at);
  assert.equal(calendar.content.match(/BEGIN:VEVENT/g).length, due.length);
  assert.match(calendar.content, /SUMMARY:Write to /);
});

test('a damaged file changes nothing, and its line is named', async () => {
  const lines = everything.content.split('\n');
  const at = lines.findIndex((line, n) => n > 5 && line.includes('"email"'));
  lines[at] = lines[at].replace(/"stage":"\w+"/, '"stage":"sold"');
  const path = join(directory, 'damaged.json');
  await writeFile(path, lines.join('\n'));
  await bring(page, path);
  const said = await text(page, '.panel .refused');
  assert.match(said, new RegExp(`damaged at line ${at + 1}, at clients\\[0\\]\\.stage\\.`));
  await writeFile(path, everything.content.slice(0, -200));
  await press(page, 'Back');
  await bring(page, path);
  assert.match(await text(page, '.panel .refused'), /ends in the middle/);
  await press(page, 'Back');
  await bring(page, everything.path);
  assert.match(await text(page, '.panel'), /nothing that is new/);
  await press(page, 'Cancel');
});

test('a list of another program in GB18030 is matched, looked through and taken over', async () => {
  // By Python: '客户名称,负责,邮箱,国家地区,客户阶段\r\n魏,xx,wei@weibo.example,德国,已寄样\r\n…'.encode('gb18030')
  const path = join(directory, 'okki.csv');
  const hex = 'bfcdbba7c3fbb3c62cb8bad4f02cd3cacfe42cb9fabcd2b5d8c7f82cbfcdbba7bdd7b6ce0d0aceba2c78782c77656940776569626f2e6578616d706c652cb5c2b9fa2cd2d1bcc4d1f90d0ac0ee2c78782c6e6f7265706c7940782e6578616d706c652cb5c2b9fa2c0d0acdf52c79792c77616e6740782e6578616d706c652cd1c7ccd82cd2d1b1a8bcdb0d0a';
  await writeFile(path, Buffer.from(hex, 'hex'));
  await page.waitForSelector('.held');
  const held = Number((await text(page, '.held')).match(/(\d+) clients/)[1]);
  await bring(page, path);
  await page.waitForSelector('.match');
  // The columns with known names are matched; the user says what the second one is.
  const chosen = () => page.$$eval('.match [name^=column]', (all) => all.map((select) => select.value));
  assert.deepEqual(await chosen(), ['company', 'ignored', 'email', 'country', 'stage']);
  await page.select('[name="column-1"]', 'note');
  await press(page, 'Show what it would change');
  await page.waitForSelector('.left-out');
  assert.match(await text(page, '.panel'), /New clients: 2/);
  assert.match(await text(page, '.left-out'), /machines’ addresses: 1/);
  await press(page, 'Take over');
  await page.waitForSelector('.done');
  assert.match(await text(page, '.held'), new RegExp(`\\b${held + 2} clients`));
  const { content } = await saved(page, 'Clients (CSV)', '.csv');
  assert.match(content, /wei@weibo\.example,魏,weibo\.example,[^,]+,DE,Europe\/Berlin,europe_america,/);
  // The choice is remembered.
  await bring(page, path);
  await page.waitForSelector('.match');
  assert.deepEqual(await chosen(), ['company', 'note', 'email', 'country', 'stage']);
  await press(page, 'Cancel');
});

test('a backup is kept and restored', async () => {
  await page.waitForSelector('.backup');
  const before = JSON.parse(everything.content).clients.length;
  // The copy that was made before the list was taken over.
  assert.match(await text(page, '.backup'), new RegExp(`\\b${before} clients`));
  await press(page, 'Restore…');
  await page.waitForSelector('.panel');
  assert.match(await text(page, '.panel'), new RegExp(`Clients: ${before} in the copy, ${before + 2} here now`));
  await press(page, 'Restore');
  await page.waitForSelector('.done');
  assert.match(await text(page, '.held'), new RegExp(`\\b${before} clients`));
  assert.deepEqual(await answers(lab), await answers(fresh));
  assert.deepEqual(problems, []);
});

test('the options say what removing the extension does, and hold the schedule', async () => {
  const options = await lab.open('options.html', { width: 900, height: 1000 });
  await options.waitForSelector('.backups');
  assert.match(await text(options, '.options'), /When you remove the extension, the browser deletes all of it/);
  assert.equal(await text(options, '.backups [aria-current]'), 'Daily');
  await press(options, 'weekly');
  await until('it is kept', async () => (await text(options, '.backups [aria-current]')) === 'Weekly');
});
