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
export async function beside(lab, query = {}) {
  const tab = await lab.mail({ open: 'weber', ...query });
  const dock = await until('the dock is there', async () => (await tab.shadows('cadence-dock'))[0]);
  // Where it was open before it is open already.
  if (!(await dock.count('iframe'))) await dock.click('.toggle');
  const frame = await until('the sidebar is there', () => tab.frame('/sidebar.html'));
  await settled('the client', frame, '.timeline');
  await unfold(frame);
  return { tab, dock, frame };
}

/** Light or dark, as the user's system says. */
export const scheme = (page, value) => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
