// The strip of an open thread.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PLACES, clock, daysSince, instants, isOwn } from './expected.mjs';
import { NARROWEST, needs, shown, start, until } from './harness.mjs';

const SELLER = 'Asia/Shanghai';
const now = Date.now();
let lab;
before(async () => { lab = await start({ zone: SELLER }); });
after(() => lab?.stop());

/** The strip of the open thread, once it speaks. */
async function spoken(tab) {
  const strip = await tab.strip();
  await until('the strip speaks', () => strip.text());
  return strip;
}

test('the strip tells where, what time it is there, and how long ago who wrote', async () => {
  const tab = await lab.mail({ now });
  for (const [name, [country, , zone]] of Object.entries(PLACES)) {
    await tab.openThread(name);
    const strip = await tab.strip();
    await until(`${name}: ${country}`, async () => (await strip.text('.place')) === country);
    await until(`${name}: the time in ${zone}`, async () => (await strip.text('.clock')) === clock(zone));
    await until(`${name}: the last letter`, async () => {
      const days = daysSince(name, now);
      const who = isOwn(name) ? 'You' : 'They';
      const ago = days === 0 ? 'today' : `${days} ${days === 1 ? 'day' : 'days'} ago`;
      return (await strip.text('.contact')) === `${who} wrote ${ago}`;
    });
    await tab.back();
  }
  assert.deepEqual(tab.problems, []);
});

test('a thread that is opened is asked about once, with the language of its letters', needs('sure'), async () => {
  const tab = await lab.mail({ now });
  // Before it tells the first language Firefox takes longer than a strip is to wait.
  await tab.openThread('tanaka');
  await spoken(tab);
  await tab.back();
  await lab.driver.evaluate(() => {
    globalThis.asked = [];
    chrome.runtime.onMessage.addListener(({ ask, sighting }) => {
      if (ask === 'see' && sighting.parts.thread) globalThis.asked.push(sighting.parts.message.map(({ fields }) => fields.language?.[0][0]));
    });
  });
  const asked = () => lab.driver.evaluate(() => globalThis.asked);
  const at = { open: 0 };
  for (const name of ['weber', 'moreau', 'whitfield']) {
    await tab.openThread(name);
    await spoken(tab);
    await until(`${name} has been at rest`, async () => {
      const before = (await asked()).length;
      await new Promise((resolve) => { setTimeout(resolve, 400); });
      return (await asked()).length === before;
    });
    const all = (await asked()).slice(at.open);
    at.open += all.length;
    assert.equal(all.length, 1, `${name}: ${JSON.stringify(all)}`);
    assert.ok(all[0].some(Boolean), `${name}: no language`);
    await tab.back();
  }
});

test('the next step stands in both clocks, inside the client’s window', async () => {
  const tab = await lab.mail({ now });
  let ahead = 0;
  for (const [name, [, , zone]] of Object.entries(PLACES)) {
    await tab.openThread(name);
    const strip = await spoken(tab);
    const when = await strip.text('.when');
    const inWindow = (at) => {
      const hour = Number(clock(zone, at).split(':')[0]);
      assert.ok(hour >= 10 && hour < 15, `${name}: ${when}`);
    };
    const both = /^(.+) their time = (.+) yours$/.exec(when);
    if (both) {
      const [, there, here] = both;
      const [opens] = instants(there, zone);
      assert.ok(opens > now, when);
      inWindow(opens);
      const alike = here.includes(',') ? instants(here, SELLER).includes(opens) : here === clock(SELLER, opens);
      assert.ok(alike, `${name}: ${when}`);
      ahead += 1;
    } else {
      assert.equal(when, 'now, their window closes at 15:00', name);
      inWindow(Date.now());
    }
    await tab.back();
  }
  assert.ok(ahead > 0);
});

test('why lists the rules and the clues', async () => {
  const tab = await lab.mail({ now });
  await tab.openThread('moreau');
  const strip = await spoken(tab);
  assert.equal(await strip.evaluate((root) => root.querySelector('.why').checkVisibility()), false);
  await strip.click('.why-tool');
  const [rules, clues] = await strip.evaluate((root) => {
    const texts = (selector) => [...root.querySelectorAll(selector)].map((it) => it.innerText.replace(/[\u2068\u2069]/g, ''));
    return [texts('.why .rule'), texts('.why .clues li')];
  });
  assert.ok(rules.includes('W3'), `${rules}`);
  assert.ok(rules.every((rule) => /^[A-Z]\d$/.test(rule)));
  // The more of a letter's text is on show, the more clues.
  assert.ok(clues.includes('Address ends in .fr → France'), `${clues}`);
  assert.ok(clues.some((clue) => clue.startsWith('Time zone Paris')), `${clues}`);
  const box = await strip.evaluate((root) => root.querySelector('.why').getBoundingClientRect().toJSON());
  assert.ok(box.left >= 0 && box.right <= 1280 && box.top >= 0 && box.bottom <= 800, JSON.stringify(box));
  await tab.page.keyboard.press('Escape');
  assert.equal(await strip.evaluate((root) => root.querySelector('.why').checkVisibility()), false);
  assert.deepEqual(tab.problems, []);
});

/** Notes, frame by frame, which thread is on show and what its strip says. */
async function record(tab, strip) {
  await tab.page.evaluate(`globalThis.subjectOnShow = ${shown}`);
  await strip.evaluate((root) => {
    globalThis.seen = [];
    const look = () => {
      const isShown = root.host.isConnected && root.host.checkVisibility();
      globalThis.seen.push([globalThis.subjectOnShow(), isShown ? root.firstElementChild?.innerText : null]);
      requestAnimationFrame(() => setTimeout(look));
    };
    look();
  });
}

test('another thread’s strip never shows what the former one said', async () => {
  const tab = await lab.mail({ now });
  await tab.openThread('weber');
  const strip = await spoken(tab);
  await record(tab, strip);
  await tab.back();
  await tab.openThread('tanaka');
  await until('the strip is Ken’s', async () => (await strip.text()).includes('Ken'));
  // From thread to thread, without the list in between.
  await tab.returnTo('weber');
  await until('the strip is Anna’s again', async () => (await strip.text()).includes('Anna'));
  const frames = await tab.page.evaluate(() => globalThis.seen);
  const of = (word) => frames.filter(([subject, text]) => subject?.includes(word) && text);
  const [anna, ken] = [of('high bays'), of('Downlights')];
  assert.ok(anna.length > 0 && ken.length > 0);
  assert.ok(anna.every(([, text]) => !text.includes('Ken') && !text.includes('Japan')), 'Anna’s thread never shows Ken’s strip');
  assert.ok(ken.every(([, text]) => !text.includes('Anna') && !text.includes('Germany')), 'Ken’s thread never shows Anna’s strip');
  assert.deepEqual(tab.problems, []);
});

test('a thread that another one stood in for, for less than two frames, has its strip again', needs('ids'), async () => {
  const tab = await lab.mail({ now });
  await tab.openThread('weber');
  const strip = await spoken(tab);
  const said = await strip.text('.contact');
  await tab.page.evaluate(() => new Promise((done) => {
    const subject = document.querySelector('h2[data-legacy-thread-id]');
    const id = subject.dataset.legacyThreadId;
    subject.dataset.legacyThreadId = '18f0000000000001';
    requestAnimationFrame(() => setTimeout(() => {
      subject.dataset.legacyThreadId = id;
      done();
    }));
  }));
  await until('the strip speaks again', async () => (await strip.text('.contact')) === said);
});

test('ids that come late', needs('late'), async () => {
  const tab = await lab.mail({ now, late: 1 });
  await tab.openThread('weber');
  const strip = await tab.strip();
  await record(tab, strip);
  await until('the strip is Anna’s', async () => (await strip.text('.place')) === 'Germany');
  const frames = await tab.page.evaluate(() => globalThis.seen);
  assert.ok(frames.every(([, text]) => !text?.includes('changed')), 'a thread that is still being painted is no changed page');
  assert.deepEqual(tab.problems, []);
});

test('the reading pane', async () => {
  const tab = await lab.mail({ now, pane: 1 });
  for (const [name, country] of [['weber', 'Germany'], ['tanaka', 'Japan'], ['hassan', 'Egypt']]) {
    await tab.openThread(name);
    await until(`the strip says ${country}`, async () => (await (await tab.strip()).text('.place')) === country);
  }
  assert.match((await tab.marks()).weber, / DE /);
  assert.deepEqual(tab.problems, []);
});

test('the reading pane with late ids', needs('late'), async () => {
  const tab = await lab.mail({ now, pane: 1, late: 1 });
  for (const [name, country] of [['weber', 'Germany'], ['tanaka', 'Japan']]) {
    await tab.openThread(name);
    await until(`the strip says ${country}`, async () => (await (await tab.strip()).text('.place')) === country);
  }
});

test('a letter of the user’s counts at once, and once only', async () => {
  const tab = await lab.mail({ now: Date.now() });
  await tab.openThread('hassan');
  const strip = await spoken(tab);
  assert.equal(await strip.text('.pill'), 'Reply now');
  await tab.reply('Dear Omar, the offer CIF Alexandria follows today.');
  await until('it is the user who wrote last', async () => (await (await tab.strip()).text('.contact')) === 'You wrote today');
  await tab.settled();
  await tab.back();
  await until('the row agrees', async () => !(await tab.marks()).hassan?.startsWith('Reply now'));
  assert.deepEqual(tab.problems, []);
});

test('a fact for which there is no room is left out whole, and the place and the clock never are', async () => {
  // Where Roundcube is narrower it shows list or letter.
  const widths = [700, 900, 1000, 1100, 1300, 1700].filter((width) => width >= NARROWEST);
  for (const locale of ['en', 'ru']) {
    const other = locale === 'en' ? lab : await start({ zone: SELLER, locale });
    try {
      const tab = await other.mail({ now });
      await tab.openThread('russo');
      await spoken(tab);
      const counts = [];
      for (const width of widths) {
        await tab.page.setViewport({ width, height: 800 });
        const facts = await (await tab.strip()).evaluate((root) => {
          const line = root.querySelector('.strip .facts');
          const { top, bottom } = line.getBoundingClientRect();
          const stands = (it) => it.getBoundingClientRect().top < bottom && it.getBoundingClientRect().bottom > top;
          const shown = [...line.children].filter((it) => it.checkVisibility() && stands(it));
          return shown.map((it) => ({ name: it.className, cut: it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 0 }));
        });
        assert.deepEqual(facts.filter(({ cut }) => cut), [], `${locale}, ${width} wide`);
        assert.ok(['place', 'their-time'].every((name) => facts.some((fact) => fact.name === name)), `${locale}, ${width} wide`);
        counts.push(facts.length);
      }
      assert.ok(counts.at(-1) > counts[0], `more room shows more: ${counts}`);
    } finally {
      if (other !== lab) await other.stop();
    }
  }
});

test('a newsletter has one calm line and no tools', async () => {
  const tab = await lab.mail({ now });
  await tab.openThread('fair');
  const strip = await spoken(tab);
  assert.equal(await strip.text(), 'Cadence sees no client in this thread.');
  assert.equal(await strip.count('button'), 0);
});

test('a stranger is not followed unless the user says so', async () => {
  const tab = await lab.mail({ now });
  await tab.openThread('reyes');
  const strip = await spoken(tab);
  assert.equal(await strip.text('.pill'), 'New');
  const before = Number(await lab.badge());
  await strip.click('button', 'Follow');
  await until('she is to be answered', async () => (await strip.text('.pill')) === 'Reply now');
  await until('the badge counts her', async () => Number(await lab.badge()) === before + 1);
});

for (const fixture of ['account-unknown', 'thread-ids-late']) {
  test(`a page that lacks what is needed (${fixture}) has one calm line`, needs('modelled'), async () => {
    const tab = await lab.mail({ fixture });
    const strip = await tab.strip();
    const text = await until('the strip says so', () => strip.text());
    assert.match(text, /^This page has changed: Cadence cannot read .+ here\. Your list in the toolbar still works\.$/);
    assert.equal(await strip.count('button'), 0);
    assert.equal(await strip.evaluate((root) => root.host.offsetHeight), 60);
    await tab.page.$eval('cadence-strip', (it) => { it.parentElement.style.inlineSize = '400px'; });
    const cut = await strip.evaluate((root) => {
      const line = root.querySelector('.facts');
      return line.scrollWidth > line.clientWidth + 1 || line.scrollHeight > line.clientHeight + 1;
    });
    assert.equal(cut, false, 'it is said to its end where there is little room');
    // The saved page has no icon.
    assert.deepEqual(tab.problems.filter((problem) => !problem.includes('404')), []);
  });
}
