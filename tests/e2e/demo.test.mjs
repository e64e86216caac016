// The demo mailbox itself, without Cadence: what the other tests lean on.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start, until } from './harness.mjs';

let lab;
before(async () => { lab = await start({ extension: false }); });
after(() => lab?.stop());

/** Attributes of the elements on show. */
const read = (tab, selector, ...names) =>
  tab.page.$$eval(selector, (elements, wanted) => elements
    .filter((element) => element.checkVisibility())
    .map((element) => Object.fromEntries(wanted.map((name) => [name, element.getAttribute(name)]))), names);
const text = (tab, selector) =>
  tab.page.$$eval(selector, (elements) => elements.find((it) => it.checkVisibility())?.textContent ?? null);
const rowOf = (tab, name) =>
  read(tab, `tr[data-key="${name}"] .bqe`, 'data-legacy-thread-id', 'data-legacy-last-message-id', 'data-legacy-last-non-draft-message-id');
const instant = (legacy) => Number(BigInt(`0x${legacy}`) >> 20n);

test('the list has rows whose ids tell their instants', async () => {
  const now = Date.UTC(2026, 10, 23, 12);
  const tab = await lab.mail({ now });
  const ids = await read(tab, 'tr.zA .bqe', 'data-thread-id', 'data-legacy-last-message-id');
  assert.ok(ids.length >= 25, `${ids.length} threads`);
  const [weber] = await rowOf(tab, 'weber');
  const at = instant(weber['data-legacy-last-message-id']);
  assert.equal(new Date(at).toISOString().slice(0, 16), '2026-10-20T08:20');
  const twins = await tab.page.$$eval('tr[data-key="weber"] [data-thread-id]', (all) => all.length);
  assert.equal(twins, 2);
  assert.equal(await tab.page.title(), 'Inbox (3) - robin@lumenport.example - Gmail');
  assert.deepEqual(tab.problems, []);
});

test('a draft is not the last message', async () => {
  const tab = await lab.mail();
  const [row] = await rowOf(tab, 'kowalski');
  assert.notEqual(row['data-legacy-last-message-id'], row['data-legacy-last-non-draft-message-id']);
});

test('threads open and close, and views that were left stay in the page, hidden', async () => {
  const tab = await lab.mail();
  const [row] = await rowOf(tab, 'weber');
  await tab.openThread('weber');
  const [subject] = await read(tab, 'h2.hP', 'data-legacy-thread-id', 'data-thread-perm-id');
  assert.equal(subject['data-legacy-thread-id'], row['data-legacy-thread-id']);
  assert.equal(subject['data-thread-perm-id'], `thread-f:${BigInt(`0x${row['data-legacy-thread-id']}`)}`);
  assert.equal((await read(tab, '.adn.ads', 'data-message-id')).length, 1, 'collapsed messages carry no id');
  await tab.back();
  await tab.openThread('moreau');
  await tab.page.goBack();
  await until('the list is back', async () => (await read(tab, 'tr.zA', 'id')).length > 0);
  assert.equal((await tab.page.$$('h2.hP')).length, 2);
  assert.equal((await read(tab, 'h2.hP', 'class')).length, 0);
  assert.deepEqual(tab.problems, []);
});

test('a reply has no legacy id at first, and moves its thread up when it has one', async () => {
  const tab = await lab.mail();
  await tab.openThread('weber');
  await tab.reply('Dear Anna, a short note.');
  const sent = async () => (await read(tab, '.adn.ads', 'data-message-id', 'data-legacy-message-id')).at(-1);
  assert.match((await sent())['data-message-id'], /^#msg-a:r-?\d+$/);
  assert.equal((await sent())['data-legacy-message-id'], null);
  const legacy = await until('the reply settles', async () => (await sent())['data-legacy-message-id']);
  assert.ok(Math.abs(instant(legacy) - Date.now()) < 60_000);
  await tab.back();
  const [first] = await read(tab, 'tr.zA', 'data-key');
  assert.equal(first['data-key'], 'weber');
  await tab.page.reload();
  assert.equal((await rowOf(tab, 'weber'))[0]['data-legacy-last-message-id'], legacy, 'kept over a reload');
  assert.deepEqual(tab.problems, []);
});

test('new mail builds the rows anew and counts', async () => {
  const tab = await lab.mail();
  await tab.page.$eval('tr[data-key="moreau"] .xT', (cell) => { cell.dataset.mark = 'ours'; });
  const [before] = await rowOf(tab, 'tran');
  await tab.newMail({ thread: 'tran' });
  const [now] = await rowOf(tab, 'tran');
  assert.equal(now['data-legacy-thread-id'], before['data-legacy-thread-id']);
  assert.ok(instant(now['data-legacy-last-message-id']) > instant(before['data-legacy-last-message-id']));
  assert.equal(await tab.page.$('[data-mark="ours"]'), null);
  assert.match(await tab.page.title(), /^Inbox \(4\) /);
});

test('late ids read "undefined" first', async () => {
  const tab = await lab.mail({ late: 1 });
  await tab.page.evaluate(() => {
    globalThis.seen = [];
    new MutationObserver(() => {
      const id = document.querySelector('h2.hP')?.getAttribute('data-legacy-thread-id');
      if (id !== globalThis.seen.at(-1)) globalThis.seen.push(id);
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await tab.openThread('weber');
  const seen = await until('the ids come', async () => {
    const ids = await tab.page.evaluate(() => globalThis.seen);
    return ids.length > 1 ? ids : null;
  });
  assert.equal(seen[0], 'undefined');
  assert.match(seen[1], /^[0-9a-f]{16}$/);
});

test('a reading pane, and rows of two and three', async () => {
  const tab = await lab.mail({ pane: 1 });
  await tab.openThread('weber');
  assert.equal((await read(tab, '[gh="tl"] tr.aps', 'data-key'))[0]['data-key'], 'weber');
  assert.equal(await text(tab, '.ao9 .a98.iY h2.hP'), 'RFQ: 1,200 LED high bays, Hamburg warehouse');
  const threads = (await read(tab, 'tr.zA[id]', 'id')).length;
  assert.equal((await read(tab, 'tr.zA', 'id')).length, threads * 3);
  const two = await lab.mail({ rows: 2 });
  assert.equal((await read(two, 'tr.zA', 'id')).length, threads * 2);
  assert.deepEqual([...tab.problems, ...two.problems], []);
});

test('with conversation view off each message is a row', async () => {
  const tab = await lab.mail({ conversations: 'off' });
  const ids = await read(tab, 'tr.zA .bqe', 'data-thread-id', 'data-legacy-thread-id');
  assert.match(ids[0]['data-thread-id'], /^#thread-[af]:r?-?\d+\|msg-/);
  assert.ok(new Set(ids.map((id) => id['data-legacy-thread-id'])).size < ids.length);
});

test('many messages are folded, and unfold', async () => {
  const tab = await lab.mail({ open: 'mehta' });
  await until('the thread is open', () => text(tab, 'h2.hP'));
  assert.equal((await read(tab, '[role="listitem"]', 'class')).length, 2);
  await tab.page.click('.adv');
  assert.equal((await read(tab, '[role="listitem"]', 'class')).length, 6);
  await tab.page.click('.kv');
  assert.equal((await read(tab, '.adn.ads', 'data-legacy-message-id')).length, 2);
});

for (const lang of ['en', 'ru', 'zh', 'vi', 'ar']) {
  test(`it speaks ${lang}`, async () => {
    const tab = await lab.mail({ lang }, { account: 1 });
    assert.match(await tab.page.title(), / \(3\) - sales@lumenport\.example - Gmail$/);
    const dir = await tab.page.$eval('body', (body) => body.dir);
    assert.equal(dir, lang === 'ar' ? 'rtl' : 'ltr');
    const [{ name, email }] = await read(tab, 'tr[data-key="weber"] .yW span[email="sales@lumenport.example"]', 'name', 'email');
    assert.equal(email, 'sales@lumenport.example');
    assert.equal(name, { en: 'me', ru: 'я', zh: '我', vi: 'tôi', ar: 'أنا' }[lang]);
    assert.deepEqual(tab.problems, []);
  });
}

for (const csp of ['strict', 'none', 'self', 'nonce']) {
  test(`it works under the policy ${csp}`, async () => {
    const tab = await lab.mail({ csp });
    await tab.openThread('weber');
    assert.deepEqual(tab.problems, []);
    const sink = await tab.page.evaluate(() => {
      try {
        document.createElement('div').innerHTML = '<b>';
        return 'open';
      } catch { return 'shut'; }
    });
    assert.equal(sink, csp === 'none' || csp === 'self' ? 'open' : 'shut');
  });
}

test('it stands still where no script may run', async () => {
  const tab = await lab.mail({ csp: 'tt-none', open: 'weber' });
  assert.equal(await text(tab, 'h2.hP'), 'RFQ: 1,200 LED high bays, Hamburg warehouse');
  const list = await lab.mail({ csp: 'tt-none' });
  assert.ok((await read(list, 'tr.zA', 'id')).length >= 25);
  assert.match(await list.page.title(), /^Inbox \(3\) - robin@/);
});

test('no other host is within reach', async () => {
  const tab = await lab.mail({ csp: 'none' });
  const reached = await tab.page.evaluate(() => fetch('https://example.com/', { mode: 'no-cors' }).then(() => true, () => false));
  assert.equal(reached, false);
});
