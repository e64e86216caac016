// Everything that Cadence shows, in a state in which there is something to see: for the tests that look at all of it.

import { until } from './harness.mjs';

const settled = (what, frame, selector) => until(what, () => frame.$(selector).catch(() => null));
const unfold = (frame) => frame.evaluate(() => { for (const fold of document.querySelectorAll('details')) fold.open = true; });

/** Each page of the extension: its name, its address, and what brings it to where there is most to see. */
export const PAGES = [
  ['popup', 'popup.html', (page) => settled('the list', page, '.due li')],
  ['popup, keys', 'popup.html', async (page) => {
    await settled('the list', page, '.due li');
    await page.keyboard.press('?');
    await settled('the keys', page, '.keys:popover-open');
  }],
  ['sidebar', 'sidebar.html', (page) => settled('the list', page, '.due li')],
  ['options', 'options.html', async (page) => {
    await settled('the options', page, '.rule-row');
    await unfold(page);
  }],
  ['weeks', 'weeks.html', (page) => settled('the weeks', page, '.agenda li')],
  ['welcome', 'welcome.html', (page) => settled('the first step', page, '.points')],
  ['welcome, client', 'welcome.html', async (page) => {
    await (await settled('the steps', page, '.steps li:nth-child(2) button')).click();
    await settled('the client', page, '.timeline');
    await unfold(page);
  }],
  ['welcome, begin', 'welcome.html', async (page) => {
    await (await settled('the steps', page, '.steps li:nth-child(3) button')).click();
    await settled('where to begin', page, '.begin');
  }],
  ['import', 'import.html', async (page) => {
    await settled('the page', page, '.drop');
    await unfold(page);
  }],
  ['report', 'report.html', (page) => settled('the report', page, 'h1')],
];

/** The sidebar beside a thread, in its frame; with everything that folds unfolded. */
export async function beside(lab, query = {}, prepare = null) {
  const tab = await lab.mail({ open: 'weber', ...query }, {}, prepare);
  const dock = await until('the dock is there', async () => (await tab.shadows('cadence-dock'))[0]);
  // Where it was open before it is open already.
  if (!(await dock.count('iframe'))) await dock.click('.toggle');
  const frame = await until('the sidebar is there', () => tab.frame('/sidebar.html'));
  await settled('the client', frame, '.timeline');
  await unfold(frame);
  return { tab, dock, frame };
}

/** Light or dark, as the user's system says; and nothing is on its way from one colour to another. */
export const scheme = (page, value) => page.emulateMediaFeatures([
  { name: 'prefers-color-scheme', value },
  { name: 'prefers-reduced-motion', value: 'reduce' },
]);

/** The elements that are wider than the window, or whose text is cut off without a sign of it. */
export const overflowing = (frame) => frame.evaluate(() => {
  const told = (it) => `${it.localName}.${it.className} “${it.textContent.slice(0, 30)}”`;
  const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth + 1;
  const all = [...document.querySelectorAll('body *')].filter((it) => it.checkVisibility());
  const beyond = wide ? all.filter((it) => {
    const { left, right } = it.getBoundingClientRect();
    return right > document.documentElement.clientWidth + 1 || left < -1;
  }) : [];
  const cut = all.filter((it) => {
    const { overflowX, textOverflow } = getComputedStyle(it);
    return /hidden|clip/.test(overflowX) && textOverflow !== 'ellipsis' && it.scrollWidth > it.clientWidth + 2 && it.textContent.trim();
  });
  // A caption for screen readers alone, and what has an ellipsis in it, is meant so.
  const meant = (it) => it.clientWidth <= 1 || [...it.querySelectorAll('*')].some((kid) => getComputedStyle(kid).textOverflow === 'ellipsis');
  return [...beyond.map(told), ...cut.filter((it) => !meant(it)).map((it) => `cut: ${told(it)}`)].slice(0, 10);
});
