// How fast Cadence answers and draws, and what it costs the page, beside an extension that does
// nothing. Prints a section of docs/BENCHMARKS.md, which `cargo xtask bench` writes.

import { start, until } from '../e2e/harness.mjs';
import { empty, gmailJs, inboxSdk } from './page/extensions.mjs';
import { LONG_TASK, begin, end } from './page/trace.mjs';
import { IDLE_MINUTES, ROWS, THREADS, browserWith, visit } from './page/visit.mjs';

const WARM = 200;
const COLD = 12;
const DRAWN = 60;
const LOADS = 7;
const EXTENSIONS = { none: null, Cadence: 'cadence', 'gmail-js': gmailJs, InboxSDK: inboxSdk };
const FRAME = 1000 / 60;
/** How long a page is left alone until all that was begun in it has come to its end. */
const settle = () => new Promise((resolve) => { setTimeout(resolve, 700); });
const now = Date.now();

const lab = await start();
const nothing = empty();
const emptyId = await lab.browser.installExtension(nothing.directory);
const results = { ...(await answers()), ...(await drawing()) };
await lab.stop();
nothing.clear();
Object.assign(results, await beside());
report(results);

// ---- What is measured.

/** Round trips from the page's script to the worker and back, Cadence's and the empty one's in turn. */
async function answers() {
  const tab = await listed(await lab.mail({ now }));
  await tab.openThread('weber');
  await until('the strip speaks', async () => (await tab.strip()).text());
  const [ours, peer] = await worlds(tab, lab.id, emptyId);
  await ours(prepare);
  await peer(preparePeer);

  const warm = { empty: [], refused: [], thread: [], list: [] };
  const once = async () => {
    warm.empty.push(await peer(() => roundTrip()));
    for (const name of ['refused', 'thread', 'list']) {
      warm[name].push(await ours((it) => roundTrip(it), name));
    }
  };
  for (let i = 0; i < WARM; i += 1) await once();
  for (const samples of Object.values(warm)) samples.splice(0, WARM / 10); // What is not compiled yet is not warm.

  const cold = { empty: [], thread: [] };
  for (let i = 0; i < COLD; i += 1) {
    await lab.killWorker();
    cold.thread.push(await ours(() => roundTrip('thread')));
    await lab.killWorker();
    cold.empty.push(await peer(() => roundTrip()));
  }
  await tab.page.close();
  return { warm, cold };
}

/** From the worker's answer until the strip stands in the page, and until its frame. */
async function drawing() {
  const tab = await listed(await lab.mail({ now }));
  await tab.openThread('weber');
  await until('the strip speaks', async () => (await tab.strip()).text());
  const [ours] = await worlds(tab, lab.id);
  await ours(prepare);
  const drawn = { stands: [], frame: [], rate: [] };
  for (let i = 0; i < DRAWN; i += 1) {
    const sample = await ours(drawOnce);
    for (const [name, value] of Object.entries(sample)) drawn[name].push(value);
  }
  await tab.page.close();
  return { drawn };
}

/** What a list costs the page, and then a visit, with each extension and with none. */
async function beside() {
  const labs = {};
  for (const [name, extension] of Object.entries(EXTENSIONS)) labs[name] = await browserWith(extension);
  const found = Object.fromEntries(Object.keys(labs).map((name) => [name, {}]));
  for (let i = 0; i <= LOADS; i += 1) {
    for (const [name, where] of Object.entries(labs)) {
      const sample = await load(where, name === 'Cadence');
      if (i === 0) continue; // The first one fills caches.
      for (const [key, value] of Object.entries(sample)) (found[name][key] ??= []).push(value);
    }
  }
  // All at a time: most of a visit is waiting.
  const visits = await Promise.all(Object.entries(labs).map(async ([name, where]) => [name, await visit(where, { now, cadence: name === 'Cadence' })]));
  await Promise.all(Object.values(labs).map((it) => it.stop()));
  return { list: found, visits: Object.fromEntries(visits) };
}

/** Loads a list, lets new mail rebuild it, and adds up the tasks. */
async function load({ lab: where, id }, withCadence) {
  let page;
  const tab = await where.mail({ now, count: ROWS }, {}, async (opened) => {
    page = opened;
    await begin(page);
  });
  await until('the list stands', () => tab.page.$('tr.zA'));
  await settle();
  await tab.newMail({ thread: 'tanaka', at: Date.now() });
  await settle();
  const sums = await end(page, id);
  if (withCadence) {
    const marks = await tab.marks();
    if (Object.keys(marks).length < ROWS * 0.9 || !marks.tanaka.startsWith('Reply now')) throw new Error('The list was not marked in time');
  }
  await tab.page.close();
  return sums;
}

// ---- What runs in the page's isolated worlds.

/** Makes `roundTrip(name)` known to Cadence's world: milliseconds that a question takes. */
async function prepare() {
  const ask = (question) => chrome.runtime.sendMessage({ v: 1, ...question });
  const { table, style } = await ask({ ask: 'table', address: location.origin + location.pathname });
  const whole = globalThis.cadence.eyes.look(table);
  const { row, ...rest } = whole.parts;
  const see = (parts) => ({ ask: 'see', site: table.site, sighting: { ...whole, parts }, ui: {} });
  // The list is hidden behind the thread: its rows are read nevertheless.
  const part = table.parts.find(({ name }) => name === 'row');
  const rows = [...document.querySelectorAll(part.roots.at(-1))].map((root) => globalThis.cadence.eyes.read(table, part, root, 0));
  const questions = {
    refused: { ask: 'nothing' },
    thread: see(rest),
    list: see({ account: rest.account, row: rows }),
  };
  globalThis.bench = { ask, questions, style, table };
  globalThis.roundTrip = async (name) => {
    // What the worker still does after its last answer is no part of this one.
    await new Promise((resolve) => { setTimeout(resolve, 15); });
    const began = performance.now();
    const { answer } = await ask(questions[name]);
    const took = performance.now() - began;
    if ((answer === 'failed') !== (name === 'refused')) throw new Error(`${name}: ${answer}`);
    return took;
  };
}

/** Makes `roundTrip()` known to the peer's world. */
function preparePeer() {
  globalThis.roundTrip = async () => {
    await new Promise((resolve) => { setTimeout(resolve, 15); });
    const began = performance.now();
    await chrome.runtime.sendMessage({});
    return performance.now() - began;
  };
}

/** Draws the open thread's strip as content.js does, into an element of its own. */
async function drawOnce() {
  const { ask, questions, style } = globalThis.bench;
  const host = document.createElement('cadence-strip');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  document.querySelector('cadence-strip').after(host);
  host.getBoundingClientRect();
  const { strip } = await ask(questions.thread);
  const began = performance.now();
  globalThis.cadence.hands.draw(root, strip);
  host.getBoundingClientRect();
  root.querySelector('.clock').getBoundingClientRect();
  const stands = performance.now() - began;
  await new Promise((resolve) => { requestAnimationFrame(resolve); });
  const frame = performance.now() - began;
  const next = performance.now();
  await new Promise((resolve) => { requestAnimationFrame(resolve); });
  const rate = performance.now() - next;
  host.remove();
  return { stands, frame, rate };
}

// ---- Helpers.

async function listed(tab) {
  await until('the list is marked', async () => (await tab.marks()).whitfield, { timeout: 20_000 });
  return tab;
}

/** The isolated worlds of extensions in a page, each as a function that calls another one there. */
async function worlds(tab, ...ids) {
  const cdp = await tab.page.createCDPSession();
  const contexts = [];
  cdp.on('Runtime.executionContextCreated', ({ context }) => contexts.push(context));
  await cdp.send('Runtime.enable');
  return Promise.all(ids.map(async (id) => {
    const context = await until(`the world of ${id}`, () => contexts.find((it) => it.origin === `chrome-extension://${id}`));
    return async (job, ...values) => {
      const { result, exceptionDetails } = await cdp.send('Runtime.callFunctionOn', {
        executionContextId: context.id,
        functionDeclaration: String(job),
        arguments: values.map((value) => ({ value })),
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
  }));
}

function spread(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[Math.floor(sorted.length / 2)], max: sorted.at(-1) };
}

function report({ warm, cold, drawn, list, visits }) {
  const number = (value) => (value < 100 ? value.toFixed(value < 10 ? 2 : 1) : value.toFixed(0));
  const row = (name, samples, ratio = '') => {
    const { min, median, max } = spread(samples);
    return `| ${name} | ${number(min)} | ${number(median)} | ${number(max)} | ${ratio} |`;
  };
  const ratio = (samples, peer) => spread(samples).median / spread(peer).median;
  const times = (samples, peer) => `${ratio(samples, peer).toFixed(1)} ×`;
  const table = (...rows) => ['| ms | min | median | max | to the peer |', '| --- | ---: | ---: | ---: | ---: |', ...rows, ''].join('\n');
  const middle = (name, key) => spread(list[name][key]).median;
  const names = Object.keys(list);
  const across = (first, ...rows) => [
    `| ${first} | ${names.join(' | ')} |`, `| --- |${names.map(() => ' ---: |').join('')}`,
    ...rows.map(([name, value]) => `| ${name} | ${names.map((it) => value(it)).join(' | ')} |`), '',
  ].join('\n');
  const { none, Cadence } = visits;
  const hour = 60 / IDLE_MINUTES;
  const goals = [
    ['a warm answer takes at most 3 times an empty message', ratio(warm.thread, warm.empty) <= 3],
    ['the strip stands within one frame of the answer', spread(drawn.stands).median <= FRAME],
    [`a list of ${ROWS} rows has no more long tasks (over ${LONG_TASK} ms) than without Cadence`, middle('Cadence', 'long') <= middle('none', 'long')],
    [`nor has opening ${THREADS} threads`, Cadence.threads.long <= none.threads.long],
    ['nothing on the page is moved by Cadence', Cadence.shifts <= none.shifts],
  ];
  const silent = names.filter((name) => !['none', 'Cadence'].includes(name) && !visits[name].started);
  console.log(`## In the page

${goals.map(([name, kept]) => `- ${kept ? '✓' : '✗ missed:'} ${name}`).join('\n')}

A question from the script in the page to the worker and back, the worker awake; ${warm.empty.length} of each, in turn.
The peer is an extension whose worker answers every message with nothing.

${table(
    row('the peer’s empty message', warm.empty),
    row('a question that Cadence refuses', warm.refused, times(warm.refused, warm.empty)),
    row('an open thread: its strip', warm.thread, times(warm.thread, warm.empty)),
    row('a list of 29 rows: their chips', warm.list, times(warm.list, warm.empty)),
  )}
The same after the worker was killed; ${cold.empty.length} of each, in turn.

${table(row('the peer’s empty message', cold.empty), row('an open thread: its strip', cold.thread, times(cold.thread, cold.empty)))}
From the answer to the strip; ${drawn.stands.length} of each. A frame here takes ${number(spread(drawn.rate).median)} ms.

${table(row('until it is drawn, styled and laid out', drawn.stands), row('until the next frame begins', drawn.frame))}
Beside no extension, and beside the two libraries that extensions of Gmail are made with: gmail-js reads what the page fetches
and draws nothing, InboxSDK puts a label on each row and looks at each thread. ${silent.length
    ? `${silent.join(' and ')} did not start on the demo mailbox, which has none of what Gmail's own scripts leave in a page: what stands here is what loading and waiting cost.`
    : 'Both started.'}

A list of ${ROWS} threads is loaded and, with Cadence, marked, then new mail rebuilds all its rows; medians of ${LOADS} times each, in turn, by
Chromium's own trace of the page's main thread, in milliseconds of processor time. All tasks hold the style, layout and paint of what was added.

${across('a list',
    ['tasks of over 50 ms', (it) => middle(it, 'long')],
    ['longest task', (it) => number(middle(it, 'longest'))],
    ['the extension’s script, at a stretch', (it) => number(middle(it, 'stretch'))],
    ['the extension’s script, in all', (it) => number(middle(it, 'script'))],
    ['all tasks', (it) => number(middle(it, 'total'))],
    ['all tasks, to none', (it) => times(list[it].total, list.none.total)])}
${THREADS} threads of it are opened one after another, each for 150 ms; then the page is left alone for ${IDLE_MINUTES} minutes with its clocks
running, of which an hour is reckoned. What comes but once an hour, such as new words for another part of the day, may not be in it.

${across('a visit',
    ['ms of tasks, a thread', (it) => number(visits[it].threads.total / THREADS)],
    ['tasks of over 50 ms', (it) => visits[it].threads.long],
    ['longest task', (it) => number(visits[it].threads.longest)],
    ['layout shift, by the browser’s measure', (it) => visits[it].shifts.toFixed(4)],
    ['MB of JavaScript in the page', (it) => number(visits[it].memory)],
    ['ms of tasks, an idle hour', (it) => number(visits[it].idle.total * hour)])}`);
  if (goals.some(([, kept]) => !kept)) process.exitCode = 1;
}
