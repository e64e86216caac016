// A real Roundcube with the demo's letters in it, and what a user does in it; the members of sites/gmail.mjs. Every lab
// has a mailbox of its own.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { seed } from '../../roundcube/seed.mjs';
import { ROOT } from '../package.mjs';
import { until } from '../until.mjs';

/** See gmail.mjs. */
export const LACKS = {
  rows: 'a row of Roundcube’s is one element',
  still: 'Roundcube moves parts of its own as it loads, each time others',
  folds: 'Roundcube shows one letter at a time, and that one tells where its writer is',
  sure: 'of the one letter on show in Roundcube the browser need not be sure in which language it is',
  late: 'in Roundcube a letter’s numbers are there when it is',
  modelled: 'modelled pages are the demo mailbox’s',
  ids: 'a letter’s numbers stay as they are as long as it is on show in Roundcube',
  list: 'in Roundcube the list stays beside the letter',
  numbers: 'Roundcube’s letters have no number that an archive has, too',
  accounts: 'Roundcube shows one mailbox in a browser',
  undo: 'what was sent in Roundcube is sent',
  schedule: 'Roundcube sends at once',
  theme: 'the demo mailbox alone is told of its theme',
  forged: 'Roundcube’s server cuts a name of 40 kB off, and the address with it',
  rtl: 'Roundcube’s skin reads from left to right in every language',
  beside: 'in Roundcube an answer takes the place of its thread',
  asks: 'nobody could answer the browser’s question whether Roundcube’s host may be read, so it is granted from the start',
};

/** What the webmail's page says itself: a font was still on its way (NS_BINDING_ABORTED) when the frame went on to another letter. */
export const NOISE = /downloadable font: download failed .* status=2152398850 /;

let labs = 0;

/** The server that `cargo xtask` has started, or one of our own. */
export async function serve() {
  if (process.env.CADENCE_ROUNDCUBE) return roundcube(process.env.CADENCE_ROUNDCUBE, () => {});
  const words = ['xtask', 'serve', '--roundcube', '--with-parent'];
  const child = spawn('cargo', words, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  const stop = () => {
    child.stdin.end();
    return ended;
  };
  for await (const line of createInterface(child.stdout)) return roundcube(line, stop);
  throw new Error('`cargo xtask serve --roundcube` does not answer');
}

function roundcube(line, stop) {
  labs += 1;
  return {
    ...JSON.parse(line),
    // Nobody is there to answer the browser's question whether this host may be read.
    grants: ['http://127.0.0.1/*'],
    hosts: [],
    user: `robin.${process.pid}.${labs}`,
    mailbox: null,
    stop,
  };
}

/** Names the webmail on the options page, as a user does. */
export async function prepare(lab) {
  if (!lab.id) return;
  const page = await lab.open('options.html');
  await page.waitForSelector('.add-webmail');
  await page.type('.add-webmail [name="address"]', `${lab.server.url}?_task=mail`);
  await page.select('.add-webmail select', 'roundcube');
  await page.click('.add-webmail [type="submit"]');
  await page.waitForSelector('.webmails li');
  const registered = () => lab.driver.evaluate(() => chrome.scripting.getRegisteredContentScripts());
  await until('our scripts are registered', async () => (await registered()).length === 1);
  await page.close();
}

/** Shows the mailbox in a new tab, after a login where one is asked for. */
export async function visit(tab, { now, count, open, lang = 'en', conversations, popout }, { hash = '' } = {}) {
  const { page, server } = tab;
  server.mailbox ??= seed(server.mail, server.user, { now: Number(now) || Date.now(), count: Number(count) || 0 });
  await names(tab);
  // It asks for the language at a mailbox's first login alone.
  await page.setCookie({ name: 'demo_language', value: lang, domain: new URL(server.url).hostname, path: '/' });
  const folder = `?_task=mail&_mbox=${hash === '#sent' ? 'Sent' : 'INBOX'}&_threads=${conversations === 'off' ? 0 : 1}`;
  const address = server.url + (popout ? '?_task=mail&_action=compose&_extwin=1' : folder);
  await page.goto(address);
  if (await page.$('#rcmloginuser')) {
    await page.type('#rcmloginuser', server.user);
    await page.type('#rcmloginpwd', server.password);
    await Promise.all([page.waitForNavigation(), page.click('#rcmloginsubmit')]);
    await page.goto(address);
  }
  if (popout) return void (await tab.onShow('#compose-content'));
  await tab.onShow('#messagelist tr.message');
  if (open) await openThread(tab, open);
}

/** Whether this is an address of the mailbox. */
export const isMail = (server, address) => address.startsWith(server.url);

/** Opens a thread from the list on show, by its short name. */
export async function openThread(tab, name) {
  const { subject } = tab.server.mailbox.box.find(name);
  const row = await until(`${name} is in the list`, async () => {
    const found = await tab.page.evaluateHandle(rowOf, subject);
    return found.asElement();
  });
  await row.evaluate((it) => it.scrollIntoView({ block: 'center' }));
  // The date gives way to tools under the mouse and where the row is selected.
  await (await row.$('td.subject .fromto')).click();
  await until(`${name} is open`, async () => (await tab.shown())?.includes(subject), { timeout: 10_000 });
  tab.name = name;
}

/** Runs in the page, alone: the subject of the letter on show, beside the list or in a window of its own; null when none is. */
export const shown = () => {
  const within = document.querySelector('#messagecontframe')?.contentDocument ?? document;
  return within.querySelector('h2.subject')?.textContent ?? null;
};

/** From letter to letter. */
export const returnTo = (tab, name) => openThread(tab, name);

/** Back to the list alone. */
export async function back(tab) {
  if (await tab.page.$('#compose-content')) {
    // What was written is thrown away.
    const discard = (dialog) => dialog.accept();
    tab.page.on('dialog', discard);
    await tab.page.goto(`${tab.server.url}?_task=mail`);
    tab.page.off('dialog', discard);
    return void (await tab.onShow('#messagelist tr.message'));
  }
  await idle(tab);
  await tab.onShow('#mailboxlist li.inbox > a', (element) => element.click());
  await until('no letter is open', async () => !(await tab.shown()));
  await idle(tab);
  await tab.onShow('#messagelist tr.message');
}

/** While it is busy with something else a click does nothing. */
const idle = (tab) => until('Roundcube is not busy', () => tab.page.evaluate(() => !globalThis.rcmail.busy), { timeout: 10_000 });

/** Answers the open thread, and shows it again. */
export async function reply(tab, text) {
  const { name } = tab;
  await answer(tab);
  await typeText(tab, text);
  await send(tab);
  await tab.onShow('#messagelist tr.message');
  await openThread(tab, name);
}

/** Begins an answer to the open thread; the text has the focus, below what it quotes. */
export async function answer(tab) {
  await idle(tab);
  await tab.onShow('#toolbar-menu a.reply:not(.disabled)');
  await Promise.all([tab.page.waitForNavigation(), tab.onShow('#toolbar-menu a.reply', (element) => element.click())]);
  await tab.onShow('#composebody', (element) => element.focus());
}

/** Begins a new letter to these addresses. */
export async function write(tab, ...addresses) {
  await idle(tab);
  await Promise.all([tab.page.waitForNavigation(), tab.onShow('a.compose', (element) => element.click())]);
  for (const address of addresses) await addressTo(tab, address);
}

/** Adds an address to the letter that is being written. */
export const addressTo = (tab, address) => tab.onShow('#compose_to .recipient-input input', (field) => field.type(`${address},`));

/** Begins to forward the letter on show to an address. */
export async function forward(tab, address) {
  await idle(tab);
  await tab.onShow('#toolbar-menu a.forward:not(.disabled)');
  await Promise.all([tab.page.waitForNavigation(), tab.onShow('#toolbar-menu a.forward', (element) => element.click())]);
  await addressTo(tab, address);
}

/** Goes on writing at the end of the letter's text. */
export const typeText = (tab, text) => tab.onShow('#composebody', (element) => element.type(text));

/** What the user has written in the letter. */
export const written = (tab) => tab.page.$eval('#composebody', ({ value }) =>
  value.split('\n').filter((line) => !/^>|wrote:$/.test(line)).join('\n').trim());

/** How wide the window is at least in which list and letter stand side by side. */
export const NARROWEST = 1000;

/** The letter's field for the subject. */
export const SUBJECT = '#compose-subject';

/** Sends the letter that is being written. */
export const send = (tab) =>
  Promise.all([tab.page.waitForNavigation({ timeout: 20_000 }), tab.onShow('button.send', (element) => element.click())]);

/** A letter comes in; see `Mailbox.receive` in demo/mailbox.js. */
export async function newMail(tab, detail) {
  const newest = () => tab.page.evaluate(() => Math.max(...Object.keys(globalThis.rcmail.env.messages).map(Number)));
  const idle = () => until('Roundcube is idle', () => tab.page.evaluate(() => !globalThis.rcmail.busy && !globalThis.$.active));
  // While it is busy with something else it does not look.
  const look = async () => {
    await idle();
    await tab.page.evaluate(() => globalThis.rcmail.command('checkmail'));
    await idle();
  };
  // Requests side by side can lose what its session holds of the folder, and it shows only what came since.
  await look();
  const before = await newest();
  tab.server.mailbox.receive({ ...detail, at: Date.now() });
  await names(tab);
  await until('the letter is in the list', async () => (await newest()) > before || (await look(), false));
}

/** Tells the page, for `nameOf`, which thread has which subject. */
async function names(tab) {
  const { box } = tab.server.mailbox;
  const known = Object.fromEntries(box.threads.map(({ subject, slug }) => [subject, slug]));
  const set = (value) => { globalThis.demoNames = value; };
  await tab.page.evaluateOnNewDocument(set, known);
  await tab.page.evaluate(set, known);
}

/** Runs in the page: the row on show that begins the conversation of a subject. */
function rowOf(subject) {
  const of = (row) => row.querySelector('.subject a')?.textContent.trim();
  return [...document.querySelectorAll('#messagelist tr.message')].find((row) => of(row) === subject && row.checkVisibility());
}

/** Runs in the page, alone: the short name of the thread whose chip has this root. */
export function nameOf(root) {
  const subject = root.host.closest('tr')?.querySelector('.subject a')?.textContent.trim();
  return globalThis.demoNames?.[subject] ?? globalThis.demoNames?.[subject?.replace(/^Re: /, '')];
}

/** The short names of the threads in the list, in its order. */
export function rows(tab) {
  return tab.page.$$eval('#messagelist tr.message', (all) => all
    .filter((row) => row.checkVisibility())
    .map((row) => row.querySelector('.subject a').textContent.trim())
    .map((subject) => globalThis.demoNames[subject] ?? globalThis.demoNames[subject.replace(/^Re: /, '')]));
}

/** How many rows of the list, where each is a message, tell of somebody to write to: neither the newsletter nor the user's own. */
export function countClients(tab) {
  const { box, me } = tab.server.mailbox;
  const others = [me.email, box.find('fair').client.email];
  return tab.page.$$eval('#messagelist tr.message .rcmContactAddress', (all, not) => all.filter(({ title }) => !not.includes(title)).length, others);
}

/** Puts the focus on what stands before the strip: the last of the tools above the letter. */
export async function focusBefore(tab) {
  const tools = await tab.page.$$('#toolbar-menu a:not(.disabled)');
  const shown = [];
  for (const tool of tools) if (await tool.isVisible()) shown.push(tool);
  await shown.at(-1).focus();
}

/** A letter that was sent has its number at once. */
export async function settled() {}

/** Loads the page anew, with the open thread on it, which has no address beside the list. */
export async function reload(tab) {
  await tab.page.reload();
  await openThread(tab, tab.name);
}
