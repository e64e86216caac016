// Cadence is a guest in the page.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { needs, start, until } from './harness.mjs';

const now = Date.now();
let lab;
let bare;
before(async () => {
  lab = await start();
  bare = await start({ extension: false });
});
after(async () => { await lab?.stop(); await bare?.stop(); });

const marked = (tab) => until('the list is marked', async () => (await tab.marks()).whitfield);

async function stripOf(tab, name) {
  await tab.openThread(name);
  const strip = await tab.strip();
  await until('the strip speaks', () => strip.text('.lines'));
  return strip;
}

/** Notes every shift of the page's layout from the start. */
const watchShifts = (page) => page.evaluateOnNewDocument(() => {
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      globalThis.shifts.push([value, ...sources.map(({ node }) => node?.parentElement?.className ?? node?.nodeName)]);
    }
  }).observe({ type: 'layout-shift', buffered: true });
});
/** Two frames have been painted. */
const frames = (tab) => tab.page.evaluate(() => new Promise((resolve) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
}));
/** The shifts so far. */
const shifts = (tab) => frames(tab).then(() => tab.page.evaluate(() => globalThis.shifts));

for (const query of [{}, { rows: 2 }, { pane: 1 }]) {
  test(`nothing shifts that would not shift without us ${JSON.stringify(query)}`, needs('shifts', 'still'), async () => {
    const seen = [];
    for (const where of [bare, lab]) {
      const tab = await where.mail({ now, ...query }, {}, watchShifts);
      if (where === lab) await marked(tab);
      const onLoad = await shifts(tab);
      // By the address: to the browser's measure a mouse that moves between two frames counts as a paint.
      await tab.page.$eval('tr[data-key="weber"] [data-legacy-thread-id]', (it) => { location.hash = `#inbox/${it.dataset.legacyThreadId}`; });
      await until('the thread is open', () => tab.page.$('h2.hP'));
      if (where === lab) await until('the strip speaks', async () => (await tab.strip()).text());
      const onThread = await shifts(tab);
      seen.push({ onLoad, onThread });
    }
    assert.deepEqual(seen[1], seen[0]);
  });
}

test('the page sees three elements of ours, whose roots are closed', async () => {
  const tab = await lab.mail({ now });
  await marked(tab);
  const strip = await stripOf(tab, 'weber');
  await strip.click('.snooze-tool');
  const [names, roots] = await tab.page.evaluate(() => {
    const ours = [...document.querySelectorAll('*')].filter((it) => it.localName.includes('-'));
    return [[...new Set(ours.map((it) => it.localName))].sort(), ours.filter((it) => it.shadowRoot).length];
  });
  assert.deepEqual(names, ['cadence-chip', 'cadence-dock', 'cadence-strip']);
  assert.equal(roots, 0);
  const marks = await tab.page.$$eval('cadence-strip, cadence-chip', (all) => all.map((it) => it.outerHTML).filter((html) => !/^<cadence-(strip|chip)( data-narrow="")?><\/cadence-(strip|chip)>$/.test(html)));
  assert.deepEqual(marks, [], 'nothing in them, nothing on them');
  const globals = await tab.page.evaluate(() => Object.keys(globalThis).filter((name) => /cadence/i.test(name)));
  assert.deepEqual(globals, []);
});

test('what is typed into our fields is not heard by the page', async () => {
  const tab = await lab.mail({ now });
  await marked(tab);
  const strip = await stripOf(tab, 'weber');
  await tab.page.evaluate(() => {
    globalThis.heard = [];
    for (const [target, capture] of [[document, false], [document, true], [window, false], [window, true]]) {
      const types = ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'compositionstart', 'compositionupdate', 'compositionend'];
      for (const type of types) target.addEventListener(type, (event) => globalThis.heard.push(`${type} ${event.key ?? event.data}`), capture);
    }
  });
  await strip.click('.place');
  await until('the form is open', () => strip.evaluate((root) => root.activeElement?.name === 'country'));
  await tab.page.keyboard.type('fru');
  await until('the field has it', () => strip.evaluate((root) => root.querySelector('select').value !== 'DE'));
  await tab.page.keyboard.press('Escape');
  await until('the form is gone', async () => (await strip.count('.place-form')) === 0);
  await strip.click('.snooze-tool');
  await strip.evaluate((root) => root.querySelector('input[name="until"]').focus());
  await tab.page.keyboard.type('0114');
  assert.deepEqual(await tab.page.evaluate(() => globalThis.heard), []);
  assert.ok(await tab.shown(), 'its shortcut “u”, back to the list, was not pressed');
  await strip.evaluate((root) => root.activeElement.blur());
  await tab.page.keyboard.press('x');
  assert.ok((await tab.page.evaluate(() => globalThis.heard)).includes('keydown x'), 'elsewhere it hears its keys');
});

test('a click that the page makes up does nothing', async () => {
  const tab = await lab.mail({ now });
  await marked(tab);
  const strip = await stripOf(tab, 'reyes');
  assert.equal(await strip.text('.pill'), 'New');
  await tab.page.evaluate(() => {
    for (const host of document.querySelectorAll('cadence-strip')) {
      for (const type of ['click', 'submit', 'change', 'toggle']) host.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
      host.click();
    }
  });
  // Even from within, where the page cannot get.
  await strip.evaluate((root) => { for (const button of root.querySelectorAll('.tools button')) button.click(); });
  await tab.newMail({ thread: 'moreau', at: Date.now() });
  await tab.back();
  await until('whatever was asked has been answered', async () => (await tab.marks()).moreau?.startsWith('Reply now'));
  await until('the row of Grace is drawn', async () => /^PH /.test((await tab.marks()).reyes));
});

test('an old copy of the script leaves when a new one comes', async () => {
  const tab = await lab.mail({ now });
  await marked(tab);
  await stripOf(tab, 'weber');
  await tab.page.evaluate(() => { document.dispatchEvent(new CustomEvent('cadence-leave')); });
  assert.equal(await tab.page.$('cadence-strip, cadence-chip, cadence-dock'), null);
  // The worker tells every copy that something has changed.
  await lab.driver.evaluate(async () => {
    for (const { id } of await chrome.tabs.query({})) await chrome.tabs.sendMessage(id, { tell: 'changed' }).catch(() => {});
  });
  await tab.newMail({ thread: 'moreau', at: Date.now() });
  await tab.back();
  await frames(tab);
  assert.equal(await tab.page.$('cadence-strip, cadence-chip, cadence-dock'), null);
  assert.deepEqual(tab.problems, []);
});

test('an extension that is loaded anew under an open tab asks for a reload, or is at work in it at once', async () => {
  const own = await start();
  try {
    const tab = await own.mail({ now });
    await marked(tab);
    const strip = await stripOf(tab, 'weber');
    await strip.evaluate((root) => { root.host.title = 'old'; });
    await own.driver.reloadExtension();
    if (!lab.driver.leavesOldScripts) {
      const fresh = await until('the strip speaks anew', async () => {
        const [one, ...others] = await tab.shadows('cadence-strip');
        const isNew = () => one.evaluate((root) => !root.host.title && root.querySelector('.snooze-tool') !== null);
        // On a host that the user has named the old one stands until the worker has put the new script there.
        return one && others.length === 0 && (await isNew().catch(() => false)) && one;
      });
      await until('its menu opens', async () => {
        await fresh.click('.snooze-tool');
        return fresh.evaluate((root) => root.querySelector('.snooze').matches(':popover-open'));
      });
      await fresh.click('.preset');
      await until('it is at work', async () => (await fresh.text('.pill')) === 'Snoozed');
      assert.equal(await tab.page.$$eval('cadence-strip, cadence-dock', (all) => all.length), 2, 'nothing is left of the old one');
    } else {
      await strip.click('.snooze-tool');
      await strip.click('.preset');
      await until('one calm line', async () => (await strip.text()).includes('Cadence was updated. Reload this tab to go on.'));
      assert.equal(await strip.evaluate((root) => root.host.offsetHeight), 60);
    }
    await tab.newMail({ thread: 'moreau', at: Date.now() });
    await tab.back();
    assert.deepEqual(tab.problems, []);
  } finally {
    await own.stop();
  }
});

/** The longest task of a list's page until all rows are marked, in milliseconds of the processor's time: it may be busy elsewhere. */
async function longest(where) {
  let traced;
  const tab = await where.mail({ now, count: 100 }, {}, async (page) => {
    traced = page;
    await page.tracing.start({ categories: ['toplevel', 'devtools.timeline'] });
  });
  await until('the list stands', async () => (await tab.rows()).length > 90);
  if (where.id) await until('all are marked', async () => Object.keys(await tab.marks()).length > 90);
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await traced.tracing.stop()));
  const { origin } = new URL(tab.page.url());
  const thread = ({ pid, tid }) => `${pid} ${tid}`;
  const mains = new Set(traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map(thread));
  const page = thread(traceEvents.find((it) => mains.has(thread(it)) && it.args?.data?.url?.startsWith(origin)));
  const tasks = traceEvents.filter((it) => it.tdur && it.name.endsWith('RunTask') && thread(it) === page);
  assert.ok(tasks.length > 10, `${tasks.length} tasks`);
  return Math.max(...tasks.map(({ tdur }) => tdur)) / 1000;
}

test('the list of a hundred threads causes no long task', needs('shifts'), async () => {
  // A mailbox has as many threads as it had when it was first opened.
  const labs = [await start(), await start({ extension: false })];
  try {
    const [ours, theirs] = [await longest(labs[0]), await longest(labs[1])];
    assert.ok(ours < theirs + 50, `${ours} ms, without us ${theirs} ms`);
  } finally {
    for (const one of labs) await one.stop();
  }
});
