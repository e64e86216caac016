// A letter being written: the word above the button that sends it, a draft put in, and what is learnt when it is sent.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { clock, daysSince } from './expected.mjs';
import { SITE, needs, start, until } from './harness.mjs';

const now = Date.now();
let lab;
before(async () => { lab = await start({ zone: 'Asia/Shanghai' }); });
after(() => lab?.stop());

/** Begins a reply in a thread; gives the word about it. */
async function reply(tab, name) {
  await tab.openThread(name);
  await until('the strip speaks', async () => (await tab.strip()).text());
  await tab.answer();
  return note(tab);
}

/** The word on show, once it speaks. */
function note(tab) {
  return until('a word about the letter', async () => {
    const notes = await tab.shadows('cadence-note');
    for (const one of notes) if (await one.text()) return one;
    return null;
  });
}

/** What is said of the last contact, by the strip or by the word about a letter. */
const contact = async (tab) => {
  const [strip] = await tab.shadows('cadence-strip');
  return (strip ?? (await note(tab))).text('.contact');
};

test('w3 the word tells their time and when a letter is welcome', async () => {
  const tab = await lab.mail({ now });
  const line = await reply(tab, 'weber');
  const said = await line.text();
  assert.ok(said.includes(clock('Europe/Berlin')), said);
  assert.match(said, /good time to send, until 15:00 there|better from .+ their time = .+ yours/);
  assert.ok(said.includes(`You wrote ${daysSince('weber', now)} days ago`), said);
  assert.deepEqual(tab.problems, []);
});

test('g1 a third letter within days is too soon, and the word says from when on it is welcome', async () => {
  const tab = await lab.mail({ now });
  const said = await (await reply(tab, 'russo')).text();
  // Two letters went, two days and three hours ago, and none was answered.
  assert.match(said, /[12] letters? unanswered within [123] days?/);
  assert.match(said, /the next one is welcome from .+ their time = .+ yours/);
});

test('of several recipients the strictest is named', async () => {
  const tab = await lab.mail({ now });
  // He has just been written to; of her nothing is known but where her company is.
  await tab.openThread('russo');
  await until('the strip speaks', async () => (await tab.strip()).text());
  await tab.back();
  await tab.write('lena@lichthaus-nord.de', 'm.russo@lucedelporto.it');
  await until('Russo is named', async () => (await (await note(tab)).text('.who')) === 'Matteo Russo');
});

test('a draft goes in where the user writes, and the editor’s own undo takes it out', async () => {
  const tab = await lab.mail({ now });
  const line = await reply(tab, 'moreau');
  await tab.page.keyboard.type('Bonjour');
  await line.click('.draft-tool');
  await until('the letter is in', async () => /(Dear|Bonjour) Camille,/.test(await tab.written()));
  const written = await tab.written();
  // Not in the line that was begun.
  assert.match(written, /^Bonjour\s+(Dear|Bonjour) Camille/);
  assert.match(written, /track lights for 14 shops/);
  // The first gap is selected: what is typed next fills it.
  const gap = await tab.page.evaluate(() => getSelection().toString());
  assert.match(gap, /^\[.+\]$/);
  await tab.page.keyboard.type('Copper is cheaper by 4 %.');
  assert.ok(!(await tab.written()).includes(gap));
  await tab.press('z');
  await tab.press('z');
  assert.equal((await tab.written()).trim(), 'Bonjour');
  assert.deepEqual(tab.problems, []);
});

test('in a rich editor in a frame, too', needs('plain'), async () => {
  const tab = await lab.mail({ now });
  const line = await reply(tab, 'tran');
  const { page } = tab;
  page.once('dialog', (dialog) => dialog.accept());
  await page.evaluate(() => { globalThis.rcmail.command('toggle-editor', { id: 'composebody', html: true }); });
  const frame = await until('the rich editor is there', async () => {
    const inner = await (await page.$('#composebody_ifr'))?.contentFrame();
    return (await inner?.$('body#tinymce')) && inner;
  });
  await frame.focus('body');
  // Above what is quoted.
  await tab.press('Home');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('Any news?');
  await until('the hint stands', async () => (await line.count('.nudge')) === 1);
  const text = () => frame.evaluate(() => document.body.innerText);
  await line.click('.draft-tool');
  await until('the letter is in', async () => /Dear [^]+\[.+\][^]+Kind regards,/.test(await text()));
  assert.match(await text(), /Any news\?\s+Dear/);
  assert.match(await frame.evaluate(() => getSelection().toString()), /^\[.+\]$/);
  await tab.press('z');
  await until('the editor takes it out again', async () => !/Dear [^]+\[/.test(await text()));
  assert.match(await text(), /^\s*Any news\?\s+On /);
});

test('in a mailbox from right to left', needs('rtl'), async () => {
  const tab = await lab.mail({ now, lang: 'ar' });
  const line = await reply(tab, 'alharbi');
  await line.click('.draft-tool');
  await until('the letter is in', async () => /Dear Faisal,/.test(await tab.written()));
  // Tools are at the end of the line, wherever that is, and within it.
  const places = await line.evaluate((root) => ['.note-line', '.facts', '.tools'].map((one) => {
    const { left, right } = root.querySelector(one).getBoundingClientRect();
    return [Math.round(left), Math.round(right)];
  }));
  const [whole, facts, tools] = places;
  assert.ok(tools[0] >= whole[0] && tools[1] <= whole[1] && facts[0] >= whole[0] && facts[1] <= whole[1], JSON.stringify(places));
  assert.deepEqual(tab.problems, []);
});

test('a new letter gets the draft’s subject, unless it has one', async () => {
  const tab = await lab.mail({ now });
  await tab.write('ecarter@harborside-electric.com');
  const line = await note(tab);
  await line.click('.draft-tool');
  await until('a subject stands there', () => tab.subject());
  const first = await tab.subject();
  await line.click('.choose-tool');
  await line.click('.draft [type=submit]');
  await until('the second letter is in', async () => (await tab.written()).split(/Kind regards,/).length === 3);
  assert.equal(await tab.subject(), first);
});

test('a letter that is forwarded is about whom it goes to, not about whom it is from', async () => {
  const tab = await lab.mail({ now });
  await tab.openThread('weber');
  await until('the strip speaks', async () => (await tab.strip()).text());
  await tab.forward('rohan.mehta@deepjyotilights.co.in');
  const said = await (await note(tab)).text();
  assert.ok(said.includes(clock('Asia/Kolkata')), said);
});

test('a letter in a window of its own has the word, too', async () => {
  const tab = await lab.mail({ now, popout: 1 });
  await tab.addressTo('anna.weber@elbspeicher-licht.de');
  const line = await note(tab);
  assert.ok((await line.text()).includes(clock('Europe/Berlin')), await line.text());
  await line.click('.draft-tool');
  await until('the letter is in', async () => /Dear Anna,/.test(await tab.written()));
  assert.ok(await tab.subject());
  assert.deepEqual(tab.problems, []);
});

test('p2 a letter that only asks for news gets a hint, which goes when it says more', async () => {
  const tab = await lab.mail({ now });
  const line = await reply(tab, 'moreau');
  await tab.page.keyboard.type('Bonjour Camille, any news about our quotation?');
  await until('the hint stands', async () => (await line.count('.nudge')) === 1);
  await tab.page.keyboard.type(' The new price list from 1 December is attached; the market report as well.');
  await until('the hint has gone', async () => (await line.count('.nudge')) === 0);
});

test('p2 what is attached is more than a question', needs('files'), async () => {
  const tab = await lab.mail({ now });
  const line = await reply(tab, 'moreau');
  await tab.page.keyboard.type('Bonjour Camille, any news?');
  await until('the hint stands', async () => (await line.count('.nudge')) === 1);
  const folder = mkdtempSync(join(tmpdir(), 'cadence-'));
  writeFileSync(join(folder, 'LP-2217 drawing.pdf'), '%PDF-1.4');
  await (await tab.page.$('#uploadform input[type="file"]')).uploadFile(join(folder, 'LP-2217 drawing.pdf'));
  await until('the hint has gone', async () => (await line.count('.nudge')) === 0);
  rmSync(folder, { recursive: true });
});

test('what was sent counts at once', async () => {
  const tab = await lab.mail({ now });
  const line = await reply(tab, 'lindqvist');
  assert.ok((await line.text()).includes(`You wrote ${daysSince('lindqvist', now)} days ago`));
  await tab.page.keyboard.type('Hi Maja, the lead times for the spring are attached.');
  await tab.send();
  // Where it is not to be seen any more, the next letter to her is begun.
  if (SITE !== 'gmail') await reply(tab, 'lindqvist');
  await until('the strip knows of it', async () => (await contact(tab)) === 'You wrote today');
});

test('a letter whose sending is undone does not count', needs('undo'), async () => {
  const tab = await lab.mail({ now });
  await reply(tab, 'keller');
  const before = await contact(tab);
  await tab.page.keyboard.type('Hello, the lead times for the spring are attached.');
  await tab.send();
  await until('the strip knows of it', async () => (await contact(tab)) === 'You wrote today');
  await tab.page.click('.vh .a8k');
  await until('the strip knows that it did not go', async () => (await contact(tab)) === before);
});

test('a new letter that was sent counts before its thread was ever on show', async () => {
  const tab = await lab.mail({ now });
  await tab.write('irojas@luzandina.cl');
  await tab.typeSubject('New lamps');
  await tab.typeText('Hola Ignacio, our new catalogue is attached.');
  await tab.send();
  await tab.write('irojas@luzandina.cl');
  await until('it counts', async () => /You wrote today/.test(await (await note(tab)).text()));
});

test('the word can be put away for one client and for all, and comes back', async () => {
  const tab = await lab.mail({ now });
  const line = await reply(tab, 'weber');
  await line.click('.close-tool');
  await line.click('.close .preset', 'Anna Weber');
  const gone = async () => !(await tab.shadows('cadence-note')).length;
  await until('no word', gone);
  await tab.back();
  await reply(tab, 'mehta');
});

/** Pastes into the letter's text what was copied, and gives it. */
async function pasted(tab) {
  await tab.typeText(' ');
  await until('the time can be pasted', async () => {
    await tab.press('v');
    return (await tab.written()).trim();
  });
  const [copied] = (await tab.written()).trim().split('\n');
  assert.match(copied, /^[A-Z][a-z]{2} \d{1,2}, 20\d\d, \d\d:\d\d$/);
  return copied;
}

/** Whether a time of the user's, in Shanghai, lies within 10:00 to 15:00 of a working day in Genoa. */
function isWelcomeInGenoa(stamp) {
  const at = new Date(Date.parse(`${stamp} GMT+0800`));
  const there = new Intl.DateTimeFormat('en-US', { timeZone: 'Europe/Rome', weekday: 'short', hour: 'numeric', hourCycle: 'h23' });
  const { weekday, hour } = Object.fromEntries(there.formatToParts(at).map(({ type, value }) => [type, value]));
  return !/Sat|Sun/.test(weekday) && hour >= 10 && hour < 15;
}

test('the time to send is copied in the user’s own clock', needs('copied'), async () => {
  const tab = await lab.mail({ now });
  const line = await reply(tab, 'russo');
  await line.click('.copy-tool');
  await until('the word says so', async () => /Copied: /.test(await line.text()));
  const copied = await pasted(tab);
  assert.ok(isWelcomeInGenoa(copied), copied);
});

for (const lang of ['en', 'ru', 'zh']) {
  test(`“schedule send” is opened with the time filled in, and nothing is sent: ${lang}`, needs('schedule'), async () => {
    const tab = await lab.mail({ now, lang });
    const line = await reply(tab, 'russo');
    await tab.typeText('The certificates are attached.');
    await line.click('.schedule-tool');
    const fields = () => tab.page.$$eval('.later input', (all) => all.map((field) => [field.value, field.ariaInvalid]));
    // The dialog reads what was typed, in its own language, and says whether it can.
    const filled = await until('both fields are filled in', async () => {
      const found = await fields();
      return found.length === 2 && found.every(([, invalid]) => invalid === 'false') && found;
    });
    if (lang === 'en') {
      const [[date], [time]] = filled;
      assert.ok(isWelcomeInGenoa(`${date} ${time}`), `${date} ${time}`);
    }
    assert.match(await tab.written(), /The certificates are attached\./);
    assert.equal(await tab.page.$eval('.vh', (alert) => alert.innerText.trim()), '');
    // The user confirms, in Gmail's own dialog.
    await tab.page.click('.later button');
    await until('it is scheduled', () => tab.page.$eval('.vh', (alert) => /scheduled for|будет отправлено|将发送于/.test(alert.innerText)));
    assert.deepEqual(tab.problems, []);
  });
}

test('where there is no “schedule send”, the time can be pasted', needs('schedule'), async () => {
  const tab = await lab.mail({ now, later: 0 });
  const line = await reply(tab, 'russo');
  await line.click('.schedule-tool');
  await until('the word says so', async () => /Copied: /.test(await line.text()));
  const copied = await pasted(tab);
  assert.ok(isWelcomeInGenoa(copied), copied);
});
