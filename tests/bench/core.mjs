// What the core costs as WebAssembly in Chromium: planning beside the same plan on Luxon and on temporal-polyfill in the
// same page (core/plan.js, given the days off ready-made), and inference beside whatlang with phonenumber natively.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLIENTS = 100_000;

const cargo = (...words) => execFileSync('cargo', words, { cwd: ROOT, maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
const target = JSON.parse(cargo('metadata', '--format-version', '1', '--no-deps')).target_directory;
cargo('build', '--quiet', '--release', '--package', 'cadence-bench', '--lib', '--target', 'wasm32-unknown-unknown');
const native = JSON.parse(
  cargo('run', '--quiet', '--profile', 'native', '--package', 'cadence-bench', '--features', 'peers', '--bin', 'native'),
);
const wasm = readFileSync(`${target}/wasm32-unknown-unknown/release/cadence_bench.wasm`).toString('base64');

const browser = await puppeteer.launch({
  executablePath: process.env.CADENCE_CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();
await page.addScriptTag({ path: `${ROOT}node_modules/luxon/build/global/luxon.min.js` });
await page.addScriptTag({ path: `${ROOT}node_modules/temporal-polyfill/global.js` });
await page.addScriptTag({ path: `${ROOT}tests/bench/core/plan.js` });
const found = await page.evaluate(measure, wasm, CLIENTS, native.facts, native.planned);
await browser.close();

/** In the page. */
async function measure(base64, clients, { now, places, touches }, planned) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes);
  const { bench_prepare: prepare, bench_plan: plan, bench_infer: infer } = instance.exports;
  const ready = globalThis.readyPlaces(places);
  const every = (one) => () => touches.map((letters, n) => one(ready[n % ready.length], letters, now));
  const luxon = every(globalThis.planner(globalThis.onLuxon(globalThis.luxon)));
  const temporal = every(globalThis.planner(globalThis.onTemporal(globalThis.Temporal)));
  const differing = (plans) => plans.flatMap(({ due, opens }, n) => (due === planned[n][0] && opens === planned[n][1] ? [] : [n]));
  const timed = (runs, work) => Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  const scaled = (samples) => samples.map((ms) => (ms * clients) / touches.length);
  prepare(clients);
  [plan, plan, () => infer(10), luxon, temporal].forEach((warm) => warm());
  return {
    sum: plan(),
    luxonDiffers: differing(luxon()),
    temporalDiffers: differing(temporal()),
    plan: timed(15, plan),
    infer: timed(15, () => infer(100)),
    luxon: scaled(timed(5, luxon)),
    temporal: scaled(timed(5, temporal)),
  };
}

const spread = (samples) => {
  const sorted = [...samples].sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[Math.floor(sorted.length / 2)], max: sorted.at(-1) };
};
const number = (value) => (value < 100 ? value.toFixed(value < 10 ? 2 : 1) : value.toFixed(0));
const row = (name, samples, ratio = '') => {
  const { min, median, max } = spread(samples);
  return `| ${name} | ${number(min)} | ${number(median)} | ${number(max)} | ${ratio} |`;
};
const ratio = (samples, of) => spread(samples).median / spread(of).median;
const each = (samples) => samples.map((ms) => ms / 100);
const goals = [
  ['the peers find the very same due dates and windows', [...found.luxonDiffers, ...found.temporalDiffers].length === 0],
  ['natively and as WebAssembly the same instants come out', found.sum === native.sum],
  ['planning is at least 50 times faster than Luxon', ratio(found.luxon, found.plan) >= 50],
  ['and at least 10 times faster than temporal-polyfill', ratio(found.temporal, found.plan) >= 10],
  ['planning as WebAssembly takes at most 3 times as long as natively', ratio(found.plan, native.plan) <= 3],
  ['a letter of 20 kB takes at most 1 ms as WebAssembly', spread(each(found.infer)).median <= 1],
];
console.log(`## The core

${goals.map(([name, kept]) => `- ${kept ? '✓' : '✗ missed:'} ${name}`).join('\n')}

${CLIENTS.toLocaleString('en')} clients planned from their histories: who must act, guard, tracks, answers, wishes, quiet seasons, window, what to
write. The peers do the same in JavaScript (tests/bench/core/plan.js) for ${native.planned.length.toLocaleString('en')} of them, scaled; days off are ready-made.

| ms | min | median | max | of ours |
| --- | ---: | ---: | ---: | ---: |
${row('planned in Chromium, as WebAssembly', found.plan)}
${row('planned natively', native.plan, `${ratio(native.plan, found.plan).toFixed(2)} ×`)}
${row('Luxon 3, in the same page', found.luxon, `${ratio(found.luxon, found.plan).toFixed(0)} ×`)}
${row('temporal-polyfill, in the same page', found.temporal, `${ratio(found.temporal, found.plan).toFixed(0)} ×`)}

Where the writer of a letter of ${native.bytes.toLocaleString('en')} bytes is. The peers guess its language and parse one telephone number.

| ms | min | median | max | of ours |
| --- | ---: | ---: | ---: | ---: |
${row('worked out in Chromium, as WebAssembly', each(found.infer))}
${row('worked out natively', each(native.infer), `${ratio(native.infer, found.infer).toFixed(2)} ×`)}
${row('whatlang and phonenumber, natively', each(native.peers), `${ratio(native.peers, found.infer).toFixed(2)} ×`)}
`);
process.exitCode = goals.every(([, kept]) => kept) ? 0 : 1;
