// A list of threads, row by row as Gmail lays it out.

import { h, icon } from './dom.js';
import { last, people } from './mailbox.js';

let rowNumber = 0x3a;

/** The view of a folder. In a pane the open thread's place is beside the list. */
export function list(folder, context) {
  const { pane, words, rows } = context;
  const table = h('table', { class: `F cf zt rows-${rows}`, role: 'grid', cellpadding: 0 },
    h('tbody', {}, entries(folder, context).map((entry) => row(folder, entry, context))));
  const held = h('div', { class: 'Cp' }, h('div', {}, table));
  const main = { class: 'BltHke nH oy8Mbf', role: 'main', 'data-view': folder };
  if (!pane) {
    return h('div', main, toolbar(), h('div', { class: 'aDP' }, h('div', { class: 'ae4 aDM', gh: 'tl' }, held)));
  }
  return h('div', main, toolbar(), h('div', { class: 'aDP' },
    h('div', { class: 'ae4 aDM aia', gh: 'tl' }, held,
      h('div', { class: 'ao9' }, h('div', { class: 'nothing' }, words.empty)))));
}

/** What a row stands for: a thread, or with conversation view off each message of one. */
export function entries(folder, { mailbox, conversations }) {
  const threads = mailbox.folder(folder);
  if (conversations) return threads.map((thread) => ({ key: thread.slug, thread, message: last(thread) }));
  return threads
    .flatMap((thread) => thread.messages.map((message) => ({ key: message.legacy, thread, message })))
    .sort((a, b) => b.message.at - a.message.at);
}

/** The one to three `<tr>` of an entry; only the first has an id. */
export function row(folder, entry, context) {
  rowNumber += 1;
  const trs = Array.from({ length: context.rows }, () => h('tr', {}));
  trs[0].setAttribute('id', `:${rowNumber.toString(36)}`);
  trs[0].setAttribute('data-key', entry.key);
  cells(trs, folder, entry, context);
  return trs;
}

/** Fills the rows of an entry, new or not. */
export function cells(trs, folder, entry, context) {
  const { rows } = context;
  const unread = entry.thread.unread && entry.message === last(entry.thread);
  const name = rows === 1 ? '' : ' apv';
  trs.forEach((tr, index) => {
    tr.setAttribute('class', `zA ${unread ? 'zE' : 'yO'}${name}${index === 2 ? ' apw' : ''}`);
    tr.setAttribute('role', 'row');
    tr.setAttribute('tabindex', '-1');
  });
  const label = `${context.words.locale}:${entry.key}`;
  trs[0].setAttribute('aria-labelledby', label);
  const parts = rows === 1 ? single : split;
  parts(label, folder, entry, context).forEach((tds, index) => trs[index].append(...tds));
}

function single(label, folder, entry, context) {
  return [[
    h('td', { class: 'PF xY PE' }),
    h('td', { class: 'oZ-x3 xY aid' }, tick(label, 'oZ-jc')),
    h('td', { class: 'apU xY' }, star()),
    h('td', { class: 'WA xY' }, h('div', { class: 'pG', role: 'img' })),
    h('td', { class: 'yX xY' }, spoken(label, folder, entry, context), names(folder, entry, context)),
    h('td', { class: 'xY a4W', role: 'gridcell', tabindex: -1 },
      h('div', { class: 'xS', role: 'link' }, h('div', { class: 'xT' },
        h('div', { class: 'y6' }, subject(entry, context)),
        h('span', { class: 'y2' }, h('span', { class: 'Zt' }, '\u00a0-\u00a0'), snippet(entry))))),
    h('td', { class: 'byZ xY' }),
    h('td', { class: 'yf xY' }, '\u00a0'),
    h('td', { class: 'xW xY' }, date(entry, context)),
  ]];
}

/** Two rows: people and date, subject. Three: the snippet as well. */
function split(label, folder, entry, context) {
  const { rows } = context;
  const tall = { rowspan: rows };
  const first = [
    h('td', { ...tall, class: 'PF xY' }),
    h('td', { ...tall, class: 'apo-x3 xY aid' }, tick(label, 'apo-jc')),
    h('td', { class: `yX xY ${rows === 3 ? 'apy' : 'apx'}` }, spoken(label, folder, entry, context),
      rows === 2 && h('div', { class: 'apu' }, h('div', { class: 'as' }, '\u00a0')),
      names(folder, entry, context)),
    h('td', { class: 'yf xY apt' }, h('div', { class: 'apm' }, date(entry, context)), '\u00a0'),
    h('td', { ...tall, class: 'apU apC' }, star()),
  ];
  const second = [
    h('td', { colspan: 2, tabindex: 0, role: 'link', class: `xY ${rows === 3 ? 'apD' : 'apE'}` },
      h('div', { class: 'xS' }, h('div', { class: 'xT' }, h('div', { class: 'y6' }, subject(entry, context))))),
  ];
  const third = [
    h('td', { colspan: 2, class: 'xY apA' }, h('div', { class: 'apB' },
      h('div', { class: 'apu' }, h('div', { class: 'as' }, '\u00a0')),
      h('div', { class: 'y2 apz' }, snippet(entry)))),
  ];
  return [first, second, third].slice(0, rows);
}

const tick = (label, name) =>
  h('div', { class: `${name} T-Jo J-J5-Ji`, role: 'checkbox', 'aria-labelledby': label, 'aria-checked': 'false', tabindex: -1 },
    h('div', { class: 'T-Jo-auh' }));

const star = () => h('span', { class: 'aXw T-KT', role: 'button' }, icon('star'));

/** The hidden words for screen readers: copies of the row's people and ids. */
function spoken(label, folder, entry, context) {
  const { words } = context;
  return h('div', { id: label, class: 'afn' }, entry.thread.unread && `${words.unread}, `, who(folder, entry, context), ', ',
    h('span', ids(entry, context), entry.thread.subject), `, ${words.brief(entry.message.at)}, ${snippet(entry)}.`);
}

function names(folder, entry, context) {
  const { thread } = entry;
  const count = context.conversations ? thread.messages.length : 1;
  return h('div', { class: 'yW' },
    folder === 'sent' && `${context.words.to} `,
    who(folder, entry, context),
    thread.draft && [', ', h('span', { class: 'boq' }, context.words.draft)],
    count > 1 && [' ', h('span', { class: 'bx0' }, count)]);
}

function who(folder, { thread, message }, { words, mailbox, conversations }) {
  const sent = folder === 'sent';
  const named = sent ? [thread.client] : conversations ? people(thread) : [message.from];
  return named.flatMap((person, index) => {
    const name = person === mailbox.me ? words.me : person.name;
    const shown = named.length > 1 ? name.split(' ')[0] : name;
    const kind = thread.unread && person !== mailbox.me ? 'zF' : 'yP';
    const span = h('span', { class: kind, translate: 'no', email: person.email, name, 'data-hovercard-id': person.email }, shown);
    return index === 0 ? [span] : [', ', span];
  });
}

const subject = (entry, context) =>
  h('span', { class: 'bog' }, h('span', { class: 'bqe', ...ids(entry, context) }, entry.thread.subject));

function ids({ thread, message }, { conversations }) {
  const newest = thread.draft ?? message;
  const of = conversations ? '' : `|${message.permanent}`;
  return {
    'data-thread-id': `#${thread.permanent}${of}`,
    'data-legacy-thread-id': thread.legacy,
    'data-legacy-last-message-id': newest.legacy,
    'data-legacy-last-non-draft-message-id': message.legacy,
    'data-standalone-draft-id': null,
  };
}

const snippet = ({ message }) => message.text.replaceAll('\n', ' ').slice(0, 160);

function date({ message }, { words }) {
  const title = words.full(message.at);
  return h('span', { title, 'aria-label': title }, h('span', { class: 'bq3' }, words.brief(message.at)));
}

const toolbar = () =>
  h('div', { class: 'aqK', gh: 'tm' }, h('div', { gh: 'mtb' },
    h('div', { class: 'box' }), h('div', { class: 'T-I' }, icon('refresh')), h('div', { class: 'T-I' }, icon('more'))));
