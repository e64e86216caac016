// The forms in which letters are written: a reply below its thread, and a window of its own.

import { h } from './dom.js';
import { legacy } from './ids.js';
import { last } from './mailbox.js';
import { arrow } from './schedule.js';

/** A reply to the thread's last message, a draft that was begun, or its last message to be forwarded. */
export function form(open, { words }, draft = null, forward = false) {
  const replied = last(open);
  const hidden = {
    composeid: legacy(replied.id + 1n), draft: draft ? `#${draft.permanent}` : '',
    rt: `#${open.permanent}`, rm: `#${replied.permanent}`, subject: `${forward ? 'Fwd' : 'Re'}: ${open.subject}`,
  };
  return h('div', { class: 'M9' }, h('form', { class: 'bAs' },
    Object.entries(hidden).map(([name, value]) => h('input', { type: 'hidden', name, value })),
    forward ? lines([], words, input(words)) : lines([open.client], words, null),
    editor(words, forward ? h('div', { class: 'gmail_quote' }, replied.text) : draft?.text),
    buttons(words)));
}

const input = (words) => h('input', { class: 'agP aFw', role: 'combobox', 'aria-label': words.to, size: 30 });

/** A new letter, in a window over the page, or `alone` in one of the browser's. */
export function letter({ words }, alone = false) {
  const to = input(words);
  return h('div', { class: alone ? 'aSs' : 'dw' }, h('div', { class: 'nH' }, h('div', { class: 'nH' }, h('div', { class: 'no' },
    h('div', { class: 'AD' }, h('div', { class: 'nH Hd', role: 'dialog', 'aria-label': words.compose },
      h('div', { class: 'M9' }, h('form', { class: 'bAs' },
        h('input', { type: 'hidden', name: 'composeid', value: '1' }),
        h('input', { type: 'hidden', name: 'draft', value: '' }),
        lines([], words, to),
        h('input', { class: 'aoT', name: 'subjectbox', 'aria-label': words.subject, placeholder: words.subject }),
        editor(words),
        buttons(words)))))))));
}

/** Somebody that a letter goes to. */
export const recipient = ({ name, email }) =>
  h('div', { class: 'afx', role: 'option', 'data-name': name, 'data-hovercard-id': email }, name);

const lines = (people, words, input) =>
  h('table', { class: 'GS' }, h('tbody', {}, h('tr', { class: 'anm', name: 'to' },
    h('td', {}, `${words.to} `, h('div', { role: 'listbox' }, people.map(recipient)), input))));

const editor = (words, text) =>
  h('div', { class: 'Ap' }, h('div', {
    class: 'Am Al editable', g_editable: 'true', contenteditable: 'true', role: 'textbox',
    'aria-label': words.body, 'aria-multiline': 'true', tabindex: 1,
  }, text));

const buttons = (words) =>
  h('table', { class: 'iN' }, h('tbody', {},
    h('tr', {}, h('td', { class: 'aDg' }, h('div', { class: 'aDj' }, h('div', { class: 'aDh' })))),
    h('tr', { class: 'btC' }, h('td', { class: 'gU Up' }, h('div', { class: 'J-J5-Ji btA' }, h('div', { class: 'dC' },
      h('div', { class: 'T-I J-J5-Ji aoO v7 T-I-atl L3', role: 'button', tabindex: 1 }, words.send),
      words.schedules ? arrow(words) : null))))));
