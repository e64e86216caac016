// How pages look, told without the letters themselves, whose width is another one with each machine's fonts: where the blocks
// stand that do not shrink around their text, and every colour, size and weight.

import { PAGES, beside, scheme } from './surfaces.mjs';

export const SIZES = { wide: { width: 1000, height: 900 }, narrow: { width: 320, height: 700 } };
export const SCHEMES = ['light', 'dark'];
export const DIRECTIONS = ['ltr', 'rtl'];

/** Does something with each page in each size, scheme and direction: `look(page, name, variant)`. */
export async function everyLook(lab, look) {
  for (const [name, path, bring] of PAGES) {
    const page = await lab.open(path, SIZES.wide);
    await bring(page);
    await page.mouse.move(1, 1); // What lies under the mouse looks otherwise.
    await variants(page, page, (variant) => look(page, name, variant));
    await page.close();
  }
}

async function variants(page, frame, look) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewport(viewport);
    for (const value of SCHEMES) {
      await scheme(page, value);
      for (const direction of DIRECTIONS) {
        await frame.evaluate((dir) => { document.documentElement.dir = dir; }, direction);
        await look({ size, scheme: value, direction });
      }
    }
  }
}

/** The sidebar as it stands beside a thread, in a tab of its own size. */
export async function besideLook(lab, look) {
  const { tab, frame } = await beside(lab);
  await look(frame, 'sidebar, client', { size: 'docked', scheme: 'light', direction: 'ltr' });
  await tab.page.close();
}

/** What is compared: by the way down to it, each kind of element once. */
export const described = (frame) => frame.evaluate(() => {
  // What an element's tone says, such as that it is night there, is the content's matter, too.
  const tone = ({ dataset }) => (dataset.tone ? `[${dataset.tone}]` : '');
  const name = (it) => `${it.localName}${[...it.classList].map((one) => `.${one}`).join('')}${tone(it)}`;
  const way = (it) => (it === document.body ? '' : `${way(it.parentElement)} ${name(it)}`);
  // Elements that are as wide as what they stand in lets them be, whatever is in them: others hang on the fonts.
  const fixed = new Set([document.body]);
  const px = (...all) => all.reduce((sum, one) => sum + (parseFloat(one) || 0), 0);
  function isFixed(it, style) {
    const outer = it.parentElement;
    if (!fixed.has(outer) || style.position !== 'static' || /inline/.test(style.display)) return false;
    const around = getComputedStyle(outer);
    if (around.display === 'grid') return it.matches('main, nav');
    if (!/^(block|list-item|flow-root)$/.test(around.display)) return false;
    const room = outer.clientWidth - px(around.paddingLeft, around.paddingRight);
    return Math.abs(it.offsetWidth + px(style.marginLeft, style.marginRight) - room) < 2;
  }
  const found = {};
  const broad = document.documentElement.clientWidth;
  for (const it of document.querySelectorAll('body *')) {
    const key = way(it).trim();
    if (!it.checkVisibility() || it.closest('svg')) continue;
    const style = getComputedStyle(it);
    if (isFixed(it, style)) fixed.add(it);
    if (key in found) continue;
    const { left, width } = it.getBoundingClientRect();
    found[key] = {
      ...(fixed.has(it) && { at: [left, width].map((one) => Math.round((one / broad) * 100)) }),
      ink: style.color,
      ground: style.backgroundColor,
      edge: `${style.borderInlineStartWidth} ${style.borderInlineStartStyle}`,
      font: `${style.fontSize} ${style.fontWeight}`,
    };
  }
  return found;
});

/** What a page shows otherwise than the reference does. What is only in one of the two is the content's matter. */
export function differences(reference, found) {
  const all = [];
  let known = 0;
  for (const [key, kept] of Object.entries(reference)) {
    const now = found[key];
    if (!now) continue;
    known += 1;
    for (const what of ['ink', 'ground', 'edge', 'font']) if (now[what] !== kept[what]) all.push(`${key}: ${what} ${kept[what]} → ${now[what]}`);
    const moved = kept.at && now.at && kept.at.some((one, side) => Math.abs(one - now.at[side]) > 3);
    if (moved) all.push(`${key}: at ${kept.at} → ${now.at} % of the width`);
  }
  const share = known / Object.keys(reference).length;
  if (share < 0.7) all.push(`of ${Object.keys(reference).length} elements only ${known} are still there`);
  return all;
}
