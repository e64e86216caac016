// Keeps how every page looks: references.json for tests/e2e/looks.test.mjs, and a sheet of reduced pictures of each page for the eye.
// `cargo xtask looks` runs it in each browser.

import { mkdirSync, writeFileSync } from 'node:fs';
import { BROWSER, start, until } from '../e2e/harness.mjs';
import { described, everyLook, besideLook } from '../e2e/looks.mjs';
import { ROOT } from '../e2e/package.mjs';

// The looks that stand on a sheet, each with its language: the rest differs in one thing only.
const SHEET = ['en wide light ltr', 'en wide dark ltr', 'en wide light rtl', 'ru narrow light ltr', 'ru narrow dark ltr', 'zh_CN narrow light rtl'];
const references = {};
const pictures = new Map(); // a page's name → its pictures
const folder = `${ROOT}tests/looks/${BROWSER}`;
mkdirSync(folder, { recursive: true });

for (const locale of ['en', 'ru', 'zh_CN']) {
  const lab = await start({ zone: 'Asia/Shanghai', locale });
  const list = await lab.mail();
  await until('the list is marked', async () => Object.keys(await list.marks()).length > 10);
  const take = async (page, shot, name, { size, scheme, direction }) => {
    if (locale === 'en' && direction === 'ltr') references[`${name}, ${size}, ${scheme}`] = await described(page);
    const look = `${locale} ${size} ${scheme} ${direction}`;
    if (!SHEET.includes(look) && size !== 'docked') return;
    const image = await shot.screenshot({ encoding: 'base64' });
    pictures.set(name, [...(pictures.get(name) ?? []), { look, image, size }]);
  };
  await everyLook(lab, (page, name, variant) => take(page, page, name, variant));
  await besideLook(lab, (frame, name, variant) => take(frame, frame.page(), name, variant));
  if (locale === 'zh_CN') await sheets(lab);
  await lab.stop();
}
writeFileSync(`${folder}/references.json`, `${JSON.stringify(references, null, 0).replaceAll('},"', '},\n"')}\n`);

async function sheets(lab) {
  const page = await lab.browser.newPage();
  for (const [name, all] of pictures) {
    await page.setViewport({ width: 1360, height: 200 });
    await page.setContent('<!doctype html><body style="margin: 8px; display: flex; flex-wrap: wrap; gap: 8px; background: #888; font: 11px sans-serif; width: 1344px">');
    const height = await page.evaluate(async (all) => {
      for (const { look, image, size } of all) {
        const figure = document.body.appendChild(document.createElement('figure'));
        figure.style.margin = 0;
        const picture = figure.appendChild(new Image());
        picture.src = `data:image/png;base64,${image}`;
        picture.style.cssText = `display: block; height: ${size === 'narrow' ? 400 : 390}px`;
        figure.append(look);
        await picture.decode();
      }
      return Math.ceil(document.documentElement.getBoundingClientRect().height) + 16;
    }, all);
    await page.setViewport({ width: 1360, height });
    const file = `${folder}/${name.replace(/\W+/g, '-')}.jpg`;
    await page.screenshot({ path: file, type: 'jpeg', quality: 62 });
    console.log(file);
  }
}
