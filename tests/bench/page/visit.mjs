// A visit to the mailbox as the user makes it: a list, threads opened one after another, and then nothing for a while.

import { start, until } from '../../e2e/harness.mjs';
import { begin, end } from './trace.mjs';

export const ROWS = 100;
export const THREADS = 50;
/** An hour is too long to wait for; what runs by the minute runs in this many of them as in any other. */
export const IDLE_MINUTES = 2;
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
/** How long a page is left alone until all that was begun in it has come to its end. */
const SETTLES = 700;

/** A browser in which one extension, or none, is at work: `cadence`, or what `extensions.mjs` makes. */
export async function browserWith(extension) {
  if (extension === 'cadence') {
    const lab = await start();
    return { lab, id: lab.id, stop: () => lab.stop() };
  }
  const lab = await start({ extension: false });
  const made = extension?.();
  const id = made && (await lab.browser.installExtension(made.directory));
  return { lab, id, stop: () => lab.stop().then(() => made?.clear()) };
}

/** Opens threads by the row's click and goes back; what the page moves by itself is counted, and its memory. */
export async function visit({ lab, id }, { now, cadence }) {
  const tab = await lab.mail({ now, count: ROWS }, {}, async (page) => {
    await page.evaluateOnNewDocument(() => {
      globalThis.shifts = 0;
      const add = (list) => { for (const { value } of list.getEntries()) globalThis.shifts += value; };
      new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true });
    });
  });
  await until('the list stands', () => tab.page.$('tr.zA'));
  await pause(SETTLES);
  if (cadence) await until('the list is marked', async () => (await tab.marks()).whitfield, { timeout: 20_000 });
  const { peer } = await tab.page.evaluate(() => ({ ...document.documentElement.dataset }));
  await begin(tab.page);
  const opened = await tab.page.evaluate(openAll, THREADS);
  const threads = { ...(await end(tab.page, id)), opened };
  const shifts = await tab.page.evaluate(() => globalThis.shifts);
  const memory = await heap(tab.page);
  await begin(tab.page);
  await pause(IDLE_MINUTES * 60_000);
  const idle = await end(tab.page, id, threads.thread);
  await tab.page.close();
  return { threads, idle, shifts, memory, started: peer !== undefined };
}

/** Runs in the page: each thread stands for long enough to be read, looked into and drawn upon. */
async function openAll(count) {
  const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
  let opened = 0;
  for (let at = 0; at < count; at += 1) {
    document.querySelectorAll('tr.zA[id]')[at].querySelector('.xW').click();
    await wait(150);
    opened += [...document.querySelectorAll('h2.hP')].some((head) => head.checkVisibility()) ? 1 : 0;
    document.querySelector('[role="main"]:not([style*="none"]) a.lS').click();
    await wait(100);
  }
  return opened;
}

/** Megabytes of JavaScript's memory in the page, its extensions' scripts included, after what is not needed has gone. */
async function heap(page) {
  const cdp = await page.createCDPSession();
  await cdp.send('HeapProfiler.collectGarbage');
  const { JSHeapUsedSize } = await page.metrics();
  await cdp.detach();
  return JSHeapUsedSize / 1e6;
}
