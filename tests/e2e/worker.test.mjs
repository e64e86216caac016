// The worker may be ended at any moment; badge, list and tabs agree nevertheless.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { PLACES } from './expected.mjs';
import { needs, start, until } from './harness.mjs';

const now = Date.now();
/** The button in the popup's list that opens James's thread. */
const JAMES = '::-p-xpath(//li[contains(., "James")]//button[contains(@class, "open")])';
let lab;
beforeEach(async () => { lab = await start({ zone: 'UTC' }); });
afterEach(() => lab?.stop());

/** A tab whose list is marked. */
async function listed(query = {}, where = {}) {
  const tab = await lab.mail({ now, ...query }, where);
  await until('the list is marked', async () => (await tab.marks()).whitfield);
  return tab;
}

async function stripOf(tab, name) {
  await tab.openThread(name);
  const strip = await tab.strip();
  await until('the strip speaks', () => strip.text('.pill'));
  return strip;
}

const stripIs = (strip, words) => until(`the strip says ${words}`, async () => (await strip.text('.pill')) === words);
const badgeIs = (text) => until(`the badge shows “${text}”`, async () => (await lab.badge()) === text);

/** How many entries the popup's list of what is due has. */
async function listLength(popup) {
  await until('the popup speaks', () => popup.$('h1'));
  // Of a long list only what is on show is drawn.
  return popup.$eval('.due', (list) => Number(list.dataset.before) + list.children.length + Number(list.dataset.after));
}

test('nothing due, no badge', async () => {
  await until('the worker has started', async () => (await lab.ask({ ask: 'popup' })).answer === 'page');
  assert.equal(await lab.badge(), '');
  const popup = await lab.popup();
  assert.equal(await listLength(popup), 0);
  assert.equal(await popup.$eval('h1', (it) => it.textContent), 'Nothing is due');
});

test('the badge is as long as the list, before and after every change', async () => {
  const tab = await listed();
  const popup = await lab.popup();
  const agree = (count) => until(`badge and list say ${count}`, async () => {
    await popup.reload();
    return (await lab.badge()) === String(count) && (await listLength(popup)) === count;
  });
  const due = await until('some are due', async () => Number(await lab.badge()));
  await agree(due);
  const strip = await stripOf(tab, 'hassan');
  await strip.click('.snooze-tool');
  await strip.click('.preset');
  await stripIs(strip, 'Snoozed');
  await agree(due - 1);
  await tab.newMail({ thread: 'tanaka', at: Date.now() });
  await tab.newMail({ thread: 'moreau', at: Date.now() });
  await tab.back();
  await until('Camille is to be answered', async () => (await tab.marks()).moreau?.startsWith('Reply now'));
  await until('and is counted', async () => Number(await lab.badge()) >= due);
  await agree(Number(await lab.badge()));
  assert.match(await popup.$eval('.due > li', (it) => it.innerText), /ago|today/);
  assert.deepEqual(tab.problems, []);
});

test('killed before the first question', async () => {
  await lab.killWorker();
  const tab = await listed();
  await until('some are due', async () => Number(await lab.badge()) > 0);
  assert.deepEqual(tab.problems, []);
});

test('killed between a look and a click', async () => {
  const tab = await listed();
  const before = await until('some are due', async () => Number(await lab.badge()));
  const strip = await stripOf(tab, 'hassan');
  await lab.killWorker();
  await strip.click('.snooze-tool');
  await strip.click('.preset');
  await stripIs(strip, 'Snoozed');
  await badgeIs(String(before - 1));
  await lab.killWorker();
  await tab.back();
  await until('the row agrees', async () => (await tab.marks()).hassan?.startsWith('Snoozed'));
  assert.deepEqual(tab.problems, []);
});

test('killed right after a click, again and again', async () => {
  const tab = await listed();
  const before = await until('some are due', async () => Number(await lab.badge()));
  const strip = await stripOf(tab, 'hassan');
  for (let round = 0; round < 3; round += 1) {
    await strip.click('.snooze-tool');
    await strip.click('.preset');
    await lab.killWorker();
    await stripIs(strip, 'Snoozed');
    await badgeIs(String(before - 1));
    await strip.click('button', 'Wake');
    await lab.killWorker();
    await stripIs(strip, 'Reply now');
    await badgeIs(String(before));
  }
  assert.deepEqual(tab.problems, []);
});

test('killed while a page of rows is being learnt', async () => {
  const tab = await lab.mail({ now, count: 120 });
  await lab.killWorker();
  await until('every client is marked', async () => Object.keys(await tab.marks()).length > 100, { timeout: 10_000 });
  const popup = await lab.popup();
  await until('badge and list agree', async () => Number(await lab.badge()) === (await listLength(popup)));
  assert.deepEqual(tab.problems, []);
});

test('the popup opens the thread in the tab of its mailbox', needs('accounts'), async () => {
  const first = await listed();
  const second = await listed({}, { account: 1 });
  // The same clients write to both mailboxes, so James is listed twice.
  const popup = await lab.popup();
  const entries = await until('James is listed for both', async () => {
    const found = await popup.$$(JAMES);
    return found.length === 2 && found;
  });
  const tabs = () => lab.driver.evaluate(async () => (await chrome.tabs.query({})).length);
  const before = await tabs();
  await entries[0].click();
  const shows = (tab) => tab.page.$$eval('h2.hP', (all) => all.find((it) => it.checkVisibility())?.textContent ?? '');
  const opened = await until('one of the tabs shows it', async () => {
    for (const tab of [first, second]) if ((await shows(tab)).includes('emergency luminaires')) return tab;
    return null;
  });
  await until('the popup is gone', () => lab.driver.isClosed(popup));
  assert.equal(await shows(opened === first ? second : first), '');
  assert.equal(await tabs(), before - 1, 'no tab was opened');
  assert.deepEqual([...first.problems, ...second.problems], []);
});

test('the popup opens a tab where the mailbox has none', async () => {
  const tab = await listed();
  await until('some are due', async () => Number(await lab.badge()) > 0);
  const popup = await lab.popup();
  await tab.page.close();
  await (await until('James is listed', () => popup.$(JAMES))).click();
  const fresh = await until('a tab has come', async () => {
    const all = await lab.browser.pages();
    return all.find((page) => lab.isMail(page.url()));
  });
  const opened = lab.tabOf(fresh);
  await until('the thread is on show', async () => /emergency luminaires/.test(await opened.shown()));
  await until('the strip speaks', async () => (await (await opened.strip()).text('.place')) === PLACES.whitfield[0]);
});

test('more than 99', async () => {
  const id = (at) => (BigInt(at) << 20n).toString(16);
  const row = (index) => {
    const at = now - (index + 1) * 60_000;
    return {
      shape: 0,
      fields: {
        id: [[id(at - 86_400_000), null, id(at), id(at)]],
        people: [[`buyer@shop-${index}.de`, `Buyer ${index}`], ['robin@lumenport.example', 'me']],
        subject: [[`Question ${index}`]],
        class: [['zA zE']],
      },
    };
  };
  const see = (from, to) => lab.ask({
    ask: 'see',
    site: 'gmail',
    sighting: {
      path: '/mail/u/0/#inbox',
      parts: {
        account: [{ shape: 0, fields: { title: [['Inbox - robin@lumenport.example - Gmail']] } }],
        row: Array.from({ length: to - from }, (_, index) => row(from + index)),
      },
    },
  });
  assert.equal((await see(0, 60)).answer, 'drawn');
  await badgeIs('60');
  await lab.killWorker();
  await see(60, 99);
  await badgeIs('99');
  await see(99, 130);
  await badgeIs('99+');
  const popup = await lab.popup();
  assert.equal(await listLength(popup), 130);
  assert.equal(await popup.$eval('h1', (it) => it.textContent), '130 clients to write to');
});

test('what it does not understand it refuses in words, and goes on', async () => {
  for (const call of [{ ask: 'nothing' }, { ask: 'see', site: 'gmail', sighting: 7 }, { ask: 'act', action: { do: 'fly' } }]) {
    const answer = await lab.ask(call);
    assert.deepEqual([answer.answer, answer.code], ['failed', 'question'], JSON.stringify(call));
    assert.ok(answer.message.length > 5);
  }
  assert.equal((await lab.ask({ ask: 'popup' })).answer, 'page');
});
