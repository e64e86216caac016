// The extension is loaded anew, as by an update, while a webmail's tab is open.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start, until } from './harness.mjs';

const now = Date.now();
let lab;
before(async () => { lab = await start({ zone: 'UTC' }); });
after(() => lab?.stop());

test('an extension that was loaded anew under an open tab leaves a calm note', async () => {
  const tab = await lab.mail({ now });
  await until('the list is marked', async () => (await tab.marks()).whitfield, { timeout: 15_000 });
  await tab.openThread('weber');
  const strip = await tab.strip();
  await until('the strip speaks', () => strip.text('.pill'));
  await lab.driver.evaluate(() => { setTimeout(() => chrome.runtime.reload()); });
  await until('a note stands in the strip', async () => {
    await tab.newMail({ thread: 'weber', at: Date.now() });
    const [shown] = await tab.shadows('cadence-strip');
    return shown && (await shown.text('.notice')) === 'Cadence was updated. Reload this tab to go on.';
  }, { timeout: 15_000 });
  assert.deepEqual(tab.problems, []);
});
