// What `cargo xtask run` does without a window: opens the demo mailbox with Cadence at work, says what
// the strip says, and, given a directory, saves pictures of what a user sees.
//
//   node xtask/show.mjs ADDRESS [DIRECTORY]

import { start, until } from '../tests/e2e/harness.mjs';

const [address, directory] = process.argv.slice(2);
const THREAD = 'weber';
/** What slides and fades has come to rest. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 400));

const lab = await start();
const url = new URL(address);
const query = Object.fromEntries(url.searchParams);
const theme = query.theme === 'dark' ? 'dark' : 'light';

const tab = await lab.mail(query);
await tab.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
const chips = await until('Cadence marks the list', async () => {
  const found = await tab.chips();
  const texts = await Promise.all(found.map((chip) => chip.text()));
  return texts.filter(Boolean).length > 20 && texts;
}, { timeout: 20_000 });
say(`${chips.length} threads in the list are marked.`);
await save('list');

await tab.openThread(THREAD);
const strip = await tab.strip();
const words = await until('the strip speaks', () => strip.text(), { timeout: 10_000 });
say(`The strip of an open thread: ${words}`);
await save('thread');

await strip.click('.why-tool');
await save('why');
await tab.page.keyboard.press('Escape');
await strip.click('.snooze-tool');
await save('snooze');
await tab.page.keyboard.press('Escape');

const popup = await lab.popup();
await popup.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
await until('the popup lists what is due', () => popup.evaluate(() => document.body.innerText.trim()));
say(`The badge shows ${(await lab.badge()) || 'nothing'}.`);
await fit(popup);
await save('popup', popup);
await popup.close();

if (tab.problems.length) say(`! The page complains: ${tab.problems.join('; ')}`);
if (directory) {
  await lab.stop();
} else {
  say('Cadence is at work in a browser without a window. Ctrl-C ends it.');
}

function say(text) {
  console.log(text);
}

async function save(name, page = tab.page) {
  if (!directory) return;
  await rest();
  const path = `${directory}/${name}.png`;
  await page.screenshot({ path });
  say(`  saved ${path}`);
}

/** As wide and as high as a browser would make the popup. */
async function fit(page) {
  const size = await page.evaluate(() => {
    const { width, height } = document.body.getBoundingClientRect();
    return { width: Math.ceil(width), height: Math.ceil(Math.min(height, 600)) };
  });
  await page.setViewport(size);
}
