// Cadence works whatever the page's content security policy forbids, and never breaks it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start, until } from './harness.mjs';

const now = Date.now();
let lab;
let bare;
before(async () => {
  lab = await start();
  bare = await start({ extension: false });
});
after(async () => { await lab?.stop(); await bare?.stop(); });

/** Opens the mailbox and notes what the page reports of its policy and its errors. */
async function watched(where, query) {
  let reports;
  const tab = await where.mail(query, {}, async (page) => { reports = await where.driver.reports(page); });
  return { tab, reports };
}

for (const csp of ['none', 'self', 'nonce', 'tt-none', 'strict']) {
  test(`under the policy ${csp}`, async () => {
    const { tab: list, reports: ofList } = await watched(lab, { now, csp });
    await until('the chips are there', async () => / DE \d\d:\d\d /.test((await list.marks()).weber));
    const { tab: thread, reports: ofThread } = await watched(lab, { now, csp, open: 'weber' });
    const strip = await thread.strip();
    await until('the strip speaks', async () => (await strip.text('.place')) === 'Germany');
    assert.equal(await strip.evaluate((root) => root.host.offsetHeight), 60, 'our style is in force');
    await strip.click('.snooze-tool');
    assert.ok(await strip.evaluate((root) => root.querySelector('.snooze').matches(':popover-open')));
    for (const [query, ours, reports] of [[{}, list, ofList], [{ open: 'weber' }, thread, ofThread]]) {
      const { tab, reports: without } = await watched(bare, { now, csp, ...query });
      await until('the page stands', () => tab.page.$('h2.hP, tr.zA'));
      const extra = [...ours.problems, ...reports].filter((report) => ![...tab.problems, ...without].includes(report));
      assert.deepEqual(extra, [], 'no report that the page alone does not make');
    }
  });
}
