// What Cadence costs while a user scrolls through a real Roundcube with 5,000 threads: the same scroll with it and without.
// Prints a section of docs/BENCHMARKS.md.
//
//   CADENCE_SITE=roundcube node tests/bench/roundcube.mjs [THREADS] [PAGES] [ROUNDS]

import { SITE, start, until } from '../e2e/harness.mjs';

if (SITE !== 'roundcube') throw new Error('CADENCE_SITE must be roundcube');
const [threads = 5000, pages = 5, rounds = 3] = process.argv.slice(2).map(Number);

/** Scrolls the list on show to its end, a hundred pixels a frame; gives the frames' times and the long tasks meanwhile. */
const scroll = (tab) => tab.page.evaluate(async () => {
  const pane = document.querySelector('#messagelist-content');
  const frame = () => new Promise(requestAnimationFrame);
  pane.scrollTop = 0;
  await frame();
  const before = globalThis.longTasks.length;
  const times = [];
  let last = performance.now();
  let top = -1;
  while (pane.scrollTop > top) {
    top = pane.scrollTop;
    pane.scrollTop += 100;
    await frame();
    times.push(performance.now() - last);
    last = performance.now();
  }
  // What the last frames have set off is told a little later.
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  return { long: globalThis.longTasks.slice(before), times, height: pane.scrollHeight };
});

const labs = { without: await start({ extension: false }), with: await start() };
const found = { without: { long: [], frames: [] }, with: { long: [], frames: [] } };
let marked = 0;
for (let round = 0; round < rounds; round += 1) {
  for (const [name, lab] of Object.entries(labs)) {
    const tab = await lab.mail({ count: threads });
    for (let page = 0; page < pages; page += 1) {
      if (page > 0) {
        const first = await tab.page.$eval('#messagelist tr.message', (row) => row.id);
        await tab.page.evaluate(() => globalThis.rcmail.command('nextpage'));
        await until('the next page is there', () => tab.page.$eval('#messagelist', (list, id) => {
          const row = list.querySelector('tr.message');
          return row && row.id !== id;
        }, first), { timeout: 60_000 });
      }
      // All is drawn before the scroll: it alone is measured. To look into our roots from outside would cost the page, too.
      const chips = () => tab.page.$$eval('cadence-chip', (all) => all.length);
      if (name === 'with') await until('every row has its chip', async () => (await chips()) >= 150, { timeout: 60_000 });
      await new Promise((resolve) => { setTimeout(resolve, 2000); });
      const { long, times } = await scroll(tab);
      found[name].long.push(...long);
      found[name].frames.push(...times);
    }
    if (name === 'with') marked += Object.keys(await tab.marks()).length;
    await tab.page.close();
  }
}
if (marked < 150 * rounds) throw new Error(`The lists were not marked in time: ${marked}`);
await Promise.all(Object.values(labs).map((lab) => lab.stop()));

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
const line = (name, { long, frames }) => {
  const sorted = frames.toSorted((a, b) => a - b);
  return `| ${name} | ${frames.length} | ${at(sorted, 0.5).toFixed(1)} | ${at(sorted, 0.99).toFixed(1)} | ${long.length} | ${Math.max(0, ...long).toFixed(0)} |`;
};
console.log(`## Scrolling a real Roundcube with ${threads} threads

${pages} pages of 200 conversations, ${rounds} times. Long tasks are those of over 50 ms during the scroll.

| | frames | median, ms | 99th percentile, ms | long tasks | longest, ms |
| --- | --: | --: | --: | --: | --: |
${line('without Cadence', found.without)}
${line('with Cadence', found.with)}`);
