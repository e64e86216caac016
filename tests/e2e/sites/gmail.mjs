// The demo mailbox in Gmail's place, and what a user does in it. Every file beside this one has the same members,
// which know the same threads by the same short names (demo/letters.js).

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ROOT } from '../package.mjs';
import { until } from '../until.mjs';

const HOST = 'https://mail.google.com';

/** What cannot be seen in it that a test may need, each with the reason that is printed where the test is skipped. */
export const LACKS = {
  plain: 'Gmail has one editor, in the page itself',
  files: 'the demo mailbox takes no files',
  replaced: 'Gmail writes an answer beside its thread',
  copied: 'Gmail has “schedule send”',
  named: 'Gmail’s host is known without being named',
};

/** The server that `cargo xtask` has started, or one of our own; `hosts` is what a browser is to reach through it. */
export async function serve() {
  if (process.env.CADENCE_MAILBOX) return mailbox(process.env.CADENCE_MAILBOX, () => {});
  const words = ['xtask', 'serve', '--with-parent'];
  const child = spawn('cargo', words, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) return mailbox(line, () => child.stdin.end());
  throw new Error('`cargo xtask serve` does not answer');
}

function mailbox(line, stop) {
  const { port, spki } = JSON.parse(line);
  return { hosts: [{ host: 'mail.google.com', port, spki }], port, spki, stop };
}

/** Shows the mailbox in a new tab. A site may also have `prepare(lab)`, to let Cadence know it. */
export function visit(tab, query, { account = 0, hash = '' }) {
  return tab.page.goto(`${HOST}/mail/u/${account}/?${new URLSearchParams(query)}${hash}`);
}

/** Whether this is an address of the first mailbox. */
export const isMail = (_, address) => address.startsWith(`${HOST}/mail/u/0/`);

/** Opens a thread from the list on show, by its short name. */
export async function openThread(tab, name) {
  await tab.onShow(`tr[data-key="${name}"] .xW, tr[data-key="${name}"] .apm`, async (element) => {
    // Nearer the edge it may lie below the toolbar.
    await element.evaluate((it) => it.scrollIntoView({ block: 'center' }));
    await element.click();
  });
  await tab.onShow('h2.hP');
}

/** Runs in the page, alone: the subject of the thread on show; null when none is. */
export const shown = () => [...document.querySelectorAll('h2.hP')].find((it) => it.checkVisibility())?.textContent ?? null;

/** Goes from a thread to the one that was open before, without the list in between. */
export async function returnTo(tab) {
  await tab.page.goBack();
  await tab.page.goBack();
}

/** Back to the list. */
export async function back(tab) {
  await tab.onShow('[role="main"] a.lS', (element) => element.click());
  await tab.onShow('tr.zA');
}

/** Answers the open thread. */
export async function reply(tab, text) {
  await tab.onShow('.bkH', (element) => element.click());
  await tab.onShow('[g_editable]', (element) => element.type(text));
  await tab.onShow('.aoO', (element) => element.click());
}

/** Begins an answer to the open thread; the text has the focus. */
export function answer(tab) {
  return tab.onShow('.bkH', (element) => element.click());
}

/** Begins a new letter to these addresses. */
export async function write(tab, ...addresses) {
  await tab.page.click('.T-I-KE');
  for (const address of addresses) await tab.page.type('.dw .agP', `${address}\n`);
}

/** Adds an address to the letter that is being written. */
export const addressTo = (tab, address) => tab.onShow('.agP', (field) => field.type(`${address}\n`));

/** Begins to forward the open thread's last letter to an address. */
export async function forward(tab, address) {
  await tab.onShow('.bkG', (element) => element.click());
  await addressTo(tab, address);
}

/** Goes on writing at the end of the letter's text. */
export const typeText = (tab, text) => tab.onShow('[g_editable]', (element) => element.type(text));

/** What the user has written in the letter. */
export const written = (tab) => tab.page.$eval('[g_editable]', (editor) => editor.innerText);

/** How wide the window is at least in which a thread that was opened stays on show. */
export const NARROWEST = 0;

/** The letter's field for the subject. */
export const SUBJECT = '[name="subjectbox"]';

/** Sends the letter that is being written. */
export const send = (tab) => tab.onShow('.aoO', (element) => element.click());

/** A letter comes in; see `Mailbox.receive` in demo/mailbox.js. */
export function newMail(tab, detail) {
  return tab.page.evaluate((it) => {
    document.dispatchEvent(new CustomEvent('demo:new-mail', { detail: it }));
  }, detail);
}

/** Runs in the page, alone: the short name of the thread whose chip has this root. */
export function nameOf(root) {
  let row = root.host.closest('tr');
  while (row && !row.dataset.key) row = row.previousElementSibling;
  return row?.dataset.key;
}

/** The short names of the threads in the list, in its order. */
export function rows(tab) {
  return tab.page.$$eval('tr[data-key]', (all) => all.map((row) => row.dataset.key));
}

/** How many rows of the list, where each is a message, tell of somebody to write to: all but the newsletter. */
export const countClients = async (tab) => (await rows(tab)).length - 1;

/** Puts the focus on what stands before the strip. */
export const focusBefore = (tab) => tab.page.focus('h2.hP');

/** A letter that was just sent has its number. */
export function settled(tab) {
  const all = () => tab.page.$$eval('.adn.ads', (letters) => letters.every((it) => it.dataset.legacyMessageId));
  return until('the letter has its number', all);
}

/** Loads the page anew, with the open thread on it. */
export function reload(tab) {
  return tab.page.reload();
}
