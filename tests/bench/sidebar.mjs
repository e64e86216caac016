// How soon the sidebar shows something, with ten thousand clients stored, beside a page of an extension that only says a
// word. Prints a section of docs/BENCHMARKS.md, which `cargo xtask bench` writes.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, until } from '../e2e/harness.mjs';

const COUNT = 10_000;
const TIMES = 15;
const GOAL = 100;
const now = Date.now();

const lab = await start();
const empty = emptyExtension();
const emptyId = await lab.browser.installExtension(empty);
const tab = await lab.mail({ now, open: 'weber' });
await until('the strip speaks', async () => (await tab.strip()).text());
await store(COUNT);
await lab.killWorker();
const list = await lab.mail({ now });
const listed = async () => Object.keys(await list.marks()).length > 20;
await until('the list is marked', listed, { timeout: 20_000 });

const seen = { peer: [], thread: [], due: [] };
for (let i = 0; i <= TIMES; i += 1) {
  const sample = { peer: await framed(), thread: await docked(tab), due: await docked(list) };
  if (i === 0) continue; // The first one fills caches.
  for (const [name, value] of Object.entries(sample)) seen[name].push(value);
}
await lab.stop();
rmSync(empty, { recursive: true });
report();

/** From the beginning of a frame's load until the browser has painted the first word in it. */
function painted(frame) {
  return until('the frame is painted', () => frame.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  ).catch(() => 0));
}

/** The sidebar, opened by its toggle and closed again. */
async function docked(where) {
  const dock = await until('the dock is there', async () => (await where.shadows('cadence-dock'))[0]);
  await where.page.bringToFront();
  await dock.click('.toggle');
  const ours = (frame) => frame.url().includes('/sidebar.html');
  const frame = await until('the sidebar is there', () => where.page.frames().find(ours));
  const time = await painted(frame);
  await dock.click('.toggle');
  await until('the sidebar is gone', () => !where.page.frames().some(ours));
  return time;
}

/** The other extension's page, in a frame of the same size. */
async function framed() {
  await list.page.bringToFront();
  const known = new Set(list.page.frames());
  await list.page.evaluate((src) => {
    const style = 'position: fixed; inset: 0 0 0 auto; width: 326px; height: 100%';
    document.body.append(Object.assign(document.createElement('iframe'), { src, style, id: 'peer' }));
  }, `chrome-extension://${emptyId}/page.html`);
  const frame = await until('the peer is there', () => list.page.frames().find((one) => !known.has(one)));
  const time = await painted(frame);
  await list.page.evaluate(() => document.getElementById('peer').remove());
  await until('the peer is gone', () => !list.page.frames().includes(frame));
  return time;
}

/** Puts so many clients with a letter each into the store, all due. */
async function store(count) {
  const page = await lab.browser.newPage();
  await page.goto(lab.url('manifest.json'));
  await page.evaluate(async (clients) => {
    const database = await new Promise((resolve, reject) => {
      const asked = indexedDB.open('cadence');
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    const account = 'robin@lumenport.example';
    const write = database.transaction(['clients', 'threads'], 'readwrite');
    for (let n = 0; n < clients; n += 1) {
      const at = Date.now() - (n + 9_999) * 60_000;
      const [email, company] = [`buyer@many-${n}.de`, `many-${n}.de`];
      const history = [{ id: `t${n}`, at, by: 'client', kind: 'plain' }];
      write.objectStore('threads').put({ account, id: `t${n}`, client: email, company, subject: `Question ${n}`, history });
      write.objectStore('clients').put({
        account, email, company, name: `Buyer ${n}`, stage: 'inquiry', intent: 'open', thread: `t${n}`, due_at: at, errand: 'reply',
        rhythm: 'europe_america',
      });
    }
    await new Promise((resolve, reject) => { write.oncomplete = resolve; write.onerror = () => reject(write.error); });
    database.close();
  }, count);
  await page.close();
}

/** An extension with one page that anybody may frame, and a word on it. */
function emptyExtension() {
  const directory = mkdtempSync(join(tmpdir(), 'cadence-empty-'));
  const manifest = {
    manifest_version: 3,
    name: 'Empty',
    version: '1',
    web_accessible_resources: [{ resources: ['page.html'], matches: ['https://mail.google.com/*'] }],
  };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(directory, 'page.html'), '<!doctype html><title>Empty</title><p>A word');
  return directory;
}

function report() {
  const spread = (samples) => {
    const sorted = [...samples].sort((a, b) => a - b);
    return { min: sorted[0], median: sorted[Math.floor(sorted.length / 2)], max: sorted.at(-1) };
  };
  const row = (name, samples) => {
    const { min, median, max } = spread(samples);
    const ratio = samples === seen.peer ? '' : `${(median / spread(seen.peer).median).toFixed(1)} ×`;
    return `| ${name} | ${min.toFixed(0)} | ${median.toFixed(0)} | ${max.toFixed(0)} | ${ratio} |`;
  };
  const slowest = Math.max(spread(seen.thread).median, spread(seen.due).median);
  const kept = slowest <= GOAL;
  console.log(`## The sidebar

- ${kept ? '✓' : '✗ missed:'} with ${COUNT.toLocaleString('en')} clients stored its content is painted within ${GOAL} ms of its frame’s load

From the beginning of the frame’s load to the first paint with content, the worker awake; ${TIMES} of each, in turn. The peer
is a page of another extension with a word on it.

| ms | min | median | max | to the peer |
| --- | ---: | ---: | ---: | ---: |
${row('the peer’s page', seen.peer)}
${row('a client', seen.thread)}
${row(`what is due, of ${COUNT.toLocaleString('en')}`, seen.due)}
`);
  if (!kept) process.exitCode = 1;
}
