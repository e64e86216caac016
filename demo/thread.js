// An open thread: subject, messages (open, collapsed, folded), reply.

import { h, icon } from './dom.js';
import { form } from './compose.js';
import { tint } from './frame.js';

/** The view of a thread, and with `message` of that message alone. */
export function thread(open, context, folder = 'inbox', only = null) {
  return h('div', { class: 'BltHke nH oy8Mbf', role: 'main', 'data-view': `${folder}/${open.token}` },
    toolbar(folder, context), root(open, context, only));
}

/** The thread itself, as it also stands in a reading pane. */
export function root(open, context, only = null) {
  const shown = only ? [only] : open.messages;
  return h('div', { class: 'nH a98 iY' },
    h('div', { class: 'nH' },
      h('div', { class: 'V8djrc byY' },
        h('div', { class: 'nH' },
          h('div', { class: 'ha' },
            h('h2', { class: 'hP', tabindex: -1, ...threadIds(open, context.late) }, open.subject),
            h('div', { class: 'J-J5-Ji' }, h('div', { class: 'hN', name: '^i', role: 'button' }, context.words.inbox)))))),
    h('div', { class: 'nH aHU' },
      h('div', { class: 'nH hx' },
        h('div', { class: 'nH' }, h('div', { class: 'nH', role: 'list' }, items(open, shown, context))))));
}

/** The subject's ids; late ones read "undefined" at first. */
export const threadIds = (open, late) => ({
  'data-thread-perm-id': late ? 'undefined' : open.permanent,
  'data-legacy-thread-id': late ? 'undefined' : open.legacy,
});

/** Every message, the middle ones folded away when there are many, and the draft. */
function items(open, shown, context) {
  const fold = shown.length > 5;
  const elements = shown.map((message, index) => {
    const final = index === shown.length - 1;
    if (final) return expanded(open, message, context, true);
    if (index === 0 || !fold) return collapsed(message, context);
    return collapsed(message, context, 'kQ');
  });
  if (fold) {
    const words = h('span', {}, context.words.older(shown.length - 2));
    elements.splice(1, 0, h('div', { class: 'adv', role: 'button', tabindex: 0 }, h('div', { class: 'adx' }, words)));
  }
  if (open.draft && shown.length > 1) {
    elements.push(h('div', { class: 'h7 ie nH oy8Mbf', role: 'listitem' },
      h('div', { class: 'adn ads', 'data-message-id': `#${open.draft.permanent}`, 'data-legacy-message-id': open.draft.legacy },
        h('div', { class: 'ip iq' }, form(open, context, open.draft)))));
  }
  return elements;
}

/** One line that opens on a click; it carries no id. */
function collapsed(message, context, kind = 'kv') {
  const { words } = context;
  return h('div', { class: `${kind} nH oy8Mbf`, role: 'listitem', tabindex: -1, 'data-index': message.legacy },
    h('div', { class: 'Bk' }, h('div', { class: 'adf ads' },
      face(message),
      h('span', { class: 'gD', email: message.from.email, name: nameOf(message, context), 'data-hovercard-id': message.from.email },
        nameOf(message, context)),
      h('span', { class: 'iA g6' }, message.text.replaceAll('\n', ' ').slice(0, 120)),
      h('span', { class: 'g3', title: words.plain(message.at), alt: words.plain(message.at) }, words.brief(message.at)))));
}

/** A whole message. What has just been sent has no legacy id until it settles. */
export function expanded(open, message, context, final = false) {
  const { words, mailbox } = context;
  const to = message.mine ? open.client : mailbox.me;
  const toName = to === mailbox.me ? words.me : to.name;
  const plain = words.plain(message.at);
  return h('div', { class: 'h7 ie nH oy8Mbf', role: 'listitem', 'aria-expanded': 'true', tabindex: -1, 'data-index': message.legacy },
    h('div', { class: 'Bk' }, h('div', { class: 'G3 G2' },
      h('div', {
        class: 'adn ads', 'data-message-id': `#${message.permanent}`,
        'data-legacy-message-id': message.settled ? message.legacy : null,
      },
      face(message),
      h('div', { class: 'gs' },
        h('div', { class: 'gE iv gt' }, h('table', { class: 'cf gJ' }, h('tbody', {},
          h('tr', { class: 'acZ' },
            h('td', { class: 'gF gK' }, h('h3', { class: 'iw' }, h('span', { class: 'qu', role: 'gridcell', tabindex: -1 },
              h('span', { class: 'gD', email: message.from.email, name: nameOf(message, context), 'data-hovercard-id': message.from.email },
                h('span', {}, message.from.name)),
              ' ', h('span', { class: 'cfXrwd go', dir: 'ltr' }, `<${message.from.email}>`)))),
            h('td', { class: 'gH bAk' }, h('div', { class: 'gK' },
              h('span', { class: 'g3', title: plain, alt: plain }, `${plain} (${words.ago(message.at)})`)))),
          h('tr', { class: 'acZ xD' }, h('td', { colspan: 3 }, h('div', { class: 'iw ajw' }, h('span', { class: 'hb' },
            `${words.to} `, h('span', { class: 'g2', email: to.email, name: toName, 'data-hovercard-id': to.email }, toName)))))))),
        h('div', { class: 'ii gt' }, h('div', { class: 'a3s aiL' }, body(message))),
        final && answers(words))))));
}

function body({ text, from }) {
  const lines = text.split('\n').map((line) => h('p', {}, line));
  const signature = from.signature.flatMap((line, index) => (index === 0 ? [line] : [h('br'), line]));
  return h('div', { dir: 'auto' }, lines, h('div', { class: 'gmail_signature' }, signature));
}

const answers = (words) =>
  h('div', { class: 'amn' },
    h('span', { class: 'ams bkH', role: 'link', tabindex: 0 }, icon('reply'), words.reply),
    h('span', { class: 'ams bkG', role: 'link', tabindex: 0 }, icon('forward'), words.forward));

const nameOf = (message, { mailbox, words }) => (message.from === mailbox.me ? words.me : message.from.name);

const face = ({ from }) =>
  h('div', { class: 'aju' }, h('div', { class: 'face', style: `background:${tint(from.email)}` }, [...from.name][0]));

const toolbar = (folder, { words }) =>
  h('div', { class: 'aqK', gh: 'tm' }, h('div', { gh: 'mtb' },
    h('a', { class: 'T-I lS', href: `#${folder}`, 'aria-label': words.back, title: words.back }, icon('back')),
    ...['archive', 'bin', 'clock', 'more'].map((name) => h('div', { class: 'T-I' }, icon(name)))));
