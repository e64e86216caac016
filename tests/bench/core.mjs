// What the core costs as WebAssembly in Chromium: planning beside Luxon and temporal-polyfill in the same page, and
// inference beside whatlang with phonenumber natively. The peers do less than we do, so the ratios are on their side: they
// only add the interval and look for the next window, given the holidays ready-made.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLIENTS = 100_000;
// The peers are slow: they plan so many, and their time is scaled.
const PEER_CLIENTS = 2_000;

const cargo = (...words) => execFileSync('cargo', words, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
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
const found = await page.evaluate(measure, wasm, CLIENTS, PEER_CLIENTS);
await browser.close();

/** In the page. */
async function measure(base64, clients, peerClients) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes);
  const { bench_plan: plan, bench_infer: infer } = instance.exports;
  const DAY = 86_400_000;
  const NOW = 1_795_413_600_000;
  const PLACES = [
    ['Europe/Berlin', 1, [6, 7]], ['America/Los_Angeles', 1, [6, 7]], ['America/Sao_Paulo', 3, [6, 7]], ['Asia/Kolkata', 2, [6, 7]],
    ['Asia/Ho_Chi_Minh', 3, [6, 7]], ['Africa/Cairo', 3, [5, 6]], ['Europe/London', 1, [6, 7]], ['America/Santiago', 3, [6, 7]],
  ].map(([zone, months, weekend]) => ({ zone, months, weekend: new Set(weekend), holidays: new Set(['2026-12-25', '2026-12-26', '2027-01-01']) }));
  const last = (n) => NOW - (10 + (n % 30)) * DAY - n * 61_000;

  // The first opening 10:00–15:00 on a working day at or after the last contact and the interval.
  function luxon(count) {
    let sum = 0;
    for (let n = 0; n < count; n += 1) {
      const { zone, months, weekend, holidays } = PLACES[n % PLACES.length];
      let at = luxonTime.fromMillis(last(n), { zone }).plus({ months });
      if (at.hour >= 15) at = at.plus({ days: 1 }).startOf('day');
      if (at.hour < 10) at = at.set({ hour: 10, minute: 0, second: 0, millisecond: 0 });
      while (weekend.has(at.weekday) || holidays.has(at.toISODate())) {
        at = at.plus({ days: 1 }).set({ hour: 10, minute: 0, second: 0, millisecond: 0 });
      }
      sum += Math.floor(at.toMillis() / 1000);
    }
    return sum;
  }
  const luxonTime = globalThis.luxon.DateTime;

  function temporal(count) {
    const { Instant, PlainTime } = globalThis.Temporal;
    const ten = PlainTime.from('10:00');
    let sum = 0;
    for (let n = 0; n < count; n += 1) {
      const { zone, months, weekend, holidays } = PLACES[n % PLACES.length];
      let at = Instant.fromEpochMilliseconds(last(n)).toZonedDateTimeISO(zone).add({ months });
      if (at.hour >= 15) at = at.add({ days: 1 }).withPlainTime(ten);
      if (at.hour < 10) at = at.withPlainTime(ten);
      while (weekend.has(at.dayOfWeek) || holidays.has(at.toPlainDate().toString())) at = at.add({ days: 1 }).withPlainTime(ten);
      sum += Math.floor(at.epochMilliseconds / 1000);
    }
    return sum;
  }

  const timed = (runs, work) => Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  const scaled = (samples) => samples.map((ms) => (ms * clients) / peerClients);
  [() => plan(1000), () => infer(10), () => luxon(200), () => temporal(200)].forEach((warm) => warm());
  return {
    sum: plan(1000),
    agree: luxon(800) === temporal(800),
    plan: timed(7, () => plan(clients)),
    infer: timed(15, () => infer(100)),
    luxon: scaled(timed(5, () => luxon(peerClients))),
    temporal: scaled(timed(5, () => temporal(peerClients))),
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
  ['the two peers find the same openings', found.agree],
  ['natively and as WebAssembly the same instants come out', found.sum === native.sum],
  ['planning is at least 50 times faster than Luxon', ratio(found.luxon, found.plan) >= 50],
  ['and at least 10 times faster than temporal-polyfill', ratio(found.temporal, found.plan) >= 10],
  ['planning as WebAssembly takes at most 3 times as long as natively', ratio(found.plan, native.plan) <= 3],
  ['a letter of 20 kB takes at most 1 ms as WebAssembly', spread(each(found.infer)).median <= 1],
];
console.log(`## The core

${goals.map(([name, kept]) => `- ${kept ? '✓' : '✗ missed:'} ${name}`).join('\n')}

${CLIENTS.toLocaleString('en')} clients planned whole, each from three letters: tracks, warmth, guard, holidays, quiet seasons. The peers only
add the interval and look for the next window, for ${PEER_CLIENTS.toLocaleString('en')} clients, scaled.

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
