// Sending later: the menu beside “Send”, the dialog with times to choose from, and the one with a date and a time.

import { h } from './dom.js';

const DAY = 86_400_000;

/** The arrow beside “Send”. */
export const arrow = (words) => h('div', {
  class: 'T-I J-J5-Ji hG T-I-atl L3', role: 'button', tabindex: 1, 'aria-label': words.later,
  'aria-haspopup': 'true', 'aria-expanded': 'false',
}, h('div', { class: 'G-asx' }, '▾'));

/** Its menu, which is in the page from the beginning. */
export const menu = (words) => h('div', { id: 'sbddm', class: 'q8NmZb J-M jQjAxd', role: 'menu', style: 'display: none' },
  h('div', { class: 'SK AX' }, h('div', { class: 'J-N yr', selector: 'scheduledSend', role: 'menuitem' },
    h('div', { class: 'J-N-Jz' }, words.schedule))));

/**
 * Asks when. A click on one of the times schedules at once, as in Gmail; the last one asks for a date and a time,
 * which it reads as the mailbox's language writes them and not otherwise.
 */
export function ask({ words }, now, done) {
  const at = (days, hour) => new Date(now + days * DAY).setHours(hour, 0, 0, 0);
  const times = [[words.morning, at(1, 8)], [words.afternoon, at(1, 13)], [words.monday, at(7, 8)]];
  const item = ([label, when]) => h('div', { class: 'Az', role: 'menuitem', 'data-at': when, tabindex: 0 },
    h('div', { class: 'Aj' }, label), h('div', { class: 'Ay' }, words.plain(when)));
  const dialog = h('div', { class: 'later', role: 'dialog', 'aria-label': words.schedule },
    h('div', { class: 'ZkmAeb', role: 'menu' }, times.map(item),
      h('div', { class: 'Az AM', role: 'menuitem', tabindex: 0 }, h('div', { class: 'Aj' }, words.pick))));
  dialog.addEventListener('click', ({ target }) => {
    const chosen = target.closest('.Az');
    if (!chosen) return;
    if (chosen.dataset.at) done(Number(chosen.dataset.at));
    // It takes a moment to come.
    else setTimeout(() => dialog.replaceWith(pick(words, at(1, 8), done)), 120);
    if (chosen.dataset.at) dialog.remove();
  });
  document.body.append(dialog);
}

function pick(words, first, done) {
  const field = (label, value) => h('input', { type: 'text', jsname: 'YPqjbf', 'aria-label': label, value });
  const [date, time] = [field(words.date, words.day(first)), field(words.time, words.clock(first))];
  const button = h('button', { type: 'button' }, h('span', { jsname: 'V67aGc' }, words.schedule));
  const dialog = h('div', { class: 'later', role: 'dialog', 'aria-label': words.pick }, date, time, button);
  let chosen = { date: date.value, time: time.value };
  const read = () => {
    const days = Array.from({ length: 400 }, (_, at) => first + (at - 1) * DAY); // from today on
    const day = days.find((one) => words.day(one) === date.value);
    const minutes = Array.from({ length: 1440 }, (_, at) => new Date(day ?? first).setHours(0, at, 0, 0));
    const when = day && minutes.find((one) => words.clock(one) === time.value);
    for (const input of [date, time]) input.setAttribute('aria-invalid', String(!when));
    return when;
  };
  for (const input of [date, time]) {
    // Like Gmail, only what was typed counts, once the field is left.
    input.addEventListener('input', () => { chosen = { date: date.value, time: time.value }; });
    input.addEventListener('change', read);
  }
  button.addEventListener('click', () => {
    const when = chosen.date === date.value && chosen.time === time.value && read();
    if (!when) return;
    dialog.remove();
    done(when);
  });
  return dialog;
}
