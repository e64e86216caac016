// The soak: threads are opened and left again and again on one page of the demo mailbox, and nothing may pile up.
//
//   node tests/reliability/soak.mjs [--openings 1000] [--minutes 60]
//
// The page goes its own way, by its address; nothing is waited for but what is on show: the strip with its words, then
// the list without it. Whoever looks for that looks once a frame from within our script's world, which may enter our
// closed roots. After a first part, in which caches fill, listeners, nodes and the heap of the page (our script's
// included) are counted, and again at the end; the same is done without Cadence, whose share the difference is. After
// so many minutes it ends with what it has done. Prints one line for each, and exits with 1 where listeners or nodes
// have grown, the heap by 5 MB, or a strip did not come. Chromium alone counts these things.

import { parseArgs } from 'node:util';
import { start, until } from '../e2e/harness.mjs';

const { values } = parseArgs({ options: { openings: { type: 'string', default: '1000' }, minutes: { type: 'string', default: '60' } } });
const OPENINGS = Number(values.openings);
const LONGEST = Number(values.minutes) * 60_000;
const WARM = Math.min(1000, Math.ceil(OPENINGS / 4));
const PART = 500;
const MB = 1_048_576;

/** Runs in the page: opens so many threads, one after the other; gives how many it did before the time was up. */
async function open(many, strips, latest) {
  const rows = () => [...document.querySelectorAll('tr.zA')].filter((row) => row.checkVisibility());
  globalThis.threads ??= rows().map((row) => row.querySelector('[data-legacy-thread-id]').dataset.legacyThreadId);
  const speaks = () => [...document.querySelectorAll(strips ? 'cadence-strip' : 'h2.hP')].some((it) => {
    if (!it.checkVisibility()) return false;
    return !strips || chrome.dom.openOrClosedShadowRoot(it).textContent;
  });
  const seen = async (what, is) => {
    const began = performance.now();
    while (!is()) {
      if (performance.now() - began > 10_000) {
        const found = [...document.querySelectorAll('cadence-strip')].map((it) => [it.checkVisibility(), chrome.dom?.openOrClosedShadowRoot(it)?.textContent]);
        throw new Error(`${location.hash}: no ${what}, but ${JSON.stringify(found)}`);
      }
      await new Promise((go) => { requestAnimationFrame(go); });
    }
  };
  for (let n = 0; n < many; n += 1) {
    if (Date.now() > latest) return n;
    globalThis.turn = (globalThis.turn ?? -1) + 1;
    location.hash = `#inbox/${globalThis.threads[globalThis.turn % globalThis.threads.length]}`;
    await seen('strip', speaks);
    location.hash = '#inbox';
    await seen('list', () => !speaks() && rows().length > 0);
  }
  return many;
}

async function soak(extension, openings, latest) {
  const lab = await start({ extension, zone: 'UTC' });
  try {
    const tab = await lab.mail({ now: Date.now() });
    if (extension) await until('the list is marked', async () => (await tab.marks()).whitfield, { timeout: 20_000 });
    else await until('the list stands', () => tab.page.$('tr.zA'));
    const cdp = await tab.page.createCDPSession();
    const worlds = [];
    cdp.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context));
    await cdp.send('Runtime.enable');
    await cdp.send('Performance.enable');
    const world = worlds.find(({ origin, auxData }) => (extension ? origin.includes(lab.id) : auxData?.isDefault));
    const go = async (many) => {
      const { result, exceptionDetails } = await cdp.send('Runtime.callFunctionOn', {
        executionContextId: world.id,
        functionDeclaration: String(open),
        arguments: [many, extension, latest].map((value) => ({ value })),
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
    // What the browser has not come round to sweeping is not what piles up: the least of several counts is.
    const count = async () => {
      const least = {};
      for (let turn = 0; turn < 8; turn += 1) {
        await cdp.send('Memory.simulatePressureNotification', { level: 'critical' });
        await new Promise((go) => { setTimeout(go, 500); });
        await cdp.send('HeapProfiler.collectGarbage');
        const { metrics } = await cdp.send('Performance.getMetrics');
        for (const { name, value } of metrics) least[name] = Math.min(value, least[name] ?? Infinity);
      }
      return least;
    };
    await go(WARM);
    const before = await count();
    const began = performance.now();
    let done = 0;
    while (done < openings) {
      const part = Math.min(PART, openings - done);
      const opened = await go(part);
      done += opened;
      if (opened < part) break;
      if (done % 10_000 === 0) console.error(`${done} openings`);
    }
    const took = (performance.now() - began) / 1000;
    const after = await count();
    const grown = (name) => after[name] - before[name];
    return {
      done, took, listeners: grown('JSEventListeners'), nodes: grown('Nodes'), heap: grown('JSHeapUsedSize') / MB,
      problems: tab.problems.length,
    };
  } finally {
    await lab.stop();
  }
}

const say = (name, { done, listeners, nodes, heap, took, problems }) => console.log(
  `${name}: ${done} openings in ${took.toFixed(0)} s; listeners ${listeners}, nodes ${nodes}, heap ${heap.toFixed(2)} MB more; ${problems} problems`,
);
const ours = await soak(true, OPENINGS, Date.now() + LONGEST);
say('with Cadence', ours);
// The page's own habits show in fewer.
const bare = await soak(false, Math.min(ours.done, 5000), Date.now() + LONGEST);
say('without', bare);
const tidy = ours.listeners <= Math.max(bare.listeners, 0) && ours.nodes <= Math.max(bare.nodes, 0) + 2000 && ours.heap < 5 && !ours.problems;
process.exitCode = tidy ? 0 : 1;
