// Every modelled Gmail page, with the real package at work on it: what the demo mailbox, tidy as it
// is, never shows.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { start, until } from './harness.mjs';

const FIXTURES = fileURLToPath(new URL('../fixtures/gmail/', import.meta.url));
const cases = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({
    name,
    expected: JSON.parse(readFileSync(`${FIXTURES}${name}/expected.json`, 'utf8')),
  }));

let lab;
before(async () => { lab = await start(); });
after(() => lab?.stop());

const hosts = (tab, name) =>
  tab.page.$$eval(name, (all) => all.filter((one) => one.checkVisibility()).length);

test('every modelled page gets its strip and chips, and no error', async () => {
  for (const { name, expected } of cases) {
    const tab = await lab.mail({ fixture: name });
    const strips = expected.thread ? 1 : 0;
    await until(`${name}: ${strips} strip`, async () => (await hosts(tab, 'cadence-strip')) === strips);
    const { length } = expected.rows;
    await until(`${name}: at least ${length} chips`, async () => (await hosts(tab, 'cadence-chip')) >= length);
    if (expected.thread) {
      const said = await until(`${name}: the strip speaks`, async () => (await tab.strip()).text());
      // Imported mail is no change of the page: it is the date that cannot be told.
      const unsure = expected.missing.includes('message.at');
      const changed = expected.missing.some((one) => !one.startsWith('row.') && one !== 'message.at');
      assert.equal(/page has changed/i.test(said), changed, `${name}: ${said}`);
      assert.equal(/date is unsure/i.test(said), unsure, `${name}: ${said}`);
    }
    assert.deepEqual(tab.problems, [], name);
    await tab.page.close();
  }
});
