// How fast an archive of mail is read, in the shipped page and by the headless command, beside postal-mime in the same browser on
// the same file; how much memory that takes, and whether cost grows with size alone. Prints a section of docs/BENCHMARKS.md,
// which `cargo xtask bench` writes. The archive is made (archive/mailbox.mjs), and deleted afterwards.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { start, until } from '../e2e/harness.mjs';
import { ME, Mailbox } from './archive/mailbox.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MB = 1_000_000;
const SIZES = (process.env.CADENCE_BENCH_SIZES ?? '300,1000,2000').split(',').map(Number); // MB
const TIMES = 3; // of the smallest
const LONG = 1_800_000;

const cargo = (...words) => execFileSync('cargo', words, { cwd: ROOT, maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
const target = JSON.parse(cargo('metadata', '--format-version', '1', '--no-deps')).target_directory;
const said = cargo('build', '--quiet', '--profile', 'native', '--package', 'cadence', '--features', 'cli', '--bin', 'cadence', '--message-format', 'json');
const command = said.trim().split('\n').map((line) => JSON.parse(line)).find((one) => one.executable && one.target.name === 'cadence').executable;

const folder = join(target, 'bench');
mkdirSync(folder, { recursive: true });
const path = join(folder, 'mail.mbox');
const mailbox = new Mailbox(path);
const lab = await start();
const server = await serve();
const rows = [];
let peers = null;
try {
  for (const size of SIZES) {
    mailbox.grow(size * MB);
    const row = { bytes: mailbox.written, messages: mailbox.messages, page: [], native: [] };
    for (let n = 0; n < (row.bytes < 500 * MB ? TIMES : 1); n += 1) {
      row.native.push(natively(row));
      row.page.push(await onPage(row));
    }
    rows.push(row);
    if (!peers) peers = { whole: await onPeer(true), part: await onPeer(false), bytes: row.bytes };
  }
} finally {
  mailbox.close();
  rmSync(path);
  server.close();
  await lab.stop();
}
report();

/** By the headless command: seconds. Everything that the generator wrote is found. */
function natively(row) {
  const began = performance.now();
  const { stderr } = spawn(['import', '--me', ME, '--report', path]);
  const seconds = (performance.now() - began) / 1000;
  row.found = JSON.parse(stderr);
  if (row.found.messages !== row.messages) throw new Error(`${row.found.messages} messages of ${row.messages}`);
  return seconds;
}

function spawn(words) {
  const script = `const { spawnSync } = require('node:child_process');
    const { stderr } = spawnSync(process.argv[1], process.argv.slice(2), { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', maxBuffer: 1 << 28 });
    process.stdout.write(stderr);`;
  return { stderr: execFileSync(process.execPath, ['-e', script, command, ...words], { encoding: 'utf8', maxBuffer: 1 << 28 }) };
}

/** On the page, from the click to the summary: seconds, and the most memory that a process of the browser took for it, in bytes. */
async function onPage(row) {
  const page = await lab.open('import.html');
  page.setDefaultTimeout(LONG);
  await page.waitForSelector('.drop');
  await (await page.$('input[type=file]:not([webkitdirectory])')).uploadFile(path);
  await page.waitForSelector('[name=me]');
  const memory = await watched();
  await page.evaluate(() => {
    const began = performance.now();
    new MutationObserver(() => {
      if (document.querySelector('.found')) globalThis.took ??= performance.now() - began;
    }).observe(document.body, { childList: true, subtree: true });
    document.querySelector('form [type=submit]').click();
  });
  const ms = await until('it is read', () => page.evaluate(() => globalThis.took), { timeout: LONG });
  const bytes = await memory();
  const found = await page.$eval('.found', (element) => element.innerText.replace(/[^\d(]/g, ''));
  // Both find the same.
  const { clients, messages } = row.found;
  if (!found.startsWith(`${clients}(${messages}`)) throw new Error(`the page found ${found}, the command ${clients} of ${messages}`);
  await page.locator('.panel .tool:last-child').click();
  await page.waitForSelector('.drop');
  await page.close();
  return { seconds: ms / 1000, bytes };
}

/** Watches the memory of the browser's renderers; gives how far the one that grew most has grown. */
async function watched() {
  const cdp = await lab.browser.target().createCDPSession();
  const pids = async () => {
    const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  };
  const held = (pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return ['RssAnon', 'RssShmem'].reduce((sum, key) => sum + 1024 * Number(status.match(new RegExp(`${key}:\\s+(\\d+)`))[1]), 0);
    } catch {
      return 0;
    }
  };
  const before = new Map((await pids()).map((pid) => [pid, held(pid)]));
  const most = new Map(before);
  const timer = setInterval(() => {
    for (const pid of before.keys()) most.set(pid, Math.max(most.get(pid), held(pid)));
  }, 50);
  return async () => {
    clearInterval(timer);
    await cdp.detach();
    return Math.max(...[...before].map(([pid, bytes]) => most.get(pid) - bytes));
  };
}

/** By postal-mime in a thread of a page: seconds. */
async function onPeer(whole) {
  const page = await lab.browser.newPage();
  page.setDefaultTimeout(LONG);
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await (await page.$('input')).uploadFile(path);
  await page.evaluate((all) => {
    const thread = new Worker('peer.mjs', { type: 'module' });
    thread.onmessage = ({ data }) => { globalThis.said = data; };
    thread.onerror = ({ message }) => { globalThis.said = { problem: message }; };
    thread.postMessage({ file: document.querySelector('input').files[0], whole: all });
  }, whole);
  const { ms, messages, letters, problem } = await until('the peer is done', () => page.evaluate(() => globalThis.said), { timeout: LONG });
  if (problem) throw new Error(problem);
  await page.close();
  return { seconds: ms / 1000, messages, letters };
}

/** The peer's page, thread and library. */
function serve() {
  const types = { mjs: 'text/javascript', js: 'text/javascript' };
  const files = createServer(({ url }, answer) => {
    const library = url.startsWith('/postal-mime/') ? join(ROOT, 'node_modules/postal-mime/dist/esm', url.slice(12)) : null;
    const file = library ?? (url === '/peer.mjs' ? join(ROOT, 'tests/bench/archive/peer.mjs') : null);
    if (!file) return answer.setHeader('content-type', 'text/html').end('<!doctype html><input type="file">');
    return answer.setHeader('content-type', types[file.split('.').at(-1)] ?? 'text/plain').end(readFileSync(file));
  });
  return new Promise((resolve) => { files.listen(0, '127.0.0.1', () => resolve(files)); });
}

function report() {
  const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const page = (row) => median(row.page.map(({ seconds }) => seconds));
  const native = (row) => median(row.native);
  const memory = (row) => Math.max(...row.page.map(({ bytes }) => bytes));
  const speed = (bytes, seconds) => (bytes / MB / seconds).toFixed(0);
  const [first, last] = [rows[0], rows.at(-1)];
  const ratio = (peer) => peer.seconds / page(first);
  const slower = (time) => (time(last) / last.bytes) / (time(first) / first.bytes);
  const goals = [
    ['at least 8 times as fast as postal-mime', ratio(peers.whole) >= 8],
    ['memory stays under 150 MB', rows.every((row) => memory(row) < 150 * MB)],
    ['cost is linear in the browser (a byte of the largest costs at most 1.15 of one of the smallest)', slower(page) <= 1.15],
    ['and natively', slower(native) <= 1.15],
  ];
  const line = (row) => `| ${(row.bytes / MB).toFixed(0)} MB | ${row.messages.toLocaleString('en')} | ${row.found.clients.toLocaleString('en')} | ${page(row).toFixed(1)} | ${speed(row.bytes, page(row))} | ${(memory(row) / MB).toFixed(0)} | ${native(row).toFixed(1)} | ${speed(row.bytes, native(row))} |`;
  const peer = (name, one) => `| ${name} | ${one.seconds.toFixed(1)} | ${speed(peers.bytes, one.seconds)} | ${ratio(one).toFixed(1)} × |`;
  console.log(`## Archives of mail

${goals.map(([name, kept]) => `- ${kept ? '✓' : '✗ missed:'} ${name}`).join('\n')}

A made mailbox as Google Takeout gives it (tests/bench/archive/mailbox.mjs), read on the shipped page from the click to the summary, and by
\`cadence import\`. Memory is what the page's process grew by at most.

| file | messages | clients | s, page | MB/s | MB held | s, natively | MB/s |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.map(line).join('\n')}

The same ${(peers.bytes / MB).toFixed(0)} MB in a thread of a page of the same browser, taking the same of each message and keeping nothing; the second time
it, too, is given no more than the first 64 kB of a message.

| | s | MB/s | of ours |
| --- | ---: | ---: | ---: |
| Cadence’s page | ${page(first).toFixed(1)} | ${speed(first.bytes, page(first))} | |
${peer('postal-mime, whole messages', peers.whole)}
${peer('postal-mime, the first 64 kB of each', peers.part)}
`);
  process.exitCode = goals.every(([, kept]) => kept) ? 0 : 1;
}
