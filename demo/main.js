// A small webmail that is to an extension what Gmail is: the same structure, ids and habits.
//
// What a test can do from outside: `document.dispatchEvent(new CustomEvent('demo:new-mail', {detail}))`
// with detail {thread, from, subject, text, at}, all but one of `thread` and `from` left out at will;
// see `Mailbox.receive`. Everything else goes by clicks, keys and the address.

import { form, letter, recipient } from './compose.js';
import { h } from './dom.js';
import { frame } from './frame.js';
import { token } from './ids.js';
import { cells, entries, list, row } from './list.js';
import { last, Mailbox } from './mailbox.js';
import { options } from './options.js';
import { ask, menu } from './schedule.js';
import { expanded, root, thread, threadIds } from './thread.js';
import { speak } from './words.js';

/** How long a letter of ours goes without its number. */
const SETTLES = 2000;
/** How long sending can be undone. */
const UNDO = 5000;
/** How long late ids are late. */
const LATE = 300;
/** So many threads that were left stay in the page, hidden, as Gmail keeps them. */
const KEPT = 3;

const page = document.documentElement;
const chosen = options(location.pathname, location.search, Number(page.dataset.began));
const fixed = new URLSearchParams(location.search).has('now');
const context = { ...chosen, words: speak(chosen), mailbox: new Mailbox(chosen) };
const { words, mailbox } = context;
const views = new Map();

page.lang = words.locale;
page.dataset.theme = chosen.theme;
page.dataset.density = chosen.density;
document.body.dir = words.dir;
replay();
document.body.append(...frame(context, []), menu(words));
const stage = document.querySelector('.views');
if (chosen.open && !location.hash) {
  history.replaceState(null, '', `#inbox/${mailbox.find(chosen.open)?.token ?? ''}`);
}
if (chosen.popout) {
  document.body.classList.add('xE', 'xp');
  document.body.append(letter(context, true));
  document.title = `${words.compose} - ${mailbox.me.email} - Gmail`;
} else {
  addEventListener('hashchange', route);
  route();
}

/** Shows what the address names: `#inbox`, `#sent`, `#inbox/…`, `#search/word/…`. */
function route() {
  const parts = decodeURIComponent(location.hash.slice(1)).split('/');
  const folder = parts[0] === 'sent' ? 'sent' : 'inbox';
  const entry = parts.length > 1 ? entryOf(parts.at(-1)) : null;
  if (!views.has(folder) && (!entry || chosen.pane)) add(folder, list(folder, context));
  if (entry) open(folder, entry);
  else show(folder);
  for (const link of document.querySelectorAll('.aim')) {
    link.classList.toggle('ain', link.dataset.folder === folder);
  }
  caption(entry);
}

function open(folder, { thread: opened, message }) {
  opened.unread = false;
  const only = chosen.conversations ? null : message;
  if (chosen.pane) {
    show(folder);
    const view = views.get(folder);
    view.querySelector('.ao9').replaceChildren(root(opened, context, only));
    mark(view, opened);
  } else {
    const key = `${folder}/${opened.token}`;
    views.get(key)?.remove();
    views.delete(key);
    add(key, thread(opened, context, folder, only));
    show(key);
    forget();
  }
  if (chosen.late) setTimeout(() => identify(opened), LATE);
  refresh();
}

function show(key) {
  for (const [name, view] of views) view.style.display = name === key ? '' : 'none';
  const view = views.get(key);
  if (chosen.pane) view.querySelector('.ao9').replaceChildren(h('div', { class: 'nothing' }, words.empty));
  scrollTo(0, 0);
}

function add(key, view) {
  view.style.display = 'none';
  views.set(key, view);
  stage.append(view);
}

function forget() {
  const left = [...views.keys()].filter((key) => key.includes('/'));
  for (const key of left.slice(0, Math.max(0, left.length - KEPT))) {
    views.get(key).remove();
    views.delete(key);
  }
}

/** The late ids arrive. */
function identify(opened) {
  for (const h2 of document.querySelectorAll('h2.hP')) {
    if (h2.textContent !== opened.subject) continue;
    for (const [name, value] of Object.entries(threadIds(opened, false))) h2.setAttribute(name, value);
  }
}

/** The row that the reading pane shows. */
function mark(view, opened) {
  for (const tr of view.querySelectorAll('tr.zA[id]')) {
    tr.classList.toggle('aps', tr.dataset.key === opened.slug);
  }
}

/**
 * Builds the rows of every list anew: those of `changed` from nothing, the cells of the others. An
 * extension's marks in them are lost, as they are in Gmail.
 */
function refresh(changed = null) {
  for (const folder of ['inbox', 'sent']) {
    const view = views.get(folder);
    if (!view) continue;
    const body = view.querySelector('table.F > tbody');
    const shown = view.querySelector('tr.aps')?.dataset.key;
    const old = new Map([...body.querySelectorAll('tr[data-key]')].map((tr) => [tr.dataset.key, group(tr)]));
    const groups = entries(folder, context).map((entry) => {
      const trs = old.get(entry.key);
      if (!trs || entry.thread === changed) return row(folder, entry, context);
      if (changed || trs[0].classList.contains('zE') !== entry.thread.unread) {
        for (const tr of trs) tr.replaceChildren();
        cells(trs, folder, entry, context);
      }
      return trs;
    });
    if (changed) body.replaceChildren(...groups.flat());
    body.querySelector(`tr[data-key="${shown}"]`)?.classList.add('aps');
  }
  const count = document.querySelector('[data-folder="inbox"] .bsU');
  count.textContent = mailbox.unread || '';
}

/** All rows of the entry that starts here. */
function group(first) {
  const trs = [first];
  while (trs.at(-1).nextElementSibling && !trs.at(-1).nextElementSibling.id) trs.push(trs.at(-1).nextElementSibling);
  return trs;
}

function caption(entry) {
  const name = location.hash.startsWith('#sent') ? words.sent : words.inbox;
  const count = name === words.inbox && mailbox.unread ? ` (${mailbox.unread})` : '';
  const place = entry && !chosen.pane ? entry.thread.subject : `${name}${count}`;
  document.title = `${place} - ${mailbox.me.email} - Gmail`;
}

function entryToken({ thread: of, message }) {
  return chosen.conversations ? of.token : token(message.id);
}

function entryOf(word) {
  return entries('inbox', context).find((entry) => entryToken(entry) === word || entry.thread.legacy === word) ?? null;
}

function current() {
  return entryOf(decodeURIComponent(location.hash).split('/').at(-1));
}

// ---- What the user does.

stage.addEventListener('click', ({ target }) => {
  const box = target.closest('[role="checkbox"]');
  if (box) {
    const on = box.closest('tr').classList.toggle('x7');
    box.setAttribute('aria-checked', on);
    return;
  }
  if (target.closest('.T-KT')) {
    target.closest('.T-KT').classList.toggle('starred');
    return;
  }
  const tr = target.closest('tr.zA');
  if (tr) return follow(tr);
  const item = target.closest('.kv');
  if (item) return unfold(item);
  const fold = target.closest('.adv');
  if (fold) {
    for (const hidden of fold.parentElement.querySelectorAll('.kQ')) hidden.classList.replace('kQ', 'kv');
    fold.remove();
    return;
  }
  if (target.closest('.bkH')) return answer();
  if (target.closest('.bkG')) return answer(true);
});

document.addEventListener('click', ({ target }) => {
  if (target.closest('.T-I-KE')) return compose();
  if (target.closest('.aoO')) return send(target.closest('.M9'));
});
// Gmail's menus open when the mouse goes down, and their items are taken when it comes up.
let laterFor = null;
document.addEventListener('mousedown', ({ target }) => {
  const button = target.closest('.hG');
  const shown = document.querySelector('#sbddm');
  if (button) laterFor = button.closest('.M9');
  if (!shown.contains(target)) shown.style.display = button ? '' : 'none';
});
document.addEventListener('mouseup', ({ target }) => {
  if (!target.closest('[selector="scheduledSend"]')) return;
  document.querySelector('#sbddm').style.display = 'none';
  const compose = laterFor;
  ask(context, time(), (at) => {
    (compose.closest('.dw') ?? compose.closest('.ip') ?? compose).remove();
    toast(`${words.scheduled} ${words.plain(at)}`);
  });
});
// Gmail saves a draft soon after it is begun; from then on it has an id.
document.addEventListener('input', ({ target }) => {
  const saved = target.closest?.('.M9')?.querySelector('[name="draft"]');
  if (saved && !saved.value) saved.value = `#${mailbox.draft(time()).permanent}`;
});
document.addEventListener('keydown', (event) => {
  const { target } = event;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(target.closest('.M9'));
  if (event.key !== 'Enter' || !target.matches?.('.agP')) return;
  event.preventDefault();
  const email = target.value.trim();
  if (!email.includes('@')) return;
  target.parentElement.querySelector('[role="listbox"]').append(recipient(mailbox.person(email)));
  target.value = '';
});

addEventListener('keydown', (event) => {
  const writing = event.target.closest?.('input, textarea, select, [contenteditable="true"]');
  if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'u' && current()) location.hash = `#${location.hash.slice(1).split('/')[0]}`;
  if (event.key === 'r' && current()) answer();
});

document.querySelector('.search').addEventListener('submit', (event) => event.preventDefault());
document.querySelector('.demo-bar')?.addEventListener('submit', (event) => {
  event.preventDefault();
  arrive({ thread: new FormData(event.target).get('client') });
});
document.addEventListener('demo:new-mail', (event) => arrive(event.detail ?? {}));

function follow(tr) {
  let first = tr;
  while (!first.id) first = first.previousElementSibling;
  const folder = first.closest('[role="main"]').dataset.view;
  const entry = entries(folder, context).find(({ key }) => key === first.dataset.key);
  location.hash = `#${folder}/${entryToken(entry)}`;
}

/** A collapsed message opens; its ids come with it. */
function unfold(item) {
  const { thread: opened } = current();
  const message = opened.messages.find(({ legacy }) => legacy === item.dataset.index);
  item.replaceWith(expanded(opened, message, context));
}

function answer(forward = false) {
  const items = visible('[role="listitem"].h7');
  const item = items.at(-1);
  const begun = visible('.M9').at(-1);
  if (!begun) item.querySelector('.gs').append(h('div', { class: 'ip iq' }, form(current().thread, context, null, forward)));
  visible(forward ? '.agP' : '[g_editable]').at(-1).focus();
}

function compose() {
  const made = letter(context);
  document.body.append(made);
  made.querySelector('.agP').focus();
}

function send(compose) {
  if (!compose) return;
  const [to, ...others] = [...compose.querySelectorAll('[role="option"]')].map((it) => it.dataset.hovercardId);
  if (!to) return toast(words.nobody);
  const text = compose.querySelector('[g_editable]').innerText.trim() || words.thanks;
  const draft = compose.querySelector('[name="draft"]').value.slice(1) || null;
  const at = time();
  const dialog = compose.closest('.dw');
  const subject = compose.querySelector('[name="subjectbox"]')?.value;
  const opened = dialog ? mailbox.write(mailbox.person(to), subject, at) : current().thread;
  const message = mailbox.reply(opened, text, at, draft);
  remember(dialog ? { write: to, subject, text, at } : { reply: opened.slug, text, at });
  const item = compose.closest('[role="listitem"]');
  const isDraft = item && !item.querySelector('.gD');
  const left = dialog ?? (isDraft ? item : compose.closest('.ip'));
  const place = left.parentElement;
  left.remove();
  if (!dialog) append(opened, message);
  const settles = setTimeout(() => {
    message.settled = true;
    for (const sent of document.querySelectorAll(`[data-message-id="#${message.permanent}"]`)) {
      sent.setAttribute('data-legacy-message-id', message.legacy);
    }
    refresh(opened);
  }, SETTLES);
  toast(others.length ? `${words.done} (${others.length + 1})` : words.done, () => {
    clearTimeout(settles);
    mailbox.unsend(opened, message);
    for (const sent of document.querySelectorAll(`[data-message-id="#${message.permanent}"]`)) {
      sent.closest('[role="listitem"]').remove();
    }
    forgetLast();
    place.append(left);
    refresh(opened);
  });
}

function arrive(detail) {
  const event = { text: words.thanks, at: time(), ...detail };
  remember({ mail: event });
  const opened = mailbox.receive(event);
  const shown = current()?.thread === opened;
  if (shown) {
    opened.unread = false;
    append(opened, last(opened));
  }
  refresh(opened);
  caption(current());
}

/** A message that was sent or came in while its thread is open. */
function append(opened, message) {
  const held = visible('[role="list"]').at(-1);
  if (!held) return;
  for (const answers of held.querySelectorAll('.amn')) answers.remove();
  held.append(expanded(opened, message, context, true));
}

function visible(selector) {
  return [...stage.querySelectorAll(selector)].filter((element) => element.checkVisibility());
}

function toast(text, undo = null) {
  const alert = document.querySelector('.vh');
  const button = undo && h('span', { class: 'ag a8k', role: 'link', tabindex: 0 }, words.undo);
  alert.replaceChildren(text, ...(button ? [' ', button] : []));
  const goes = setTimeout(() => alert.replaceChildren(), undo ? UNDO : SETTLES);
  button?.addEventListener('click', () => {
    clearTimeout(goes);
    alert.replaceChildren();
    undo();
  });
}

/** Now, or so long after the instant that the address asks for. */
function time() {
  return fixed ? chosen.now + Math.round(performance.now()) : Date.now();
}

// ---- What happened in this tab is still there when the page is loaded again.

function remember(event) {
  const key = `demo ${page.dataset.began}`;
  const events = JSON.parse(sessionStorage.getItem(key) ?? '[]');
  sessionStorage.setItem(key, JSON.stringify([...events, event]));
}

function forgetLast() {
  const key = `demo ${page.dataset.began}`;
  const events = JSON.parse(sessionStorage.getItem(key) ?? '[]');
  sessionStorage.setItem(key, JSON.stringify(events.slice(0, -1)));
}

function replay() {
  for (const { reply, write, subject, mail, text, at } of JSON.parse(sessionStorage.getItem(`demo ${page.dataset.began}`) ?? '[]')) {
    if (mail) mailbox.receive(mail);
    const opened = write ? mailbox.write(mailbox.person(write), subject, at) : mailbox.find(reply);
    if (opened) mailbox.reply(opened, text, at).settled = true;
  }
}
