// Archives of mail on the page of the user's data: read in a thread of its own, shown before anything is stored, gone on with
// after the browser was closed, joined with what is known, and the same clients as the headless command finds.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { crc32, gzipSync } from 'node:zlib';
import { needs, start, until } from './harness.mjs';

const folder = mkdtempSync(join(tmpdir(), 'cadence-import-'));
let lab;
before(async () => { lab = await start(); });
after(async () => {
  await lab?.stop();
  rmSync(folder, { recursive: true });
});

const DAY = 86_400_000;
const dated = (at) => new Date(at).toUTCString().replace('GMT', '+0000');
const head = (from, to, days, subject, more = '') =>
  `${more}Message-ID: <${days}.${from.replace(/.*<|>/g, '')}>\nDate: ${dated(Date.now() - days * DAY)}\nFrom: ${from}\nTo: ${to}\nSubject: ${subject}\n`;
const letter = (from, to, days, subject, body, more) => `From x@y Tue Nov 11 09:00:00 2025\n${head(from, to, days, subject, more)}\n${body}\n\n`;
const ME = 'robin@lumenport.example';
const ARCHIVE =
  letter('Greta Holm <greta@nordlys-lamper.dk>', ME, 60, 'Pendant lamps', 'Please quote 300 pieces.\nGreta Holm\nTlf. +45 33 12 34 56', `Delivered-To: ${ME}\n`) +
  letter(ME, 'greta@nordlys-lamper.dk', 59, 'Re: Pendant lamps', 'Please find our quotation attached.') +
  letter('News <news@list.example>', ME, 10, 'News', 'News', 'List-Id: <news.example>\n') +
  letter('Sam <sam@stranger.example>', ME, 9, 'Buy', 'Buy our list');
const other = (address) => ARCHIVE.replaceAll('greta@nordlys-lamper.dk', address);

async function opened(from = lab) {
  const page = await from.open('import.html', { width: 900, height: 1000 });
  await page.waitForSelector('.data .drop button');
  return page;
}

/** Opens the page and gives it a file. */
async function give(name, bytes, page = null) {
  const path = join(folder, name);
  if (bytes !== null) writeFileSync(path, bytes);
  const on = page ?? (await opened());
  const input = await on.$('input[type=file]:not([webkitdirectory])');
  // As a click on the button does: the same file chosen again is to be read again.
  await input.evaluate((element) => { element.value = ''; });
  await input.uploadFile(path);
  return on;
}

const text = (page) => page.$eval('body', (body) => body.innerText.replace(/[\u2068\u2069]/g, ''));
const says = (page, words, patience = {}) => until(`the page says ${words}`, async () => words.test(await text(page)) && text(page), patience);
const press = (page, label) => page.locator(`xpath/.//button[normalize-space() = "${label}"]`).click();
const known = async () => JSON.stringify(await lab.ask({ ask: 'popup' }));
const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

/** Reads what was given up to the summary. */
async function summary(page) {
  await says(page, /Your own addresses/);
  await press(page, 'Read it');
  // 400 MB that unpack to nothing take their time on a machine that is busy.
  return says(page, /found \(messages read|nothing that is new/, { timeout: 60_000 });
}

test('an archive is shown before it is stored, and then its client is due', async () => {
  const page = await give('mail.mbox', ARCHIVE);
  await says(page, /Your own addresses/);
  assert.equal(await page.$eval('[name=me]', (field) => field.value), ME);
  const told = await summary(page);
  assert.match(told, /1 client found \(messages read: 4, threads with the client: 1, letters in them: 2\)/);
  assert.match(told, /New clients: 1/);
  assert.match(told, /1 from a list or newsletter/);
  assert.match(told, /1 with people you never wrote to/);
  assert.match(told, /Nothing is stored yet/);
  assert.ok(!(await known()).includes('Greta Holm'));
  // Who was left out can be looked at.
  await page.locator('.reasons summary').click();
  assert.match(await text(page), /news@list\.example/);
  await press(page, 'Take over');
  await page.waitForSelector('.done');
  const due = await known();
  assert.ok(due.includes('Greta Holm'));
  assert.ok(due.includes('"DK"'), 'her telephone number says where she is');
  assert.ok(!(await databases(page)).includes('cadence-reading'));

  // The same again tells nothing new.
  assert.match(await summary(await give('mail.mbox', null, page)), /nothing that is new/);
  await press(page, 'Cancel');
  assert.equal(await lab.badge(), '1');
  await page.close();
});

test('gzipped and zipped archives are read as well, and cancelling leaves no trace', async () => {
  const zip = zipped([['Takeout/Mail/All mail.mbox', other('ole@fjordlys.no')], ['Takeout/archive_browser.html', '<p>Google</p>']]);
  for (const [name, bytes, files] of [['a.mbox.gz', gzipSync(other('ole@fjordlys.no')), 0], ['takeout.zip', zip, 1]]) {
    const page = await give(name, bytes);
    const told = await summary(page);
    assert.match(told, /1 client found \(messages read: 4,/);
    assert.equal(/1 file that holds neither mail nor contacts/.test(told), files === 1);
    await press(page, 'Cancel');
    await says(page, /Drop files or a folder here/);
    assert.ok(!(await known()).includes('ole@fjordlys.no'));
    assert.ok(!(await databases(page)).includes('cadence-reading'));
    await page.close();
  }
});

test('what is damaged says so, and what is whole of it counts', async () => {
  const many = Array.from({ length: 300 }, (_, at) => other(`client${at}@firm${at}.example`)).join('');
  const whole = gzipSync(many);
  const cut = await give('cut.mbox.gz', whole.subarray(0, whole.length / 2));
  const told = await summary(cut);
  const [, clients] = told.match(/(\d+) clients found/);
  assert.ok(clients > 50 && clients < 250, `${clients} clients of half an archive`);
  assert.match(told, /1 file that cannot be unpacked to its end/);
  await press(cut, 'Cancel');
  await give('ends.mbox', ARCHIVE.slice(0, -9), cut);
  assert.match(await summary(cut), /1 file that ends in the middle of a message/);
  await press(cut, 'Cancel');
  // 400 MB of nothing in 400 kB, behind a letter.
  await give('bomb.mbox.gz', gzipSync(Buffer.concat([Buffer.from(ARCHIVE), Buffer.alloc(400 << 20)]), { level: 9 }), cut);
  assert.match(await summary(cut), /1 file that unpacks to far more than mail ever does/);
  await press(cut, 'Cancel');
  await give('broken.mbox.gz', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), cut);
  await says(cut, /damaged: it cannot be unpacked/);
  await press(cut, 'Back');
  // What is no mail is taken for a list of contacts.
  await give('photo.mbox', 'no mail at all', cut);
  await says(cut, /Nobody stands in this file/);
  assert.ok(!(await known()).includes('firm1.example'));
  await cut.close();
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

test('a folder of messages is read, picked and dropped', needs('drop'), async () => {
  const place = join(folder, 'letters');
  mkdirSync(join(place, 'sent'), { recursive: true });
  writeFileSync(join(place, 'a.eml'), `${head('Pia <pia@lampa.example>', ME, 40, 'Spots')}\nHello\n`);
  // What it is called does not matter.
  writeFileSync(join(place, 'sent', 'no-name'), `${head(ME, 'pia@lampa.example', 39, 'Re: Spots')}\nHello\n`);
  writeFileSync(join(place, 'notes.txt'), 'Buy milk.');
  const page = await opened();
  await (await page.$('input[webkitdirectory]')).uploadFile(place);
  const picked = await summary(page);
  await press(page, 'Cancel');
  assert.match(picked, /1 client found \(messages read: 2, threads with the client: 1, letters in them: 2\)/);
  assert.match(picked, /1 file that holds neither mail nor contacts/);
  await drop(page, [place]);
  assert.match(await summary(page), /1 client found \(messages read: 2,/);
  await press(page, 'Cancel');
  await page.close();
});

/** Drops files from the desktop on the page. */
async function drop(page, files) {
  const cdp = await page.createCDPSession();
  await page.waitForSelector('.drop');
  const { x, y } = await page.$eval('.drop', (zone) => {
    zone.scrollIntoView({ block: 'center' });
    return zone.getBoundingClientRect().toJSON();
  });
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) await cdp.send('Input.dispatchDragEvent', { type, x: x + 20, y: y + 20, data });
  await cdp.detach();
}

/** Has the reading thread pause behind each word that makes it read, so that it never reaches the end before a click does. */
const stepwise = (page) => page.evaluate(() => {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (word, ...more) {
    postMessage.call(this, word, ...more);
    if (['read', 'go_on'].includes(word.job)) postMessage.call(this, { job: 'pause' });
  };
});

// More than is read between two words to the thread.
const long = () => Array.from({ length: 120 }, (_, at) =>
  letter(ME, `c${at}@firm${at}.example`, 400 - at, `Offer ${at}`, 'word '.repeat(100_000))).join('');

for (const [how, choose] of [['chosen again', null], ['dropped', drop]]) {
  test(`an archive that was ${how} goes on where the browser was closed`, choose ? needs('drop') : {}, async () => {
    const profile = mkdtempSync(join(folder, 'profile-'));
    const path = join(folder, 'long.mbox');
    writeFileSync(path, long());
    const first = await start({ profile });
    try {
      const page = await opened(first);
      if (choose) await choose(page, [path]);
      else await give('long.mbox', null, page);
      await says(page, /Your own addresses/);
      await page.$eval('[name=me]', (field, me) => { field.value = me; }, ME);
      await stepwise(page);
      await press(page, 'Read it');
      await press(page, 'Pause');
      await press(page, 'Go on');
      await press(page, 'Pause');
      const state = () => page.evaluate(async () => {
        const { former } = await import('./reading.js');
        return (await former())?.state?.read ?? 0;
      });
      const read = await until('it is noted how far it has come', state);
      assert.ok(read > 0 && read < long().length, `${read} bytes`);
      first.browser.process().kill('SIGKILL');
    } finally {
      await first.stop().catch(() => {});
    }

    const own = await start({ profile });
    try {
      let page = await opened(own);
      const left = await says(page, /When this page was closed it was reading long\.mbox/);
      // What was dropped the browser knows where to find; its question to the user nobody answers here.
      assert.match(left, choose ? /Go on/ : /Choose the same again/);
      await (choose ? choose(page, [path]) : give('long.mbox', null, page));
      // It begins where it was, and finds what reading it at a stretch finds.
      assert.match(await says(page, /found \(messages read/), /120 clients found \(messages read: 120, threads with them: 120, letters in them: 120\)/);
      assert.doesNotMatch(await text(page), /that (is|are) there twice/);
      // The summary, too, is still there after the page was closed.
      await page.close();
      page = await own.open('import.html');
      await says(page, /120 clients found/);
      await press(page, 'Cancel');
      await says(page, /Drop files or a folder here/);
      assert.ok(!(await databases(page)).includes('cadence-reading'));
    } finally {
      await own.stop();
    }
  });
}

test('a file that the browser may still read is gone on with at a click, and one that has changed is not', async () => {
  const page = await opened();
  const left = (size) => page.evaluate(async (name, content, me, size) => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
    const out = await handle.createWritable();
    await out.write(content);
    await out.close();
    const file = await handle.getFile();
    const { remember } = await import('./reading.js');
    const files = [{ path: name, size: size ?? file.size, changed: file.lastModified }];
    await remember({ name, bytes: file.size, folder: false, handles: [handle], me: [me], files });
  }, 'kept.mbox', other('una@lampor.example'), ME, size);
  await left();
  await page.reload();
  await says(page, /When this page was closed it was reading kept\.mbox/);
  await press(page, 'Go on');
  await says(page, /1 client found \(messages read: 4,/);
  await press(page, 'Cancel');
  await left(7);
  await page.reload();
  await press(page, 'Go on');
  await says(page, /These files are not the same any more/);
  await press(page, 'Back');
  await left();
  await page.reload();
  await press(page, 'Forget it');
  await until('it is forgotten', async () => !(await databases(page)).includes('cadence-reading'));
  await page.close();
});

test('what a list shows fills the history in, and an archive of the same mail adds nothing to it', needs('numbers'), async () => {
  const own = await start();
  try {
    const tab = await own.mail();
    await until('the rows are told of', async () => (await tab.chips()).length > 20);
    await until('the badge shows a number', async () => Number(await own.badge()) > 0);
    const page = await opened(own);
    const held = () => page.evaluate(async () => {
      const { everything } = await import('./keep.js');
      return JSON.parse((await everything()).parts.join(''));
    });
    const seen = await held();
    assert.ok(seen.threads.length > 20, `${seen.threads.length} threads from rows that nobody opened`);
    // Takeout's form of the very messages that the list shows; of each the number, the thread, the instant and who wrote.
    const takeout = (threads) => threads.flatMap((thread) => thread.history.filter(({ id }) => /^[0-9a-f]{16}$/.test(id)).map(({ id, at, by }) => {
      const [me, client] = [thread.account, thread.client];
      const [from, to] = by === 'seller' ? [me, client] : [client, me];
      return `From ${BigInt(`0x${id}`)}@xxx ${dated(at).slice(0, 3)} Nov 11 09:00:00 +0000 2025\nX-GM-THRID: ${BigInt(`0x${thread.id}`)}\n` +
        `${by === 'seller' ? 'X-Gmail-Labels: Sent\n' : `Delivered-To: ${me}\n`}Message-ID: <${id}@mail>\nDate: ${dated(at)}\nFrom: ${from}\nTo: ${to}\nSubject: ${thread.subject}\n\nHello\n\n`;
    }));
    const letters = takeout(seen.threads);
    assert.ok(letters.length > 10, `${letters.length} letters`);
    const file = await give('seen.mbox', letters.join(''), page);
    await says(file, /Your own addresses/);
    await press(file, 'Read it');
    const told = await says(file, /found \(messages read/);
    assert.doesNotMatch(told, /New clients|New messages|New threads/);
    if (!/nothing that is new/.test(told)) {
      await press(file, 'Take over');
      await page.waitForSelector('.done');
    } else await press(file, 'Cancel');
    const after = await held();
    const messages = ({ threads }) => threads.flatMap(({ id, history }) => history.map((touch) => `${id} ${touch.id}`)).sort();
    assert.deepEqual(messages(after), messages(seen));
    assert.equal(after.clients.length, seen.clients.length);
    // The list looked at once more changes nothing either.
    await tab.page.reload();
    await until('the rows are told of again', async () => (await tab.chips()).length > 20);
    assert.deepEqual(messages(await held()), messages(seen));
  } finally {
    await own.stop();
  }
});

/** What the page has found and not stored yet: of each client what can be counted, and the report. */
const noted = (page) => page.evaluate(async () => {
  const { former } = await import('./reading.js');
  const { clients, threads, report } = JSON.parse(new TextDecoder().decode((await former()).state.found));
  const found = clients.map(({ email, name, stage }) => {
    const own = threads.filter(({ client }) => client === email);
    const touches = own.flatMap(({ history }) => history);
    const by = (who) => touches.filter((touch) => touch.by === who).length;
    const at = touches.map((touch) => touch.at).sort((a, b) => a - b);
    return { email, name: name ?? null, stage: stage ?? 'inquiry', threads: own.length, sent: by('seller'), received: by('client'), first_at: at[0] ?? null, last_at: at.at(-1) ?? null };
  });
  return { found, report };
});

/** The same by the command. */
function told(path) {
  const { stdout, stderr } = spawnSync(command(), ['import', '--me', ME, '--report', path], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const lines = stdout.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const found = lines.map(({ email, name, stage, threads, sent, received, first_at, last_at }) => ({ email, name, stage, threads, sent, received, first_at, last_at }));
  return { found, report: JSON.parse(stderr.split('\n')[0]) };
}

/** A report without the folders that its files lie in. */
const bare = (report) => JSON.parse(JSON.stringify(report, (key, value) => (key === 'examples' ? value.map((name) => name.split(/[/\\]/).at(-1)).sort() : value)));

const CARDS = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo Berg\r\nEMAIL:bo@lampa.example\r\nADR:;;;;;;Brazil\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:Nobody\r\nEND:VCARD\r\n';
const TABLE = 'Name,E-mail,Country,Stage\nGreta H.,greta@nordlys-lamper.dk,Denmark,Quoted\nLee,lee@lumenport.example,,\n';
const several = (from, to) => Array.from({ length: to - from }, (_, at) => other(`client${from + at}@firm${from + at}.example`)).join('');
// Greta's letter in an encoding that it does not name, and one nested a thousand deep.
const BROKEN = Buffer.concat([
  Buffer.from(`garbage in front\n\n${several(0, 3)}`),
  Buffer.from(letter('Jörg <jorg@licht.example>', ME, 30, 'Größe', 'Maße'), 'latin1'),
  Buffer.from(letter(ME, 'jorg@licht.example', 29, 'Deep', Array.from({ length: 1000 }, (_, n) => `--b${n}\nContent-Type: multipart/mixed; boundary=b${n + 1}\n`).join('\n'),
    'Content-Type: multipart/mixed; boundary=b0\n')),
  Buffer.from(`From x@y Tue Nov 11 09:00:00 2025\nthis is no header\nFrom: nobody\nSubject: x\n\n${other('last@firm.example').slice(0, -30)}`),
]);
// What is in order comes in members of its own; the last one is cut off.
const MEMBERS = [several(0, 40), several(40, 41), several(41, 80)].map((text) => gzipSync(text));

const SAME = {
  'several.mbox.gz': () => Buffer.concat(MEMBERS),
  // Not packed, so that what a member begins with stands in the middle of one.
  'stored.mbox.gz': () => gzipSync(Buffer.concat([Buffer.from(several(0, 3)), Buffer.from('1f8b0800000000000003', 'hex'), Buffer.from(`\n\n${several(3, 6)}`)]), { level: 0 }),
  'cut.mbox.gz': () => Buffer.concat(MEMBERS).subarray(0, -200),
  'takeout.zip': () => zipped([
    ['Takeout/Mail/Inbox.mbox', several(0, 5)], ['Takeout/Mail/Sent.mbox', several(3, 8)], ['Takeout/Mail/empty.mbox', ''],
    ['Takeout/Contacts/All.vcf', CARDS], ['Takeout/archive_browser.html', '<p>Google</p>'],
  ]),
  'broken.mbox': () => BROKEN,
  'contacts.zip': () => zipped([['Contacts/all.csv', TABLE], ['Contacts/all.vcf', CARDS]]),
  'table.csv.gz': () => gzipSync(TABLE),
  letters: (place) => {
    mkdirSync(join(place, 'sent'), { recursive: true });
    writeFileSync(join(place, 'a.eml'), `${head('Pia <pia@lampa.example>', ME, 40, 'Spots', `Delivered-To: ${ME}\n`)}\nHello\n`);
    writeFileSync(join(place, 'sent', 'no-name'), `${head(ME, 'pia@lampa.example', 39, 'Re: Spots')}\nHello\n`);
    writeFileSync(join(place, 'sent', 'more.mbox.gz'), MEMBERS[1]);
    writeFileSync(join(place, 'contacts.vcf'), CARDS);
    writeFileSync(join(place, 'contacts.csv'), TABLE);
    writeFileSync(join(place, 'notes.txt'), 'Buy milk.');
  },
};

for (const [name, make] of Object.entries(SAME)) {
  test(`the page finds what the command finds: ${name}`, make.length ? needs('drop') : {}, async () => {
    const path = join(folder, name);
    const page = await opened();
    if (make.length) {
      make(path);
      await (await page.$('input[webkitdirectory]')).uploadFile(path);
    } else await give(name, make(), page);
    await says(page, /Your own addresses/);
    await page.$eval('[name=me]', (field, me) => { field.value = me; }, ME);
    await press(page, 'Read it');
    await says(page, /found \(messages read|Contacts from lists|nothing that is new/);
    const [ours, theirs] = [await noted(page), told(path)];
    assert.ok(theirs.found.length > 0, `${theirs.found.length} clients`);
    assert.deepEqual(ours.found, theirs.found);
    assert.deepEqual(bare(ours.report), bare(theirs.report));
    await press(page, 'Cancel');
    await page.waitForSelector('.data .drop button');
    await page.close();
  });
}

test('what the page takes over is what the command finds', async () => {
  const bytes = several(0, 20) + ARCHIVE;
  const page = await give('same.mbox', bytes);
  await summary(page);
  await press(page, 'Take over');
  await page.waitForSelector('.done');
  const { clients, threads } = await page.evaluate(async () => {
    const { everything } = await import('./keep.js');
    return JSON.parse((await everything()).parts.join(''));
  });
  const found = clients.map(({ email, name }) => [email, name ?? null, threads.filter(({ client }) => client === email).length]);
  assert.deepEqual(found.sort(), told(join(folder, 'same.mbox')).found.map(({ email, name, threads }) => [email, name, threads]).sort());
  await page.close();
});

let built = process.env.CADENCE_COMMAND;
/** The headless command, built where the test runs alone. */
function command() {
  if (built) return built;
  const build = ['build', '--quiet', '--package', 'cadence', '--features', 'cli', '--bin', 'cadence', '--message-format', 'json'];
  const said = execFileSync('cargo', build, { encoding: 'utf8', maxBuffer: 1 << 28 }).trim().split('\n').map((line) => JSON.parse(line));
  built = said.find(({ executable, target }) => executable && target.name === 'cadence').executable;
  return built;
}

/** A zip of named texts, as APPNOTE has it: nothing packed. */
function zipped(files) {
  const [parts, list] = [[], []];
  let at = 0;
  const record = (signature, fields, name) => {
    const bytes = Buffer.alloc(4 + fields.reduce((sum, [size]) => sum + size, 0));
    bytes.writeUInt32LE(signature, 0);
    let place = 4;
    for (const [size, value] of fields) {
      if (size) bytes.writeUIntLE(value, place, size);
      place += size;
    }
    return Buffer.concat([bytes, Buffer.from(name)]);
  };
  for (const [name, content] of files) {
    const bytes = Buffer.from(content);
    const common = [[2, 20], [2, 0], [2, 0], [4, 0], [4, crc32(bytes)], [4, bytes.length], [4, bytes.length], [2, name.length], [2, 0]];
    const local = record(0x04034b50, common, name);
    list.push(record(0x02014b50, [[2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]], name));
    parts.push(local, bytes);
    at += local.length + bytes.length;
  }
  const names = Buffer.concat(list);
  const end = record(0x06054b50, [[2, 0], [2, 0], [2, files.length], [2, files.length], [4, names.length], [4, at], [2, 0]], '');
  return Buffer.concat([...parts, names, end]);
}
