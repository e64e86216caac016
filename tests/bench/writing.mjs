// What it costs to write a letter with Cadence, beside the same page without it. Prints a section of docs/BENCHMARKS.md.

import { start, until } from '../e2e/harness.mjs';

const KEYS = 10_000;
const LETTERS = 20;
/** A task of the page's that takes longer is a long one, by the W3C's definition. */
const LONG_TASK = 50;
const now = Date.now();

const typed = {};
for (const [name, extension] of [['without', false], ['cadence', true]]) typed[name] = await typing(extension);
const stands = await standing();
report();

/** Keys pressed in a reply to a client, by the browser's own keyboard: how long each takes to be dealt with. */
async function typing(extension) {
  const lab = await start({ extension });
  const tab = await lab.mail({ now, bar: 0 });
  await tab.openThread('moreau');
  if (extension) await until('the strip speaks', async () => (await tab.strip()).text());
  await tab.page.evaluate(() => [...document.querySelectorAll('.bkH')].find((it) => it.checkVisibility()).click());
  if (extension) await until('the word stands', async () => (await tab.shadows('cadence-note'))[0]?.text());
  const before = (await tab.longTasks()).length;
  const cdp = await tab.page.createCDPSession();
  const spent = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  await cdp.send('Performance.enable');
  const begin = await spent();
  for (let key = 0; key < KEYS; key += 1) {
    // A word now and then, a line now and then, as people write.
    const text = key % 60 === 59 ? '\r' : key % 6 === 5 ? ' ' : 'abcdefghij'[key % 10];
    await cdp.send('Input.dispatchKeyEvent', { type: 'char', text });
  }
  // The pause in which the text is looked at belongs to it.
  await new Promise((resolve) => { setTimeout(resolve, 1500); });
  const result = { task: (await spent()) - begin, long: (await tab.longTasks()).slice(before).length };
  await lab.stop();
  return result;
}

/** From the last recipient's entry until the word stands in the page. */
async function standing() {
  const lab = await start();
  const tab = await lab.mail({ now, bar: 0 });
  const samples = [];
  for (let i = 0; i < LETTERS; i += 1) {
    await tab.page.click('.T-I-KE');
    await tab.page.waitForSelector('.dw .agP');
    // Only the host is seen from the page: it is shown when its word is drawn.
    const took = await tab.page.evaluate(() => new Promise((resolve) => {
      const field = document.querySelector('.dw .agP');
      field.value = 'anna.weber@elbspeicher-licht.de';
      const began = performance.now();
      const look = new MutationObserver(() => {
        const host = document.querySelector('.dw cadence-note:not([hidden])');
        if (!host) return;
        look.disconnect();
        resolve(performance.now() - began);
      });
      look.observe(document.body, { subtree: true, childList: true, attributes: true });
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    }));
    samples.push(took);
    await tab.page.evaluate(() => document.querySelector('.dw').remove());
  }
  await lab.stop();
  return samples.sort((a, b) => a - b);
}

function report() {
  const [min, median, max] = [stands[0], stands[stands.length >> 1], stands.at(-1)];
  const per = (name) => typed[name].task / KEYS;
  const goals = [
    ['the word stands within 100 ms of the last recipient', max <= 100],
    [`${KEYS.toLocaleString('en')} keys make no more long tasks (over ${LONG_TASK} ms) than without Cadence`, typed.cadence.long <= typed.without.long],
  ];
  const number = (value) => value.toFixed(value < 10 ? 2 : 0);
  console.log(`## While a letter is written

${goals.map(([name, kept]) => `- ${kept ? '✓' : '✗ missed:'} ${name}`).join('\n')}

${KEYS.toLocaleString('en')} keys pressed in a reply, by Chromium's own count of the page's main thread. The peer is the page without Cadence.

| | long tasks | ms of tasks for a key | to the peer |
| --- | ---: | ---: | ---: |
| without Cadence | ${typed.without.long} | ${number(per('without'))} | |
| with Cadence | ${typed.cadence.long} | ${number(per('cadence'))} | ${(per('cadence') / per('without')).toFixed(2)} × |

From the last recipient to the word on show, ${LETTERS} letters: ${number(min)} ms at least, ${number(median)} in the middle, ${number(max)} at most.`);
  if (goals.some(([, kept]) => !kept)) process.exitCode = 1;
}
