// For everyone: every page, and what Cadence draws in a webmail, by axe-core, by keyboard, in high contrast, without motion, right to
// left, at 320 pixels and at 200 %.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { needs, start, until } from './harness.mjs';
import { ROOT } from './package.mjs';
import { PAGES, beside, overflowing, scheme } from './surfaces.mjs';

const AXE = readFileSync(`${ROOT}node_modules/axe-core/axe.min.js`, 'utf8');
let lab;
let list;
before(async () => {
  lab = await start({ zone: 'Asia/Shanghai' });
  list = await lab.mail();
  await until('the list is marked', async () => Object.keys(await list.marks()).length > 10);
});
after(() => lab?.stop());

/** What axe finds fault with, all its rules applied. */
async function faults(frame) {
  await frame.evaluate(AXE);
  const found = await frame.evaluate(async () => (await globalThis.axe.run()).violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, html }) => `${id}: ${target.join(' ')} ${any.map(({ message }) => message)} ${html.slice(0, 90)}`)));
  return found.slice(0, 20);
}

/** Does something on each page in turn, brought to where there is most to see. */
async function everywhere(look, size = { width: 1000, height: 800 }) {
  for (const [name, path, bring] of PAGES) {
    const page = await lab.open(path, size);
    await page.bringToFront();
    await bring(page);
    await look(page, name);
    await page.close();
  }
}

for (const value of ['light', 'dark']) {
  test(`axe finds nothing to mend on any page, ${value}`, async () => {
    await everywhere(async (page, name) => {
      await scheme(page, value);
      assert.deepEqual(await faults(page), [], name);
    });
  });

  test(`axe finds nothing to mend in a webmail, ${value}`, needs('theme'), async () => {
    const { tab, dock, frame } = await beside(lab, { theme: value });
    await until('the sidebar has the webmail’s colours', () => frame.evaluate((wanted) => matchMedia(`(prefers-color-scheme: ${wanted})`).matches, value));
    assert.deepEqual(await faults(frame), [], 'sidebar');
    const letter = await lab.mail({ open: 'weber', theme: value });
    await letter.strip();
    const colour = await letter.page.evaluate(() => getComputedStyle(document.querySelector('cadence-strip')).color);
    // A closed root is closed to axe, too: what stands in it is looked at in a root of its own on the same ground.
    const sheet = readFileSync(`${ROOT}pkg/chrome/content/strip.css`, 'utf8');
    const bench = await lab.browser.newPage();
    const ground = value === 'dark' ? '#202124' : '#ffffff';
    await bench.setContent(`<html lang="en"><title>bench</title><body style="color: ${colour}; background: ${ground}"><main><h1>bench</h1></main>`);
    const roots = { 'cadence-strip': await letter.strip(), 'cadence-dock': dock };
    (await list.chips()).slice(0, 6).forEach((chip, at) => { roots[`cadence-chip ${at}`] = chip; });
    for (const [name, shadow] of Object.entries(roots)) {
      const html = await shadow.evaluate((root) => [...root.children].filter(({ localName }) => localName !== 'style').map((it) => it.outerHTML.replace(/<iframe.*<\/iframe>/s, '')).join(''));
      await bench.evaluate(([name, html, css]) => {
        const host = document.querySelector('main').appendChild(document.createElement(name));
        const root = host.attachShadow({ mode: 'open' });
        root.setHTMLUnsafe(`<style>${css}</style>${html}`);
        // The dock keeps to its corner, and panels open in the place where they are looked at.
        if (name === 'cadence-dock') host.style.position = 'static';
        for (const panel of root.querySelectorAll('[popover]')) { panel.removeAttribute('popover'); panel.style.position = 'static'; }
      }, [name.split(' ')[0], html, sheet]);
    }
    assert.deepEqual(await faults(bench), [], 'strip, chips, dock');
    for (const one of [bench, letter.page, tab.page]) await one.close();
  });
}

test('every control is reached by keyboard and shows that it is', async () => {
  await everywhere(async (page, name) => {
    const wanted = await page.evaluate(() => {
      const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')];
      // Of radio buttons of a name one is reached by Tab, the others by arrows.
      const shown = all.filter((it) => it.checkVisibility() && !it.disabled && it.tabIndex >= 0 && it.type !== 'radio');
      shown.forEach((it, at) => { it.control = at; });
      return shown.length;
    });
    const panel = await page.$(':popover-open');
    const reached = new Set();
    const unseen = [];
    // From the top: past the last control Firefox takes the keyboard to its own buttons.
    await page.evaluate(() => {
      const top = Object.assign(document.createElement('span'), { tabIndex: -1, onblur: () => top.remove() });
      document.body.prepend(top);
      top.focus();
    });
    for (let tabs = 0; tabs < wanted * 2 + 20 && reached.size < wanted; tabs += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const { activeElement: it } = document;
        const { outlineStyle, outlineWidth } = getComputedStyle(it);
        const { width, height } = it.getBoundingClientRect();
        return { at: it.control, seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && width > 0 && height > 0, html: it.outerHTML.slice(0, 100) };
      });
      if (at.at === undefined) continue;
      reached.add(at.at);
      if (!at.seen) unseen.push(at.html);
    }
    assert.deepEqual(unseen, [], `${name}: focus that does not show`);
    const missed = await page.evaluate((known) => [...document.querySelectorAll('*')].filter((it) => it.control >= 0 && !known.includes(it.control)).map((it) => it.outerHTML.slice(0, 100)), [...reached]);
    assert.deepEqual(missed, [], `${name}: controls that Tab does not reach`);
    assert.ok(wanted > 0 || panel || name === 'report', name);
  });
});

test('at 320 pixels nothing is cut off or needs scrolling sideways', async () => {
  await everywhere(async (page, name) => assert.deepEqual(await overflowing(page), [], name), { width: 320, height: 640 });
});

test('at 200 % nothing is cut off or needs scrolling sideways', async () => {
  const half = { width: 640, height: 400, deviceScaleFactor: 2 };
  await everywhere(async (page, name) => assert.deepEqual(await overflowing(page), [], name), half);
});

test('right to left nothing is cut off, and what begins a line stands on the right', async () => {
  await everywhere(async (page, name) => {
    await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
    assert.deepEqual(await overflowing(page), [], name);
    const heading = await page.evaluate(() => {
      const it = [...document.querySelectorAll('h1')].find((one) => one.checkVisibility());
      const range = document.createRange();
      range.selectNodeContents(it);
      const [text, box] = [range.getBoundingClientRect(), it.parentElement.getBoundingClientRect()];
      return { fromRight: box.right - text.right, fromLeft: text.left - box.left };
    });
    assert.ok(heading.fromRight <= heading.fromLeft, `${name}: ${JSON.stringify(heading)}`);
  });
});

test('right to left, too, what is cut off of a line is its end', async () => {
  const page = await lab.open('popup.html', { width: 320, height: 640 });
  await page.waitForSelector('.due li');
  await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
  const lines = await page.$$eval('.due .open :is(strong, .subject, .task)', (all) => all.filter((it) => it.scrollWidth > it.clientWidth).map((it) => {
    const first = document.createRange();
    first.setStart(it.firstChild, 0);
    first.setEnd(it.firstChild, 1);
    const [letter, box] = [first.getBoundingClientRect(), it.getBoundingClientRect()];
    return { text: it.textContent, begins: letter.left >= box.left - 1 && letter.right <= box.right + 1 };
  }));
  assert.ok(lines.length > 0, 'something is cut off');
  assert.deepEqual(lines.filter(({ begins }) => !begins), []);
  await page.close();
});

test('nothing moves for those who asked for no motion', async () => {
  await everywhere(async (page, name) => {
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter((it) => {
      const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(it);
      const lasts = (all) => all.split(',').some((one) => parseFloat(one) > 0);
      return lasts(transitionDuration) || (animationName !== 'none' && lasts(animationDuration)) || scrollBehavior === 'smooth';
    }).map((it) => it.outerHTML.slice(0, 80)));
    assert.deepEqual(moving, [], name);
  });
});

test('in high contrast the drawings and what is chosen can be told', async () => {
  await everywhere(async (page, name) => {
    await lab.driver.highContrast(page);
    const blind = await page.evaluate(() => {
      const found = [];
      const ground = getComputedStyle(document.documentElement).backgroundColor;
      for (const it of document.querySelectorAll('.bar .window, .bar .needle, .bars .letters, .bars .limit')) {
        if (it.checkVisibility() && getComputedStyle(it).fill === ground) found.push(it.outerHTML);
      }
      for (const it of document.querySelectorAll('[aria-current]')) {
        const { outlineStyle } = getComputedStyle(it);
        if (it.checkVisibility() && outlineStyle === 'none') found.push(it.outerHTML);
      }
      for (const it of document.querySelectorAll('button.tool, .step, .pill, input, select')) {
        const { borderStyle, borderColor } = getComputedStyle(it);
        if (it.checkVisibility() && it.matches('.tool, input:not([type=checkbox], [type=radio])') && (borderStyle === 'none' || borderColor === ground)) found.push(it.outerHTML.slice(0, 100));
      }
      return found;
    });
    assert.deepEqual(blind, [], name);
  });
});
