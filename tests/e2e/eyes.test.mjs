// The two pairs of eyes see the same: extension/content/eyes.js in a browser, and the native reader
// on the same saved page. And what only a living page can show of eyes.js.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { start } from './harness.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const eyes = readFileSync(join(root, 'extension/content/eyes.js'), 'utf8');
const fixtures = join(root, 'tests/fixtures/gmail');
const casesOf = (site) => readdirSync(join(root, 'tests/fixtures', site), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join(root, 'tests/fixtures', site, name, 'page.html'));
const modelled = casesOf('gmail');
// Fragments of real pages are not ours to keep here.
const fragments = join(process.env.CADENCE_SHARED ?? join(root, '../shared'), 'gmail-dom');
const real = existsSync(fragments)
  ? readdirSync(fragments)
      .filter((name) => name.endsWith('.html'))
      .map((name) => join(fragments, name))
  : [];

const cadence = (...args) =>
  execFileSync('cargo', ['run', '--quiet', '--features', 'cli', '--bin', 'cadence', '--', ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });

let lab;
let page;
let table;

before(async () => {
  table = JSON.parse(cadence('table', '--site', 'gmail'));
  lab = await start({ extension: false });
  page = await lab.browser.newPage();
});

after(() => lab?.stop());

const open = async (file) => {
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(eyes);
};

const openCase = (name) => open(join(fixtures, name, 'page.html'));

test('the living page and the saved page give one sighting', async (t) => {
  if (real.length === 0) t.diagnostic(`skipped: no real fragments at ${fragments}`);
  const files = [...modelled, ...real];
  assert.ok(modelled.length >= 39);
  const lines = cadence('read', '--site', 'gmail', '--sighting', ...files).trim().split('\n');
  for (const [index, file] of files.entries()) {
    await open(file);
    const seen = await page.evaluate((table) => globalThis.cadence.eyes.look(table), table);
    assert.ok(seen.path.endsWith('.html'), seen.path);
    assert.deepEqual(seen.parts, JSON.parse(lines[index]).parts, file);
  }
});

for (const [site, least] of [['roundcube', 18], ['outlook', 4]]) {
  test(`of ${site}, too`, async () => {
    const table = JSON.parse(cadence('table', '--site', site));
    const files = casesOf(site);
    assert.ok(files.length >= least);
    const lines = cadence('read', '--site', site, '--sighting', ...files).trim().split('\n');
    for (const [index, file] of files.entries()) {
      await open(file);
      const parts = await page.evaluate((table) => globalThis.cadence.eyes.look(table).parts, table);
      assert.deepEqual(parts, JSON.parse(lines[index]).parts, file);
    }
  });
}

test('a check tells which shapes a page has, and nothing of what stands in it', async () => {
  const table = JSON.parse(cadence('table', '--site', 'roundcube'));
  const check = async (name) => {
    await open(join(root, 'tests/fixtures/roundcube', name, 'page.html'));
    return page.evaluate((it) => globalThis.cadence.eyes.check(it), table);
  };
  const whole = await check('preview');
  assert.deepEqual(whole.parts.thread, { shape: 0, items: 1, fields: { subject: [1, 1] } });
  assert.deepEqual(whole.parts.message.fields.from, [1, 1]);
  assert.deepEqual(whole.parts.compose, { shape: null, items: 0, fields: whole.parts.compose.fields });
  const changed = await check('changed');
  assert.deepEqual(changed.parts.thread.fields, { subject: [0, 0] });
  assert.deepEqual(changed.parts.message.fields.from, [0, 0]);
  assert.deepEqual(changed.parts.message.fields.id, [0, 1]);
  for (const report of [whole, changed]) assert.doesNotMatch(JSON.stringify(report), /@|Weber|RFQ|INBOX|quote/);
});

test('the demo mailbox, as it lives and as it is saved, gives one sighting', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cadence-'));
  const views = [
    [{}, 'row', 25],
    [{ rows: 2, lang: 'ru' }, 'row', 25],
    [{ pane: 1, open: 'weber', lang: 'ar' }, 'thread', 1],
    [{ open: 'weber', late: 1 }, 'message', 2],
    [{ conversations: 'off', lang: 'zh' }, 'row', 25],
  ];
  try {
    for (const [query, part, least] of views) {
      const tab = await lab.mail(query);
      await tab.page.evaluate(eyes);
      const [parts, html] = await tab.page.evaluate(
        (table) => [globalThis.cadence.eyes.look(table).parts, document.documentElement.outerHTML],
        table,
      );
      const file = join(folder, 'page.html');
      writeFileSync(file, `<!doctype html>${html}`);
      assert.ok(parts[part]?.length >= least, `${JSON.stringify(query)}: ${Object.keys(parts)}`);
      assert.deepEqual(parts, JSON.parse(cadence('read', '--site', 'gmail', '--sighting', file)).parts);
      await tab.page.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('an item read alone is the item of the whole look', async () => {
  for (const name of ['list', 'list-split-2tr', 'list-split-3tr', 'thread', 'thread-drafts']) {
    await openCase(name);
    const [alone, whole] = await page.evaluate((table) => {
      const { look, read, roots } = globalThis.cadence.eyes;
      const parts = {};
      for (const part of table.parts) {
        const { shape, elements } = roots(table, part);
        if (elements.length > 0) parts[part.name] = elements.map((one) => read(table, part, one, shape));
      }
      return [parts, look(table).parts];
    }, table);
    assert.deepEqual(alone, whole, name);
  }
});

test('a change of the page is seen at the next look', async () => {
  await openCase('thread-ids-late');
  const id = () =>
    page.evaluate((table) => globalThis.cadence.eyes.look(table).parts.thread[0].fields.id, table);
  assert.equal(await id(), undefined);
  await page.evaluate(() =>
    document.querySelector('h2.hP').setAttribute('data-legacy-thread-id', '19f1ccc9f545a3c1'),
  );
  assert.deepEqual(await id(), [['19f1ccc9f545a3c1', null]]);
  await page.evaluate(() => (document.querySelector('[role=main]').parentNode.style.display = 'none'));
  const parts = await page.evaluate((table) => globalThis.cadence.eyes.look(table).parts, table);
  assert.deepEqual(Object.keys(parts), ['account']);
});

test('the strip stands between subject and messages, the chip at the head of its row', async () => {
  const strip = () =>
    page.evaluate((table) => {
      const spot = globalThis.cadence.eyes.mount(table, table.strip);
      if (!spot) return null;
      const strip = document.createElement('b');
      spot.parent.insertBefore(strip, spot.before);
      const follows = (a, b) => Boolean(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
      const main = strip.closest('[role=main]') ?? document;
      const subject = main.querySelector('h2.hP');
      const list = main.querySelector('[role=list]');
      return {
        between: follows(subject, strip) && follows(strip, list),
        apart: !strip.closest('.ha') && !strip.closest('[role=list]'),
        onShow: !globalThis.cadence.eyes.isHidden(table, strip),
      };
    }, table);
  for (const name of [
    'thread',
    'thread-before-2023',
    'thread-window',
    'thread-vietnamese',
    'thread-over-hidden-views',
    'pane',
  ]) {
    await openCase(name);
    assert.deepEqual(await strip(), { between: true, apart: true, onShow: true }, name);
  }
  await openCase('list-over-hidden-thread');
  assert.equal(await strip(), null);

  const chips = {
    list: '.xT',
    'list-split-2tr': '.apu',
    'list-split-3tr': '.apu',
  };
  for (const [name, parent] of Object.entries(chips)) {
    await openCase(name);
    const spots = await page.evaluate((table) => {
      const { items, mount } = globalThis.cadence.eyes;
      return items(table, 'row').map(({ root, elements }) => {
        const spot = mount(table, table.chip, elements);
        return [
          `.${spot.parent.className}`,
          spot.before === spot.parent.firstChild,
          elements.some((element) => element.contains(spot.parent)) && elements[0] === root,
        ];
      });
    }, table);
    assert.ok(spots.length >= 2);
    for (const spot of spots) assert.deepEqual(spot, [parent, true, true], name);
  }
});

test('no table and no page makes the eyes throw', async () => {
  await openCase('list');
  const broken = await page.evaluate((table) => {
    const bad = structuredClone(table);
    bad.hidden = '][';
    bad.parts.forEach((part) => {
      part.roots.unshift('::nope(', 'tr:has(', '');
      part.fields.forEach((field) => field.shapes.unshift({ select: '><', take: ['#text'] }));
      if (part.followers) part.followers = '!!';
    });
    bad.strip = [{ anchor: '((', place: 'after' }, { anchor: '.xT', climb: '))', place: 'after' }];
    const { look, mount } = globalThis.cadence.eyes;
    return [Object.keys(look(bad).parts), mount(bad, bad.strip), mount(bad, bad.strip, [])];
  }, table);
  assert.deepEqual(broken, [['account', 'list', 'row'], null, null]);

  // A form whose fields are named as the methods that the eyes call.
  const shadowed = await page.evaluate((table) => {
    const names = ['closest', 'getAttribute', 'querySelectorAll', 'matches', 'textContent'];
    document.body.innerHTML = `<div role="dialog"><form class="bAs">${names.map((name) => `<input name="${name}">`).join("")}</form></div>`;
    return globalThis.cadence.eyes.look(table).parts.compose;
  }, table);
  assert.deepEqual(shadowed, [{ shape: 1, fields: {} }]);

  // A root that is not in the document at all.
  const loose = await page.evaluate((table) => {
    const { look, items, mount } = globalThis.cadence.eyes;
    const element = document.createElement('div');
    return [look(table, element).parts, items(table, 'nothing'), mount(table, table.chip, [element])];
  }, table);
  assert.deepEqual(loose, [{}, [], null]);
});

test('the eyes leave the page as it was', async () => {
  await openCase('pane');
  const [before, after] = await page.evaluate((table) => {
    const { look, items, mount } = globalThis.cadence.eyes;
    const before = document.documentElement.outerHTML;
    look(table);
    items(table, 'row').forEach(({ elements }) => mount(table, table.chip, elements));
    mount(table, table.strip);
    return [before, document.documentElement.outerHTML];
  }, table);
  assert.equal(after, before);
});
