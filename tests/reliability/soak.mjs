// The soak: threads are opened and left again and again on one page of the demo mailbox, and nothing may pile up.
//
//   node tests/reliability/soak.mjs [--openings 1000] [--minutes 60]
//
// The page goes its own way, by its address, most often from thread to thread, at times by way of the list; each opening
// lasts until the strip has the words that were made for it. Whoever looks for that looks within our script's world, which
// may enter our closed roots, whenever something has changed there. After a first part, in which caches fill, and then again
// and again, all garbage is collected, and what is left is counted: listeners, nodes, those of them that are not in the page,
// and the heap of the page (our script's included). The same is done without Cadence, whose share the difference is. After so
// many minutes it ends with what it has done. Prints a line for each count, and exits with 1 where listeners or detached
// nodes have grown, the heap by 5 MB, or a strip did not come. Chromium alone counts these things.

import { parseArgs } from 'node:util';
import { start, until } from '../e2e/harness.mjs';

const { values } = parseArgs({ options: { openings: { type: 'string', default: '1000' }, minutes: { type: 'string', default: '60' } } });
const OPENINGS = Number(values.openings);
const LONGEST = Number(values.minutes) * 60_000;
const WARM = Math.min(1000, Math.ceil(OPENINGS / 4));
/** So many openings are one call to the page, which may not take too long, and so many lie between two counts. */
const PART = 50;
const COUNTED = 1000;
/** No strip takes so long on a busy machine, in milliseconds. */
const PATIENCE = 120_000;
const MB = 1_048_576;
/** In a large window much of what an opening costs is its drawing, of which nothing is counted here. */
const SMALL = { width: 300, height: 200 };

/** After so many openings of one thread right after another the list is shown, as it is in between by whoever looks for the next. */
const ROW = 5;

/**
 * Runs in the page: opens so many threads, one after the other; gives how many it did before the time was up. It looks whenever
 * the page or a strip has changed, so that it waits for no clock.
 */
async function open(many, row, strips, latest, patience) {
  globalThis.threads ??= [...new Set([...document.querySelectorAll('tr.zA [data-legacy-thread-id]')].map((it) => it.dataset.legacyThreadId))];
  const observer = new MutationObserver(() => look());
  const changes = { subtree: true, childList: true, attributes: true, characterData: true };
  observer.observe(document, changes);
  const roots = new WeakSet();
  // What stands in the strip, as the element that was made to say it; without Cadence, the subject.
  const said = () => {
    if (!strips) return [...document.querySelectorAll('h2.hP')].at(-1);
    const host = document.querySelector('cadence-strip');
    if (!host) return undefined;
    const root = chrome.dom.openOrClosedShadowRoot(host);
    if (!roots.has(root)) observer.observe(root, changes);
    roots.add(root);
    return root.textContent ? root.firstElementChild : undefined;
  };
  // Asked last, since for this the page is styled.
  const shown = (element) => element?.getRootNode() instanceof ShadowRoot ? element.getRootNode().host.checkVisibility() : element?.checkVisibility();
  let look;
  let longest = 0;
  const seen = (what, is) => new Promise((found, missed) => {
    const began = performance.now();
    const late = setTimeout(() => {
      const there = [...document.querySelectorAll('h2.hP, cadence-strip')].map((it) => `${it.localName} ${it.checkVisibility()} ${it.textContent}`);
      missed(new Error(`${location.hash}: no ${what}, but “${said()?.textContent}” and ${there.join('; ')}`));
    }, patience);
    look = () => {
      if (!is()) return;
      clearTimeout(late);
      look = () => {};
      longest = Math.max(longest, performance.now() - began);
      found();
    };
    look();
  });
  let done = 0;
  let former;
  for (; done < many && Date.now() < latest; done += 1) {
    globalThis.turn = (globalThis.turn ?? -1) + 1;
    location.hash = `#inbox/${globalThis.threads[globalThis.turn % globalThis.threads.length]}`;
    await seen('strip', () => said() && said() !== former && shown(said()));
    former = said();
    if ((done + 1) % row && done + 1 < many) continue;
    location.hash = '#inbox';
    await seen('list', () => (!strips || !said()) && shown(document.querySelector('tr.zA')));
  }
  observer.disconnect();
  return { done, longest };
}

/** Runs in the page: how many nodes are in it, our closed roots' included. */
function attached(enters) {
  const count = (root) => {
    const walker = document.createTreeWalker(root);
    let nodes = 1;
    while (walker.nextNode()) {
      const inner = enters && walker.currentNode instanceof HTMLElement && chrome.dom.openOrClosedShadowRoot(walker.currentNode);
      nodes += 1 + (inner ? count(inner) : 0);
    }
    return nodes;
  };
  return count(document);
}

/** A strip did not come: whether the worker still answers, and what the flight recorder holds. */
async function tell(lab, problem) {
  console.error(problem.message);
  const silence = new Promise((go) => { setTimeout(go, 10_000, 'nothing for ten seconds'); });
  console.error('asked now, the worker says', await Promise.race([lab.ask({ ask: 'language' }), silence]));
  const page = await lab.open('report.html');
  console.error(await page.evaluate(() => document.body.innerText));
  throw problem;
}

async function soak(extension, openings, latest) {
  const lab = await start({ extension, zone: 'UTC' });
  try {
    const tab = await lab.mail({ now: Date.now() });
    if (extension) await until('the list is marked', async () => (await tab.marks()).whitfield, { timeout: 20_000 });
    else await until('the list stands', () => tab.page.$('tr.zA'));
    await tab.page.setViewport(SMALL);
    const cdp = await tab.page.createCDPSession();
    const worlds = [];
    cdp.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context));
    await cdp.send('Runtime.enable');
    await cdp.send('Performance.enable');
    const world = worlds.find(({ origin, auxData }) => (extension ? origin.includes(lab.id) : auxData?.isDefault));
    const run = async (deed, ...values) => {
      const { result, exceptionDetails } = await cdp.send('Runtime.callFunctionOn', {
        executionContextId: world.id,
        functionDeclaration: String(deed),
        arguments: values.map((value) => ({ value })),
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
    // What the browser has not come round to sweeping is not what piles up: the least of several counts is.
    const count = async () => {
      const least = {};
      const take = (name, value) => { least[name] = Math.min(value, least[name] ?? Infinity); };
      // What our clocks still hold on to, each minute lets go of; so does a tab that somebody comes back to.
      await run(() => void document.dispatchEvent(new Event('visibilitychange')));
      for (let turn = 0; turn < 8; turn += 1) {
        await cdp.send('Memory.simulatePressureNotification', { level: 'critical' });
        await new Promise((go) => { setTimeout(go, 500); });
        await cdp.send('HeapProfiler.collectGarbage');
        const metrics = Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
        take('listeners', metrics.JSEventListeners);
        take('nodes', metrics.Nodes);
        take('detached', metrics.Nodes - await run(attached, extension));
        take('heap', metrics.JSHeapUsedSize / MB);
      }
      return least;
    };
    const grown = (now, then) => Object.fromEntries(Object.keys(now).map((name) => [name, now[name] - then[name]]));
    const go = async (many) => {
      const all = { done: 0, longest: 0 };
      while (all.done < many) {
        const part = Math.min(PART, many - all.done);
        const { done, longest } = await run(open, part, ROW, extension, latest, PATIENCE).catch((problem) => tell(lab, problem));
        all.done += done;
        all.longest = Math.max(all.longest, longest);
        if (done < part) break;
      }
      return all;
    };
    await go(WARM);
    const before = await count();
    const began = performance.now();
    for (let done = 0; ;) {
      const part = Math.min(COUNTED, openings - done);
      const opened = await go(part);
      done += opened.done;
      const state = { done, longest: opened.longest, took: (performance.now() - began) / 1000, problems: tab.problems.length, ...grown(await count(), before) };
      say(extension ? 'with Cadence' : 'without', state);
      if (done === openings || opened.done < part) return state;
    }
  } finally {
    await lab.stop();
  }
}

function say(name, { done, longest, listeners, nodes, detached, heap, took, problems }) {
  console.log(`${name}: ${done} openings in ${took.toFixed(0)} s, the longest ${(longest / 1000).toFixed(1)} s; ${listeners} listeners, ${nodes} nodes (${detached} detached) and ${heap.toFixed(2)} MB more; ${problems} problems`);
}

const ours = await soak(true, OPENINGS, Date.now() + LONGEST);
// The page's own habits show in fewer.
const bare = await soak(false, Math.min(ours.done, 5000), Date.now() + LONGEST);
const tidy = ours.listeners <= Math.max(bare.listeners, 0) && ours.detached <= Math.max(bare.detached, 0) + 500 && ours.heap < 5 && !ours.problems;
process.exitCode = tidy ? 0 : 1;
