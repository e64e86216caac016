// Each claim of docs/THREAT_MODEL.md, by its letter and number.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { PACKAGE, needs, start, until } from './harness.mjs';
import { ROOT, packageOf } from './package.mjs';

const now = Date.now();
const ACCOUNT = 'robin@lumenport.example';
const { directory } = packageOf(PACKAGE);
const manifest = JSON.parse(readFileSync(`${directory}/manifest.json`, 'utf8'));
let lab;
before(async () => { lab = await start({ zone: 'UTC' }); });
after(() => lab?.stop());

const listed = async (query = {}) => {
  const tab = await lab.mail({ now, ...query });
  await until('the list is marked', async () => (await tab.marks()).whitfield, { timeout: 15_000 });
  return tab;
};

/** Asks the worker a question as our own script in a tab does: from its world there. */
const askWithin = (tab, question) => lab.driver.evaluate(async (address, call) => {
  const [{ id }] = (await chrome.tabs.query({})).filter(({ url }) => url === address);
  const func = (asked) => chrome.runtime.sendMessage(asked);
  const [{ result }] = await chrome.scripting.executeScript({ target: { tabId: id }, func, args: [call] });
  return result;
}, tab.page.url(), { v: 1, ...question });
/** Everything that lies in the extension's databases and its small storage, as text. */
const kept = () => lab.driver.evaluate(async () => {
  const answer = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const found = { local: await chrome.storage.local.get(), session: await chrome.storage.session.get() };
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) found[`${name} ${store}`] = await answer(database.transaction(store).objectStore(store).getAll());
    database.close();
  }
  return JSON.stringify(found);
});

const legacy = (ms) => (BigInt(ms) << 20n).toString(16);
const ACCOUNT_PART = [{ shape: 0, fields: { title: [[`Inbox - ${ACCOUNT} - Gmail`]] } }];
const see = (parts) => lab.ask({
  ask: 'see', site: 'gmail',
  sighting: { path: '/mail/u/0/#inbox', origin: 'https://mail.google.com', parts: { account: ACCOUNT_PART, ...parts } },
});
const rowOf = (people, at, last = at) => ({
  shape: 0,
  fields: { id: [[legacy(at), null, legacy(last), legacy(last)]], people, subject: [['Hello']], class: [['zA zE']] },
});
const messageOf = (from, to, at, text = 'Hello') => ({
  shape: 0,
  fields: { id: [[legacy(at), null]], from: [from], to: [to], text: [[text]] },
});
const threadOf = (at) => [{ shape: 0, fields: { id: [[legacy(at), null]], subject: [['Hello']] } }];

function files(path = directory) {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const whole = `${path}/${entry.name}`;
    return entry.isDirectory() ? files(whole) : [whole];
  });
}

test('P1: a page’s script finds nothing to speak to', async () => {
  const tab = await listed();
  const reached = await tab.page.evaluate(async (id) => {
    const runtime = globalThis.chrome?.runtime;
    if (!runtime?.sendMessage) return 'no runtime';
    return runtime.sendMessage(id, { v: 1, ask: 'popup' }).then(() => 'answered', (error) => error.message);
  }, lab.id);
  assert.match(reached, /no runtime|Could not establish connection|Receiving end/);
  assert.equal(manifest.externally_connectable, undefined);
  const scripts = files().filter((file) => file.endsWith('.js'));
  for (const file of scripts) assert.doesNotMatch(readFileSync(file, 'utf8'), /onMessageExternal|onConnectExternal|addEventListener\(["']message/, file);
});

test('P2: what a page’s script does to our elements does nothing', async () => {
  const tab = await listed();
  await tab.openThread('hassan');
  const strip = await tab.strip();
  await until('the strip speaks', () => strip.text('.pill'));
  const before = await strip.text('.pill');
  const badge = await lab.badge();
  await tab.page.evaluate(() => {
    // Not a chip: a click on one is a click on its row, which the page itself opens.
    for (const host of document.querySelectorAll('cadence-strip, cadence-dock')) {
      host.click();
      for (const type of ['click', 'submit', 'change', 'toggle']) host.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    }
    document.dispatchEvent(new CustomEvent('cadence', { detail: { ask: 'popup' } }));
    postMessage({ v: 1, ask: 'popup' }, '*');
  });
  const open = await tab.page.evaluate(() => [...document.querySelectorAll('*')].filter((it) => it.localName.startsWith('cadence-') && it.shadowRoot).length);
  assert.equal(open, 0, 'no root of ours is open to the page');
  // Even whoever came into a root would press its buttons in vain.
  const pressed = await strip.evaluate((root) => {
    const buttons = [...root.querySelectorAll('button[type="button"]:not([popovertarget])')].filter((it) => !it.popoverTargetElement);
    for (const button of buttons) button.click();
    return buttons.length;
  });
  assert.ok(pressed > 3, `${pressed} buttons`);
  await lab.ask({ ask: 'popup' });
  await until('the strip says what it said', async () => (await (await tab.strip()).text('.pill')) === before);
  assert.equal(await lab.badge(), badge);
});

test('P3: our script in a page may ask for what a page offers, and for nothing else', async () => {
  const tab = await listed();
  const refused = [
    { ask: 'popup' }, { ask: 'options' }, { ask: 'sidebar' }, { ask: 'webmails' }, { ask: 'checks' },
    { ask: 'held' }, { ask: 'hold', letter: null },
    { ask: 'act', action: { do: 'keep', change: { daily_limit: 3 } } },
    { ask: 'act', action: { do: 'add_webmail' }, fields: { address: 'evil.example', site: 'roundcube' } },
    { ask: 'act', action: { do: 'show_list', unplaced: true } },
    { ask: 'act', action: { do: 'find' }, fields: { query: 'a' } },
    // It cannot pass for a page of ours by saying so.
    { ask: 'popup', guest: false },
  ];
  for (const question of refused) {
    const answer = await askWithin(tab, question);
    assert.deepEqual([answer.answer, answer.code], ['failed', 'stranger'], JSON.stringify(question));
  }
  const table = await askWithin(tab, { ask: 'table', address: tab.page.url() });
  assert.equal(table.answer, 'table');
  assert.equal((await lab.ask({ ask: 'popup' })).answer, 'page');
});

test('P4: an answer to a page tells of nobody who is not on it', async () => {
  const tab = await listed();
  const at = now - 3_600_000;
  const legacy = (ms) => (BigInt(ms) << 20n).toString(16);
  const row = { shape: 0, fields: { id: [[legacy(at), null, legacy(at), legacy(at)]], people: [['new@stranger.example', 'New']], subject: [['Hello']], class: [['zA zE']] } };
  const account = { shape: 0, fields: { title: [[`Inbox - ${ACCOUNT} - Gmail`]] } };
  const answer = await askWithin(tab, {
    ask: 'see', site: 'gmail',
    sighting: { path: '/mail/u/0/#inbox', origin: 'https://mail.google.com', parts: { account: [account], row: [row] } },
  });
  assert.equal(answer.answer, 'drawn');
  const text = JSON.stringify(answer);
  for (const known of ['whitfield', 'hassan', 'weber', 'moreau', 'tanaka']) assert.ok(!text.toLowerCase().includes(known), known);
  assert.equal(answer.focus, undefined, 'what the sidebar shows is not the page’s business');
});

test('P5: a page cannot read our files, but for the sidebar’s own document, which shows it nothing', async () => {
  const tab = await listed();
  const open = manifest.web_accessible_resources.flatMap(({ resources }) => resources);
  for (const { matches } of manifest.web_accessible_resources) assert.ok(matches.every((match) => !/^(<all_urls>|\*:\/\/\*\/)/.test(match)), matches);
  for (const file of ['popup.html', 'options.html', 'worker.js', 'wasm/worker_bg.wasm', 'manifest.json', 'content/content.js']) {
    assert.ok(!open.includes(file), file);
    const read = await tab.page.evaluate((url) => fetch(url).then(() => 'read', () => 'refused'), lab.url(file));
    assert.equal(read, 'refused', file);
  }
});

test('P6: too much is refused in words, and the worker goes on', async () => {
  const tab = await listed();
  const account = [{ shape: 0, fields: { title: [[`Inbox - ${ACCOUNT} - Gmail`]] } }];
  const sighting = (parts) => ({ path: '/mail/u/0/', origin: 'https://mail.google.com', parts: { account, ...parts } });
  const many = (length) => Array.from({ length }, () => ({ shape: 0, fields: {} }));
  const calls = [
    { ask: 'see', site: 'gmail', sighting: sighting({ row: many(2001) }) },
    { ask: 'see', site: 'gmail', sighting: sighting({ message: [{ shape: 0, fields: { text: [['x'.repeat(500_001)]] } }] }) },
    { ask: 'see', site: 'gmail', sighting: sighting({ row: [{ shape: 0, fields: { people: Array.from({ length: 2001 }, () => ['a@b.de']) } }] }) },
    { ask: 'act', action: { do: 'close' }, fields: { about: 'x'.repeat(20_001) } },
    { ask: 'act', action: { do: 'snooze', thread: { account: ACCOUNT, id: 'x'.repeat(100_001) }, client: 'a@b.de', until: null } },
  ];
  for (const call of calls) {
    const answer = await askWithin(tab, call);
    assert.deepEqual([answer.answer, answer.code], ['failed', 'size'], JSON.stringify(call).slice(0, 120));
  }
  for (const call of [{ ask: 'see', site: 'gmail', sighting: [] }, { ask: 'act' }, {}, { ask: 7 }, { ask: 'act', action: { do: 'snooze' } }]) {
    const answer = await askWithin(tab, call);
    assert.deepEqual([answer.answer, answer.code], ['failed', 'question'], JSON.stringify(call));
  }
  assert.equal((await lab.ask({ ask: 'popup' })).answer, 'page');
});

test('P7: an answered question that is sent again changes nothing, whoever sends it', async () => {
  const tab = await listed();
  const client = { account: ACCOUNT, email: 'replayed@client.example' };
  const call = { id: 'replayed-0123456789', ask: 'act', action: { do: 'follow', client, on: true } };
  const first = await lab.ask(call);
  assert.equal(first.answer, 'done');
  await lab.ask({ ask: 'act', action: { do: 'follow', client, on: false } });
  assert.deepEqual(await askWithin(tab, call), first);
  const follow = await lab.driver.evaluate((email) => new Promise((resolve) => {
    indexedDB.open('cadence').onsuccess = ({ target: { result: database } }) => {
      const got = database.transaction('clients').objectStore('clients').get(['robin@lumenport.example', email]);
      got.onsuccess = () => { database.close(); resolve(got.result.follow); };
    };
  }), client.email);
  assert.equal(follow, false);
});

test('M1: what mail says is drawn as text, never as elements', async () => {
  const tab = await lab.mail({ now });
  await tab.newMail({ thread: 'weber', from: 'weber', text: '<img src=x onerror="globalThis.hurt=1"><script>globalThis.hurt=1</script>', at: now });
  await tab.openThread('weber');
  const strip = await tab.strip();
  await until('the strip speaks', () => strip.text('.pill'));
  assert.equal(await strip.evaluate((root) => root.querySelectorAll('img, script, iframe, object, a').length), 0);
  assert.equal(await tab.page.evaluate(() => globalThis.hurt), undefined);
  for (const file of files().filter((it) => it.endsWith('.js') && !it.includes('/wasm/'))) {
    assert.doesNotMatch(readFileSync(file, 'utf8'), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/, file);
  }
});

test('M3: long and broken text is read in proportion, and the worker goes on', async () => {
  const at = now - 7_200_000;
  // What would cost time squared at this length would not end within a test.
  for (const piece of ['a@', '+49 (', '> ', '\u{1f600}\u0301', '<div ', 'Tel. 1-', '\n-- \n', '\ud800']) {
    const text = piece.repeat(Math.floor(490_000 / Buffer.byteLength(piece)));
    const message = messageOf(['long@client.example', text.slice(0, 90_000)], [ACCOUNT, null], at, text);
    const answer = await see({ thread: threadOf(at), message: [message] });
    assert.equal(answer.answer, 'drawn', `${piece}: ${JSON.stringify(answer).slice(0, 200)}`);
  }
  assert.equal((await lab.ask({ ask: 'popup' })).answer, 'page');
});

test('M4: a date from the future is not believed, and a letter from your own address does not turn who wrote to whom', async () => {
  const client = ['early@client.example', 'Early'];
  const [at, ahead] = [now - 86_400_000 * 3, now + 86_400_000 * 40];
  const of = (all) => all.find((it) => it.client === client[0])?.history;
  const threads = async () => of(JSON.parse(await kept())['cadence threads']);
  // You wrote; whoever answers claims to do so in forty days.
  await see({ thread: threadOf(at), message: [messageOf([ACCOUNT, 'me'], client, at)] });
  const before = await threads();
  assert.deepEqual(before.map((touch) => touch.by), ['seller']);
  await see({ row: [rowOf([client, [ACCOUNT, 'me']], at, ahead)] });
  await see({ thread: threadOf(at), message: [messageOf([ACCOUNT, 'me'], client, at), messageOf(client, [ACCOUNT, null], ahead)] });
  assert.ok((await threads()).every((touch) => touch.at <= Date.now() + 86_400_000), JSON.stringify(await threads()));
  // A letter that says to be from you, to you: nobody becomes a client, and nobody's history moves.
  const forged = messageOf([ACCOUNT, 'Robin'], [ACCOUNT, null], now - 3_600_000, 'Wire the money');
  const [clients, history] = [JSON.parse(await kept())['cadence clients'].length, await threads()];
  await see({ thread: threadOf(now - 3_600_000), message: [forged] });
  assert.equal(JSON.parse(await kept())['cadence clients'].length, clients);
  assert.deepEqual(await threads(), history);
});

test('N1: nothing is asked of the network, by page, worker or content script', async () => {
  // The worker that comes next is heard from its start.
  await lab.killWorker();
  const asks = await lab.driver.asks();
  const tab = await listed();
  await tab.openThread('weber');
  await until('the strip speaks', async () => (await tab.strip()).text('.pill'));
  for (const path of ['popup.html', 'options.html', 'sidebar.html', 'report.html']) await (await lab.open(path)).close();
  const asked = await asks.end();
  const { origin } = new URL(tab.page.url());
  const own = asked.filter((url) => url.startsWith(`${origin}/`));
  assert.ok(own.length > 0, 'the page’s own requests are seen');
  // `chrome:` are the browser's own files, such as its address bar's.
  assert.deepEqual(asked.filter((url) => !own.includes(url) && !/^((chrome|moz)-extension|chrome|data|blob):/.test(url)), []);
  // What the page itself loads is the mailbox's, its icon for the browser's tab with it; nothing of it is asked for by us.
  const bare = await start({ extension: false });
  try {
    const plain = new Set();
    const other = await bare.mail({ now }, {}, (it) => { it.on('request', (request) => plain.add(new URL(request.url()).pathname)); });
    await other.openThread('weber');
    const paths = own.map((url) => new URL(url).pathname).filter((path) => !/icon\.(ico|svg)$/.test(path));
    await until(`without us it asks for as much: ${[...new Set(paths)]}`, () => paths.every((path) => plain.has(path)));
  } finally {
    await bare.stop();
  }
});

test('N2: no code comes from elsewhere, and none is made from text', async () => {
  const policy = manifest.content_security_policy.extension_pages;
  const rule = (name) => policy.split(';').map((it) => it.trim().split(' ')).find(([it]) => it === name)?.slice(1);
  assert.deepEqual(rule('default-src'), ["'none'"]);
  assert.deepEqual(rule('script-src'), ["'self'", "'wasm-unsafe-eval'"]);
  assert.deepEqual(rule('connect-src'), ["'self'"]);
  assert.deepEqual(rule('require-trusted-types-for'), ["'script'"]);
  // One policy, which knows one address: that of the thread that reads archives.
  assert.deepEqual(rule('trusted-types'), ['cadence-thread']);
  const makers = files().filter((it) => it.endsWith('.js') && readFileSync(it, 'utf8').includes('createPolicy'));
  assert.deepEqual(makers.map((it) => it.split('/').at(-1)), ['import.js']);
  assert.match(readFileSync(makers[0], 'utf8'), /createScriptURL: \(\) => address/);
  for (const file of files().filter((it) => /\.(js|html|css)$/.test(it))) {
    assert.doesNotMatch(readFileSync(file, 'utf8'), /(src|href)=["']?https?:|import\(["']https?:|from ["']https?:|@import|url\(["']?https?:/, file);
  }
  const page = await lab.open('popup.html');
  await until('it is drawn', () => page.$('h1'));
  // In a turn of its own: what the debugging protocol calls is excepted from the policy.
  const tried = await page.evaluate(() => new Promise((resolve) => {
    const refused = (job) => { try { job(); return false; } catch { return true; } };
    setTimeout(() => resolve([
      refused(() => { document.body.innerHTML = '<b>x</b>'; }), refused(() => globalThis.eval('1')), refused(() => Function('1')()),
    ]));
  }));
  assert.deepEqual(tried, [true, true, true]);
});

test('X1: another extension is not heard', async () => {
  assert.equal(manifest.externally_connectable, undefined);
  assert.match(readFileSync(`${directory}/worker.js`, 'utf8'), /if \(!isOurs\(sender\)\) return false;/);
  const other = mkdtempSync(join(tmpdir(), 'other-'));
  const gecko = { id: 'other@other.example' };
  writeFileSync(join(other, 'manifest.json'), JSON.stringify({ manifest_version: 3, name: 'Other', version: '1', browser_specific_settings: { gecko } }));
  try {
    const { page, name, remove } = await lab.driver.otherExtension(other);
    const said = await page.evaluate((ours) => Promise.race([
      chrome.runtime.sendMessage(ours, { v: 1, ask: 'popup' }).then((answer) => `answered ${JSON.stringify(answer)}`, (error) => error.message),
      new Promise((resolve) => { setTimeout(resolve, 3000, 'no answer'); }),
    ]), name);
    assert.match(said, /Could not establish connection|Receiving end|no answer/);
    const port = await page.evaluate((ours) => new Promise((resolve) => {
      const opened = chrome.runtime.connect(ours);
      opened.onMessage.addListener(() => resolve('answered'));
      opened.onDisconnect.addListener((it) => resolve((it.error ?? chrome.runtime.lastError)?.message ?? 'closed'));
    }), name);
    assert.match(port, /Could not establish connection|Receiving end|closed/);
    await remove();
  } finally {
    rmSync(other, { recursive: true });
  }
});

test('C1: at installation the browser warns of Gmail’s host alone', async () => {
  const warned = await lab.driver.warnings(manifest);
  assert.equal(warned.length, lab.driver.warnsOfHosts ? 1 : 0, `${warned}`);
  for (const warning of warned) assert.match(warning, /mail\.google\.com/);
  const more = await lab.driver.warnings({ ...manifest, permissions: [...manifest.permissions, 'tabs'] });
  assert.ok(more.length > warned.length, 'another one would be seen');
});

test('C1: what is optional is not granted before it is asked for', needs('asks'), async () => {
  const granted = await lab.driver.evaluate(() => chrome.permissions.getAll());
  assert.deepEqual(granted.permissions.toSorted(), manifest.permissions.toSorted());
  // What a content script matches is told beside the hosts.
  assert.ok(granted.origins.every((origin) => origin.startsWith('https://mail.google.com/')), `${granted.origins}`);
});

test('C1: it asks for no more than it says', () => {
  const wanted = new Set([...manifest.permissions, ...(manifest.optional_permissions ?? [])]);
  const told = readFileSync(new URL('../../docs/PERMISSIONS.md', import.meta.url), 'utf8');
  for (const permission of wanted) assert.ok(told.includes(permission), permission);
  for (const broad of ['tabs', 'history', 'cookies', 'webRequest', 'debugger', 'nativeMessaging', '<all_urls>']) assert.ok(!wanted.has(broad), broad);
  assert.deepEqual(manifest.host_permissions, ['https://mail.google.com/*']);
});

test('C2: no text of a letter is among what is kept', async () => {
  const at = now - 5_400_000;
  const word = 'Zeppelinwiesenfest';
  const text = `Dear Robin,\nthe ${word} is in June.\nAnna\nWeber GmbH, 10115 Berlin\nTel. +49 30 1234567`;
  const client = ['anna@kept.example', 'Anna'];
  await see({ thread: threadOf(at), message: [messageOf([ACCOUNT, 'me'], client, at - 60_000), messageOf(client, [ACCOUNT, null], at, text)] });
  const all = await kept();
  assert.ok(all.includes(client[0]), 'the client is kept');
  assert.ok(!all.includes(word), 'the text is not');
});

test('every claim of the threat model has its test', () => {
  const told = readFileSync(new URL('../../docs/THREAT_MODEL.md', import.meta.url), 'utf8');
  const tests = readFileSync(new URL(import.meta.url), 'utf8');
  let claims = 0;
  for (const section of told.split(/^## /m).slice(1)) {
    for (const claim of section.split(/^(?=\d+\. )/m).slice(1)) {
      claims += 1;
      const name = `${section[0]}${Number.parseInt(claim, 10)}`;
      const named = [...claim.split('\n\n')[0].matchAll(/`((?:tests|fuzz)\/[^`]*)`/g)].map(([, path]) => path);
      for (const path of named) assert.ok(existsSync(`${ROOT}${path}`), `${name}: ${path}`);
      if (!named.length) assert.ok(tests.includes(`test('${name}: `), name);
    }
  }
  assert.ok(claims > 15, `${claims} claims were found`);
});
