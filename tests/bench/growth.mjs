// How cost grows with the number of clients, of letters, of bytes, natively: benches/growth.rs from 1,000 to 1,000,000, each curve
// held to the one that it is to have. Prints a section of docs/BENCHMARKS.md, which `cargo xtask bench` writes.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LARGEST = process.env.CADENCE_BENCH_LARGEST ?? '1000000';

/** What each is to grow by: n, n log n where something is sorted, log n where something is looked up. */
const CURVES = {
  'every client planned': 'n',
  'the agenda of ten days': 'n log n',
  'the likeliest of so many for thirty days': 'n log n',
  'everything written as a file': 'n',
  'and read again': 'n',
  'what a file would change, told': 'n log n',
  'a file cut into pieces': 'n log n',
  'one client of so many letters planned': 'n',
  'a letter more of such a client': 'n',
  'their letters looked at again': 'log n',
  'their record read': 'n',
  'where the writer of a letter of so many bytes is': 'n',
};
/** How much more than that the largest may cost: caches are small. */
const SLACK = 3;

const said = execFileSync('cargo', ['bench', '--quiet', '--profile', 'native', '--bench', 'growth', '--', LARGEST], {
  cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 1 << 26,
});
const curves = new Map();
for (const line of said.split('\n').filter((it) => it.startsWith('{'))) {
  const { what, size, ms } = JSON.parse(line);
  const [min, median, max] = [...ms].sort((a, b) => a - b);
  curves.set(what, [...(curves.get(what) ?? []), { size, min, median, max }]);
}
const number = (value) => (value < 100 ? value.toFixed(value < 1 ? 5 : 2) : value.toFixed(0));
const cost = { 'log n': Math.log, n: (n) => n, 'n log n': (n) => n * Math.log(n) };
const goals = [];
const rows = [];
for (const [what, points] of curves) {
  const curve = CURVES[what];
  // From the second point on: the first one pays for tables that are read once.
  const [from, to] = [points[1] ?? points[0], points.at(-1)];
  const grown = to.median / from.median / (cost[curve](to.size) / cost[curve](from.size));
  goals.push(`- ${grown <= SLACK ? '✓' : '✗ missed:'} ${what}: O(${curve})`);
  for (const { size, min, median, max } of points) {
    rows.push(`| ${what} | ${size.toLocaleString('en')} | ${number(min)} | ${number(median)} | ${number(max)} | ${((median / size) * 1e6).toFixed(1)} |`);
  }
}
console.log(`## Growth

${goals.join('\n')}

Natively; a curve is kept where the largest costs at most ${SLACK} times what it tells from the second size on. Badge, due list and waking up are
in “The worker and its store”: they do not grow with those who are not due.

| ms | n | min | median | max | ns for each |
| --- | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}`);
if (goals.some((line) => line.includes('✗'))) process.exitCode = 1;
