// The soak: threads are opened and left again and again on one page of the demo mailbox, and nothing may pile up.
//
//   node tests/reliability/soak.mjs [--openings 1000]
//
// Every opening is drawn: the next one follows two frames after the last. After a first thousand, in which caches fill,
// listeners, nodes and the heap of the
// page (our script's included) are counted, and again at the end; the same is done without Cadence, whose share the
// difference is. Prints one line for each, and exits with 1 where listeners or nodes have grown or the heap by 5 MB.

import { parseArgs } from 'node:util';
import { start, until } from '../e2e/harness.mjs';

const { values } = parseArgs({ options: { openings: { type: 'string', default: '1000' } } });
const OPENINGS = Number(values.openings);
const WARM = Math.min(1000, Math.ceil(OPENINGS / 4));
const MB = 1_048_576;

async function soak(extension, openings) {
  const lab = await start({ extension, zone: 'UTC' });
  try {
    const tab = await lab.mail({ now: Date.now() });
    if (extension) await until('the list is marked', async () => (await tab.marks()).whitfield, { timeout: 20_000 });
    else await until('the list stands', () => tab.page.$('tr.zA'));
    const cdp = await tab.page.createCDPSession();
    await cdp.send('Performance.enable');
    const count = async () => {
      for (let turn = 0; turn < 3; turn += 1) await cdp.send('HeapProfiler.collectGarbage');
      const { metrics } = await cdp.send('Performance.getMetrics');
      return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    };
    const open = (times) => tab.page.evaluate(async (many) => {
      const ids = [...document.querySelectorAll('tr.zA [data-legacy-thread-id]')].map((it) => it.dataset.legacyThreadId);
      globalThis.threads ??= ids;
      const frame = () => new Promise((go) => { requestAnimationFrame(go); });
      for (let n = 0; n < many; n += 1) {
        location.hash = `#inbox/${globalThis.threads[n % globalThis.threads.length]}`;
        await frame();
        await frame();
      }
      location.hash = '#inbox';
      await frame();
      await frame();
    }, times);
    await open(WARM);
    const before = await count();
    const began = performance.now();
    for (let done = 0; done < openings; done += 1000) await open(Math.min(1000, openings - done));
    const took = (performance.now() - began) / 1000;
    const after = await count();
    const grown = (name) => after[name] - before[name];
    const result = { listeners: grown('JSEventListeners'), nodes: grown('Nodes'), heap: grown('JSHeapUsedSize') / MB, took };
    if (extension) {
      await tab.openThread('weber');
      await until('the strip still speaks', async () => (await tab.strip()).text('.pill'), { timeout: 15_000 });
      result.problems = tab.problems.length;
    }
    return result;
  } finally {
    await lab.stop();
  }
}

const say = (name, openings, { listeners, nodes, heap, took, problems = 0 }) => console.log(
  `${name}: ${openings} openings in ${took.toFixed(0)} s; listeners ${listeners}, nodes ${nodes}, heap ${heap.toFixed(2)} MB more; ${problems} problems`,
);
const ours = await soak(true, OPENINGS);
say('with Cadence', OPENINGS, ours);
// The page's own habits show in fewer.
const bare = await soak(false, Math.min(OPENINGS, 5000));
say('without', Math.min(OPENINGS, 5000), bare);
const tidy = ours.listeners <= Math.max(bare.listeners, 0) && ours.nodes <= Math.max(bare.nodes, 0) + 200 && ours.heap < 5 && !ours.problems;
process.exitCode = tidy ? 0 : 1;
