// The page as main.js would make it at first, as text: for a policy that lets no script run.
// `node still.js PATH BEGAN` prints it.

import { readFileSync } from 'node:fs';

/** As much of the document as dom.js uses. */
class Element {
  constructor(tag) {
    this.tag = tag;
    this.attributes = '';
    this.children = [];
  }

  setAttribute(name, value) {
    this.attributes += ` ${name}="${escape(value)}"`;
  }

  addEventListener() {}

  append(...children) {
    this.children.push(...children);
  }

  toString() {
    const inner = this.children.map((child) => (child instanceof Element ? child : escape(child)));
    const end = ['input', 'img', 'br'].includes(this.tag) ? '' : `${inner.join('')}</${this.tag}>`;
    return `<${this.tag}${this.attributes}>${end}`;
  }
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text) => String(text).replace(/[&<>"]/g, (char) => ENTITIES[char]);

globalThis.document = {
  createElement: (tag) => new Element(tag),
  createElementNS: (_, tag) => new Element(tag),
};

const { options } = await import('./options.js');
const { speak } = await import('./words.js');
const { Mailbox } = await import('./mailbox.js');
const { frame } = await import('./frame.js');
const { list } = await import('./list.js');
const { thread } = await import('./thread.js');

const url = new URL(process.argv[2], 'https://mail.google.com');
const chosen = options(url.pathname, url.search, Number(process.argv[3]));
const context = { ...chosen, words: speak(chosen), mailbox: new Mailbox(chosen) };
const open = context.mailbox.find(chosen.open);
const view = open ? thread(open, context) : list('inbox', context);
const { words, mailbox } = context;
const place = open ? open.subject : `${words.inbox} (${mailbox.unread})`;

const html = new Element('html');
html.setAttribute('lang', words.locale);
html.setAttribute('data-theme', chosen.theme);
html.setAttribute('data-density', chosen.density);
const head = new Element('head');
const title = new Element('title');
title.append(`${place} - ${mailbox.me.email} - Gmail`);
head.append(title);
const body = new Element('body');
body.setAttribute('dir', words.dir);
body.append(...frame(context, [view]));
const css = readFileSync(new URL('mail.css', import.meta.url), 'utf8');
html.append(head, body);
process.stdout.write(
  `<!doctype html>${html}`.replace('<head>', `<head><meta charset="utf-8"><style>${css}</style>`),
);
