// Every page as it looked when somebody last looked at it and was content (tests/looks/), in light and dark, wide and narrow, in both
// directions; and in every language nothing cut off. `cargo xtask looks` keeps new references.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BROWSER, start, until } from './harness.mjs';
import { besideLook, described, differences, everyLook } from './looks.mjs';
import { ROOT } from './package.mjs';
import { overflowing } from './surfaces.mjs';

const kept = JSON.parse(readFileSync(`${ROOT}tests/looks/${BROWSER}/references.json`, 'utf8'));

for (const locale of ['en', 'ru', 'zh_CN']) {
  test(`every page looks as it did, ${locale}`, async () => {
    const lab = await start({ zone: 'Asia/Shanghai', locale });
    try {
      const list = await lab.mail();
      await until('the list is marked', async () => Object.keys(await list.marks()).length > 10);
      const wrong = [];
      const compare = async (page, name, { size, scheme, direction }) => {
        const where = `${name}, ${size}, ${scheme}, ${direction}`;
        for (const one of await overflowing(page)) wrong.push(`${where}: ${one}`);
        const reference = kept[`${name}, ${size}, ${scheme}`];
        assert.ok(reference, `there is no reference of ${where}`);
        if (direction === 'rtl') return;
        for (const one of differences(reference, await described(page))) wrong.push(`${where}: ${one}`);
      };
      await everyLook(lab, compare);
      await besideLook(lab, compare);
      assert.deepEqual(wrong.slice(0, 30), []);
    } finally {
      await lab.stop();
    }
  });
}
