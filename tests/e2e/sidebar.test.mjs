// The sidebar: docked beside the mail, as the browser's own panel, and to nobody else.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { needs, start, until } from './harness.mjs';

const now = Date.now();
let lab;
let own; // a page with the extension's rights
before(async () => {
  lab = await start({ zone: 'Asia/Shanghai' });
  own = await lab.open('manifest.json');
});
after(() => lab?.stop());
// Each test begins with the sidebar closed.
afterEach(async () => {
  await own.evaluate(() => chrome.storage.local.clear());
  for (const page of await lab.browser.pages()) if (lab.isMail(page.url())) await page.close();
});

/** The dock of a tab. */
const dockOf = (tab) => until('the dock is there', async () => (await tab.shadows('cadence-dock'))[0]);
/** The sidebar's frame in a tab. */
const frameOf = (tab) =>
  until('the sidebar is there', () => tab.frame('/sidebar.html'));
const text = (frame) => frame.evaluate(() => document.body.innerText.replace(/\s+/g, ' ')).catch(() => '');
const shows = (frame, what) => until(`the sidebar shows ${what}`, async () => what.test(await text(frame)));
/** How wide the webmail is. */
const room = (tab) => tab.page.evaluate(() => document.body.getBoundingClientRect().width);

/** What the dock changes of the webmail's page. */
const bodyStyle = (tab) => tab.page.evaluate(() => {
  const { marginInlineEnd, position, contain, inlineSize, blockSize } = getComputedStyle(document.body);
  return { marginInlineEnd, position, contain, inlineSize, blockSize };
});

/** Notes each width that the webmail comes to have, and when. */
const watchRoom = (page) => page.evaluateOnNewDocument(() => {
  globalThis.rooms = [];
  const rooms = new ResizeObserver(([{ target }]) => {
    const { width } = target.getBoundingClientRect();
    globalThis.rooms.push([performance.now(), width]);
  });
  const begin = () => document.body && (rooms.observe(document.body), true);
  new MutationObserver((_, waiting) => { if (begin()) waiting.disconnect(); }).observe(document, { childList: true, subtree: true });
});

/** The widths that it had since there was something to see; the browser tells of that a moment later. */
const roomsSeen = (tab) => until('the page was painted', () => tab.page.evaluate(() => {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  if (!paint) return null;
  const first = globalThis.rooms.findLastIndex(([at]) => at <= paint.startTime);
  return [...new Set(globalThis.rooms.slice(Math.max(0, first)).map(([, width]) => width))];
}));

async function opened(query = {}) {
  const tab = await lab.mail({ now, ...query });
  const dock = await dockOf(tab);
  await dock.click('.toggle');
  return { tab, dock, frame: await frameOf(tab) };
}

test('it opens with a click, makes room, follows the thread, and closes without a trace', async () => {
  const tab = await lab.mail({ now });
  const dock = await dockOf(tab);
  assert.equal(await room(tab), 1280);
  const before = await bodyStyle(tab);
  assert.equal(await dock.count('iframe'), 0, 'nothing is loaded before it is wanted');
  await dock.click('.toggle');
  const frame = await frameOf(tab);
  await shows(frame, /to write to|Nothing is due/);
  assert.equal(await room(tab), 1280 - 340);
  await tab.openThread('weber');
  await shows(frame, /^Anna Weber Write today/);
  await shows(frame, /Germany Berlin/);
  const [strip, tools] = await (await tab.strip()).evaluate((root) => [root.querySelector('.strip'), root.querySelector('.tools')].map((it) => {
    const { left, right } = it.getBoundingClientRect();
    return [left, right];
  }));
  assert.ok(tools[0] >= strip[0] && tools[1] <= strip[1], `the strip’s buttons are within it: ${tools} in ${strip}`);
  await tab.back();
  await shows(frame, /to write to|Nothing is due/);
  await tab.openThread('oliveira');
  await shows(frame, /Brazil/);
  await tab.back();
  await dock.click('.toggle');
  assert.equal(await room(tab), 1280);
  assert.equal(await dock.count('iframe'), 0);
  assert.deepEqual(await bodyStyle(tab), before);
  assert.equal(await tab.page.$eval('cadence-dock', (it) => it.innerText), '');
  // The toggle alone remains, and lies on no letter and no row.
  const covered = await tab.page.evaluate(() => {
    const { left, top, width, height } = document.querySelector('cadence-dock').getBoundingClientRect();
    const under = document.elementsFromPoint(left + width / 2, top + height / 2).slice(1);
    return under.filter((one) => one.matches('tr, td, .adn, .a3s')).length;
  });
  assert.equal(covered, 0);
  assert.deepEqual(tab.problems, []);
});

test('it remembers that it was open and how wide, and is there before the first frame', async () => {
  const { tab, dock } = await opened();
  await dock.evaluate((root) => root.querySelector('.edge').focus());
  for (let times = 0; times < 3; times += 1) await tab.page.keyboard.press('ArrowLeft');
  assert.equal(await room(tab), 1280 - 400);
  assert.equal(await dock.evaluate((root) => root.querySelector('.edge').ariaValueNow), '400');
  const again = await lab.mail({ now }, {}, watchRoom);
  const frame = await frameOf(again);
  await shows(frame, /to write to|Nothing is due/);
  assert.equal(await room(again), 1280 - 400);
  assert.deepEqual(await roomsSeen(again), [1280 - 400], 'it had its room in every frame');
  // By pointer, as far as it may.
  const edge = await (await dockOf(again)).evaluate((root) => {
    const { x, y } = root.querySelector('.edge').getBoundingClientRect();
    return { x: x + 4, y: y + 40 };
  });
  await again.page.mouse.move(edge.x, edge.y);
  await again.page.mouse.down();
  // The browser may need a moment to see that the frame has stepped back.
  await until('it is narrower', async () => {
    for (const ahead of [56, 60]) await again.page.mouse.move(edge.x + ahead, edge.y);
    return Math.abs(await room(again) - (1280 - 340)) < 10;
  });
  await again.page.mouse.up();
});

test('whoever else frames it gets an empty page', async () => {
  const { tab, dock, frame } = await opened({ open: 'weber' });
  await shows(frame, /^Anna Weber/);
  const [open, used] = (await dock.evaluate((root) => root.querySelector('iframe').src)).split('#');
  if (lab.driver.hidesAddress) assert.ok(!open.includes(lab.id), 'its address is another one in each session of the browser');
  for (const src of [lab.url('sidebar.html'), open, `${open}#made-up`, `${open}#${used}`]) {
    const known = new Set(tab.page.frames());
    await tab.page.evaluate((src) => { document.body.appendChild(document.createElement('iframe')).src = src; }, src);
    const other = await until('the other frame is there', () => tab.page.frames().find((frame) => !known.has(frame)));
    const content = await until('it has been answered', () => other.evaluate(async () => {
      if (location.protocol === 'chrome-error:') return { code: 'blocked by the browser' };
      // Its address is there before its document is, and that before what is an extension's in it.
      if (!globalThis.chrome?.runtime?.sendMessage || !document.body || document.readyState !== 'complete') return null;
      const ticket = location.hash.slice(1);
      const answer = await chrome.runtime.sendMessage({ v: 1, ask: 'sidebar', ticket });
      return { code: answer.code, text: document.body.innerText.trim() };
    }).catch(() => null));
    assert.ok(content.code === 'stranger' ? content.text === '' : content.code === 'blocked by the browser', JSON.stringify(content));
    const blocked = lab.driver.hidesAddress && src === lab.url('sidebar.html');
    assert.equal(content.code === 'stranger', !blocked, src);
  }
  await shows(frame, /^Anna Weber/);
});

test('in the browser’s own panel it follows the active tab', async () => {
  const tab = await lab.mail({ now, open: 'weber' });
  await tab.strip();
  const panel = await lab.open('sidebar.html');
  // The panel's own page is the active tab here, which shows no thread.
  await shows(panel.mainFrame(), /to write to|Nothing is due/);
  const ask = (window) => panel.evaluate((id) => chrome.runtime.sendMessage({ v: 1, ask: 'sidebar', window: id }), window);
  assert.equal((await ask(undefined)).answer, 'page');
  await panel.close();
});

/** Opens a fold by its heading, and gives the frame. */
async function unfold(frame, heading) {
  await frame.evaluate((wanted) => {
    const all = [...document.querySelectorAll('.fold')];
    all.find((fold) => fold.querySelector('h2').textContent === wanted).open = true;
  }, heading);
  return frame;
}
/** Presses the first button on show with that text. */
async function press(frame, label) {
  const button = await until(`a button “${label}”`, async () => {
    for (const one of await frame.$$('button')) {
      if ((await one.evaluate((it) => it.innerText.trim())) === label && (await one.isVisible())) return one;
    }
    return null;
  });
  await button.click();
}
const undone = (frame) => press(frame, 'Undo');

test('the strip’s button opens it, and its keys are its own', async () => {
  const tab = await lab.mail({ now, open: 'weber' });
  const strip = await tab.strip();
  await until('the strip speaks', () => strip.text());
  await strip.click('.client-tool');
  const frame = await frameOf(tab);
  await shows(frame, /^Anna Weber/);
  const dock = await dockOf(tab);
  await until('the focus is in it', () => dock.evaluate((root) => root.activeElement?.localName === 'iframe'));
  await until('its keys are its own', () => frame.evaluate(() => document.hasFocus()));
  // All by keyboard: every control is reached, and shows that it is.
  const reached = new Set();
  for (let tabs = 0; tabs < 20; tabs += 1) {
    await tab.page.keyboard.press('Tab');
    const at = await frame.evaluate(() => {
      const { activeElement: it } = document;
      return it === document.body ? '' : `${it.name || it.innerText} ${getComputedStyle(it).outlineStyle}`;
    });
    reached.add(at);
  }
  for (const wanted of ['Germany solid', 'Snooze solid', 'Timeline solid', 'kind solid', 'Log a contact solid', 'Why solid']) {
    assert.ok(reached.has(wanted), `${wanted}: ${[...reached].join(', ')}`);
  }
  assert.deepEqual(tab.problems, []);
});

test('right to left it stands on the left', needs('rtl'), async () => {
  const { tab, dock } = await opened({ lang: 'ar' });
  const { left, right } = await tab.page.evaluate(() => {
    const dock = document.querySelector('cadence-dock').getBoundingClientRect();
    const body = document.body.getBoundingClientRect();
    return { left: [dock.left, dock.right], right: [body.left, body.right] };
  });
  assert.deepEqual([left, right], [[0, 340], [340, 1280]]);
  await dock.evaluate((root) => root.querySelector('.edge').focus());
  await tab.page.keyboard.press('ArrowRight');
  assert.equal(await room(tab), 1280 - 360);
});

test('each edit is made and taken back', async () => {
  const { tab, frame } = await opened({ open: 'weber' });
  await shows(frame, /^Anna Weber/);
  // A note.
  await unfold(frame, 'Notes');
  await frame.type('textarea[name="text"]', 'Prefers a call before noon');
  await press(frame, 'Add');
  await shows(frame, /^Added\. Undo Anna Weber .*Prefers a call before noon/);
  assert.equal(await frame.$eval('textarea', (it) => it.value), '', 'the field is ready for the next one');
  await undone(frame);
  await until('the note is gone', async () => !/Prefers a call/.test(await text(frame)));
  // A contact made elsewhere.
  await unfold(frame, 'Log a contact');
  await frame.select('select[name="way"]', 'wechat');
  await press(frame, 'Log');
  await shows(frame, /Last contact today/);
  await shows(frame, /You spoke WeChat/);
  await until('the strip knows of it', async () => /Last contact today/.test(await (await tab.strip()).text()));
  await undone(frame);
  await shows(frame, /You wrote \d+ days ago/);
  // Stage and intent.
  await unfold(frame, 'Stage and intent');
  await frame.select('select[name="stage"]', 'ordered');
  await press(frame, 'Save');
  await shows(frame, /^Kept\. Undo Anna Weber At rest/);
  await undone(frame);
  await shows(frame, /^Anna Weber Write today/);
  // What kind of letter it was, with one choice.
  await frame.focus('.timeline select');
  await tab.page.keyboard.type('Sam');
  await shows(frame, /^Kept\./);
  await until('the choice stands', () => frame.$eval('.timeline select', (it) => it.value === 'sample'));
  await undone(frame);
  await until('the former one stands', () => frame.$eval('.timeline select', (it) => it.value !== 'sample'));
  // A rule for this client alone.
  await unfold(frame, 'Rules for this client');
  await press(frame, 'Show the rules');
  await frame.waitForSelector('#setting_gap_days-value');
  await frame.$eval('#setting_gap_days-value', (it) => { it.value = ''; });
  await frame.type('#setting_gap_days-value', '0');
  await frame.focus('#setting_gap_days-value');
  await tab.page.keyboard.press('Enter');
  await shows(frame, /The gap must be 1 to 365 days/);
  assert.equal(await frame.$eval('#setting_gap_days-value', (it) => it.value), '0', 'what was typed stays to be mended');
  await frame.$eval('#setting_gap_days-value', (it) => { it.value = '9'; });
  await frame.focus('#setting_gap_days-value');
  await tab.page.keyboard.press('Enter');
  await shows(frame, /1 rule is changed for this client/);
  await undone(frame);
  await shows(frame, /rules of their market hold unchanged/);
  // Where they are.
  await frame.click('.place');
  await frame.waitForSelector('.place-form select[name="country"]');
  await frame.focus('.place-form select[name="country"]');
  await tab.page.keyboard.type('Austria');
  // Each key chooses anew; the form that is saved is the one drawn for the last of them.
  await until('the choice is drawn', () => frame.$eval('.place-form select[name="country"]', (it) => it.querySelector('[selected]')?.value === 'AT'));
  await press(frame, 'Save');
  await shows(frame, /Austria Vienna you said so/);
  await undone(frame);
  await shows(frame, /Germany Berlin/);
  assert.deepEqual(tab.problems, []);
});

test('two tabs that edit one client lose nothing of each other', async () => {
  const { tab, frame: one } = await opened({ open: 'weber' });
  const other = await lab.mail({ now, open: 'weber' });
  const two = await frameOf(other);
  for (const frame of [one, two]) await shows(await frame, /^Anna Weber/);
  await unfold(one, 'Notes');
  await unfold(two, 'Notes');
  await two.type('textarea[name="text"]', 'Half a thought');
  // The keyboard is of the window in front.
  await tab.page.bringToFront();
  await one.type('textarea[name="text"]', 'From the first tab');
  await one.$eval('.add-note', (form) => form.requestSubmit());
  await shows(two, /From the first tab/);
  assert.equal(await two.$eval('textarea', (it) => it.value), 'Half a thought', 'what is being typed is not swept away');
  await two.$eval('.add-note', (form) => form.requestSubmit());
  await shows(one, /Half a thought .*From the first tab/);
  await undone(one);
  await until('each takes back its own', async () => !/From the first tab/.test(await text(two)));
  assert.match(await text(two), /Half a thought/);
  await undone(two);
  await until('both are gone', async () => !/Half a thought/.test(await text(one)));
});

/** Has a letter made for Anna in the sidebar: in another language, and begun anew by the user. */
async function writeMoin(tab, frame, language = 'German', greeting = /Hallo|Guten Tag|Liebe|Sehr geehrte/) {
  await press(frame, 'Write it');
  const letter = () => frame.$eval('.writing textarea', (it) => it.value);
  const first = await until('the letter is there', async () => (await letter().catch(() => '')).includes('Anna') && letter());
  // Another language is another letter.
  await frame.focus('.writing select[name="language"]');
  await tab.page.keyboard.type(language);
  await until(`the letter is ${language}`, async () => greeting.test(await letter()) && (await letter()) !== first);
  await frame.focus('.writing textarea');
  await tab.page.keyboard.down('Control');
  await tab.page.keyboard.press('Home');
  await tab.page.keyboard.up('Control');
  await tab.page.keyboard.type('Moin! ');
  return letter;
}

/** Puts it where the user writes. */
async function putIn(tab, frame) {
  await until('the note is on show', async () => (await tab.shadows('cadence-note'))[0]);
  await press(frame, 'Put it in');
  await until('the letter is in the webmail’s editor', async () => (await tab.written()).startsWith('Moin! '));
  await press(frame, 'Copy');
  await shows(frame, /Copied\./);
  assert.deepEqual(tab.problems, []);
}

test('the step’s letter is written, looked over and put where the user writes', needs('beside'), async () => {
  const { tab, frame } = await opened({ open: 'weber' });
  await shows(frame, /^Anna Weber/);
  const letter = await writeMoin(tab, frame);
  // There is no letter to put it in yet.
  await press(frame, 'Put it in');
  await shows(frame, /Open a reply or a new letter first/);
  assert.match(await letter(), /^Moin! /, 'what was typed stays');
  await tab.answer();
  await putIn(tab, frame);
});

test('where a letter is written in place of its thread, the sidebar tells of whom it is to', needs('replaced'), async () => {
  const { tab } = await opened({ open: 'weber' });
  await tab.answer();
  const frame = await frameOf(tab);
  await shows(frame, /^Anna Weber/);
  await writeMoin(tab, frame);
  await putIn(tab, frame);
});

test('a letter begun beside a thread is there beside the page that it is written on', needs('replaced'), async () => {
  const { tab, frame } = await opened({ open: 'weber' });
  await shows(frame, /^Anna Weber/);
  await writeMoin(tab, frame, 'French', /Bonjour|Cher/);
  const letter = (within) => within.$eval('.writing textarea', (it) => it.value).catch(() => '');
  const typed = await letter(frame);
  const held = () => lab.driver.evaluate(async () => Object.values(await chrome.storage.session.get()).map(({ body }) => body));
  await until('it is held', async () => (await held()).includes(typed));
  await tab.answer();
  const there = await frameOf(tab);
  await until('it is there', async () => (await letter(there)) === typed);
  assert.equal(await there.$eval('.writing [name="language"]', (it) => it.value), 'fr');
  const onDisk = await lab.driver.evaluate(async () => JSON.stringify(await chrome.storage.local.get()));
  assert.ok(!onDisk.includes('Moin'));
  await putIn(tab, there);
  await until('it is let go', async () => !(await held()).includes(typed));
  await tab.back();
  await tab.openThread('weber');
  await shows(await frameOf(tab), /^Anna Weber .* Write it/);
});
