// What stands around every view: search, account, navigation; and the bar of demo controls below.

import { h, icon } from './dom.js';
import { CLIENTS } from './people.js';

const FOLDERS = [
  ['inbox', 'inbox'], ['starred', 'star'], ['snoozed', 'clock'], ['sent', 'sent'], ['drafts', 'draft'],
];

/** Everything in the body, around the views. */
export function frame(context, views) {
  const { words, bar, pane } = context;
  return [
    h('div', { class: 'nH aqk' },
      header(context),
      h('div', { class: 'nH bkL' },
        h('div', { class: 'nH oy8Mbf nn aeN' },
          h('div', { class: 'aic' },
            h('div', { class: 'T-I T-I-KE L3', role: 'button', tabindex: 0 }, icon('pen'), words.compose)),
          h('div', { class: 'TK', role: 'navigation' }, FOLDERS.map((folder) => link(context, ...folder)))),
        h('div', { class: 'nH bkK nn' },
          h('div', { class: 'nH' },
            h('div', { class: 'nH ar4 B' },
              h('div', { class: 'AO' },
                h('div', { class: 'Tm aeJ' },
                  h('div', { class: 'aeF' },
                    h('div', { class: `nH views${pane ? ' split' : ''}` }, views))))))))),
    h('div', { class: 'vh', role: 'alert', 'aria-live': 'assertive' }),
    bar && controls(context),
  ].filter(Boolean);
}

function header({ words, mailbox }) {
  const { name, email } = mailbox.me;
  return h('header', { class: 'nH w-asV bbg aiw', role: 'banner' },
    h('div', { class: 'menu', role: 'button', 'aria-label': 'Main menu' }, icon('menu')),
    h('div', { class: 'brand' }, icon('mail'), h('span', { class: 'aio' }, 'Mail')),
    h('form', { class: 'search', role: 'search' }, icon('search'),
      h('input', { class: 'gb_qe aJh', name: 'q', 'aria-label': words.search, placeholder: words.search })),
    h('a', {
      class: 'face', style: `background:${tint(email)}`, role: 'button',
      href: `https://accounts.google.com/SignOutOptions?hl=${words.locale}`,
      'aria-label': `${words.account}: ${name} (${email})`,
    }, name[0]));
}

function link({ words, mailbox }, name, image) {
  const here = name === 'inbox';
  const count = here && mailbox.unread ? String(mailbox.unread) : null;
  return h('div', { class: `aim${here ? ' ain' : ''}`, 'data-folder': name },
    h('a', { class: 'n0', href: `#${name}`, tabindex: -1 }, icon(image), h('span', {}, words[name]),
      h('span', { class: 'bsU' }, count)));
}

/** The bar is no part of Gmail's page: it lets people play with the demo. */
function controls({ words }) {
  const clients = Object.entries(CLIENTS).filter(([, client]) => client.signature.length > 1);
  return h('form', { class: 'demo-bar' },
    h('span', {}, words.demo), h('span', { class: 'space' }),
    h('label', {}, words.arrives, ' ',
      h('select', { name: 'client' }, clients.map(([slug, { name }]) => h('option', { value: slug }, name)))),
    h('button', {}, words.go));
}

/** A calm colour of somebody's own. */
export function tint(email) {
  let sum = 0;
  for (const char of email) sum = (sum * 31 + char.codePointAt(0)) % 360;
  return `hsl(${sum} 42% 45%)`;
}
