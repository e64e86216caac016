// A defect of ours stops the worker in the middle of an answer: the next question finds it on its feet again, with
// everything that was saved, and what happened is noted. `cargo xtask build --faults` makes the package that stumbles.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { needs, start, until } from './harness.mjs';

const now = Date.now();
const ACCOUNT = 'robin@lumenport.example';
const CLIENT = 'anna@weber.de';
const whole = needs('faults');
const legacy = (at) => (BigInt(at) << 20n).toString(16);
const thread = { account: ACCOUNT, id: legacy(now - 86_400_000) };
let lab;
before(async () => {
  if (whole.skip) return;
  lab = await start({ zone: 'UTC', faults: true });
  await until('the worker answers', async () => (await lab.ask({ ask: 'popup' })).answer === 'page', { timeout: 20_000 });
  const row = {
    shape: 0,
    fields: {
      id: [[thread.id, null, legacy(now - 60_000), legacy(now - 60_000)]],
      people: [[CLIENT, 'Anna'], [ACCOUNT, 'me']],
      subject: [['Secret subject']],
      class: [['zA zE']],
    },
  };
  const account = { shape: 0, fields: { title: [[`Inbox - ${ACCOUNT} - Gmail`]] } };
  const sighting = { path: '/mail/u/0/#inbox', origin: 'https://mail.google.com', parts: { account: [account], row: [row] } };
  assert.equal((await lab.ask({ ask: 'see', site: 'gmail', sighting })).answer, 'drawn');
});
after(() => lab?.stop());

const listed = async () => {
  const answer = await lab.ask({ ask: 'popup' });
  assert.equal(answer.answer, 'page', JSON.stringify(answer).slice(0, 300));
  return JSON.stringify(answer.view).includes('Anna');
};
const recorded = () => lab.driver.evaluate(async () => (await chrome.storage.local.get('flight')).flight ?? []);

for (const fault of ['panic', 'late', 'trap', 'stack', 'memory']) {
  test(`after a fault (${fault}) the next question is answered from what was saved`, whole, async () => {
    const answer = await lab.ask({ ask: 'popup', fault });
    assert.deepEqual([answer.answer, answer.code], ['failed', 'crash'], JSON.stringify(answer).slice(0, 300));
    assert.ok(await listed());
    const crashes = await until('it is noted', async () => {
      const found = (await recorded()).filter((event) => event.what === 'crash');
      return found.length && found;
    });
    assert.equal(crashes.at(-1).ask, 'popup');
    if (fault === 'panic') assert.match(crashes.at(-1).place, /fault\.rs:\d+:\d+$/);
  });
}

test('a fault between the write and the answer: asked again, it is answered and not done again', whole, async () => {
  const until = now + 86_400_000;
  const call = { id: 'fault-after-0123456789', ask: 'act', action: { do: 'snooze', thread, client: CLIENT, until } };
  assert.equal((await lab.ask({ ...call, fault: 'after' })).code, 'crash');
  const answer = await lab.ask(call);
  assert.equal(answer.answer, 'done');
  assert.equal(answer.ui.undo.snooze, null, 'its undo leads to no snooze');
});

test('the record holds no address and no subject', whole, async () => {
  await lab.ask({ ask: 'act', action: { do: 'set_stage', client: { account: ACCOUNT, email: CLIENT }, stage: CLIENT } });
  await lab.ask({ ask: `popup ${CLIENT}` });
  const events = await until('both refusals are noted', async () => {
    const all = await recorded();
    return all.filter((event) => event.code === 'question').length === 2 && all;
  });
  assert.doesNotMatch(JSON.stringify(events), /@|weber|lumenport|Secret/);
  const page = await lab.open('report.html');
  // A slow answer may have been noted meanwhile.
  await until('the page lists them', async () => (await page.$$('tr')).length >= events.length);
});

test('a page says so, and tries again when it is told to', whole, async () => {
  const page = await lab.driver.newPage();
  await page.evaluateOnNewDocument(() => {
    const send = chrome.runtime.sendMessage;
    globalThis.faults = 2;
    chrome.runtime.sendMessage = (call) => send.call(chrome.runtime, globalThis.faults-- > 0 ? { ...call, fault: 'trap' } : call);
  });
  await lab.driver.visit(page, 'popup.html');
  const notice = await until('it says so', () => page.$('.notice'), { timeout: 10_000 });
  assert.match(await notice.evaluate((it) => it.textContent), /stumbled and started anew/);
  const [again, report] = await notice.$$('button');
  assert.equal(await report.evaluate((it) => it.textContent), 'Save a report');
  await again.click();
  await until('it is drawn', () => page.$('h1'));
  assert.equal(await page.$('.notice'), null);
});
