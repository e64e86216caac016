// The form in which a reply is written.

import { h } from './dom.js';
import { legacy } from './ids.js';
import { last } from './mailbox.js';

/** A reply to the thread's last message, or a draft that was begun. */
export function form(open, { words }, draft = null) {
  const replied = last(open);
  const saved = draft ? `#${draft.permanent}` : '';
  const person = open.client;
  return h('div', { class: 'M9' }, h('form', { class: 'bAs' },
    h('input', { type: 'hidden', name: 'composeid', value: legacy(replied.id + 1n) }),
    h('input', { type: 'hidden', name: 'draft', value: saved }),
    h('input', { type: 'hidden', name: 'rt', value: `#${open.permanent}` }),
    h('input', { type: 'hidden', name: 'rm', value: `#${replied.permanent}` }),
    h('table', { class: 'GS' }, h('tbody', {}, h('tr', { class: 'anm', name: 'to' },
      h('td', {}, `${words.to} `, h('div', { role: 'listbox' },
        h('div', { role: 'option', 'data-name': person.name, 'data-hovercard-id': person.email }, person.name)))))),
    h('div', { class: 'Ap' }, h('div', {
      class: 'Am Al editable', g_editable: 'true', contenteditable: 'true', role: 'textbox',
      'aria-label': words.body, 'aria-multiline': 'true', tabindex: 1,
    }, draft?.text)),
    h('table', { class: 'iN' }, h('tbody', {},
      h('tr', {}, h('td', { class: 'aDg' }, h('div', { class: 'aDj' }, h('div', { class: 'aDh' })))),
      h('tr', { class: 'btC' }, h('td', { class: 'gU Up' }, h('div', { class: 'J-J5-Ji' },
        h('div', { class: 'T-I J-J5-Ji aoO v7 T-I-atl L3', role: 'button', tabindex: 1 }, words.send))))))));
}
