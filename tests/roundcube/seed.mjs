// Fills a mailbox on disk with the demo's threads: everybody, every letter, at the same instants (demo/letters.js).
//
//   node tests/roundcube/seed.mjs MAIL_DIRECTORY USER [NOW] [COUNT]

import { chownSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Mailbox } from '../../demo/mailbox.js';

const DOMAIN = 'lumenport.example';
const FOLDERS = ['', '.Sent', '.Drafts', '.Trash'];
let serial = 0;

/** A mailbox of the user's with at least `count` threads; what comes in later is put into it. */
export function seed(mail, user, { now = Date.now(), count = 0 } = {}) {
  const box = new Mailbox({ account: 0, now, count });
  // The same letters over again would be one conversation.
  for (const thread of box.threads) {
    const again = /-(\d+)$/.exec(thread.slug);
    if (again) thread.subject += ` (${again[1]})`;
  }
  const me = { ...box.me, email: `${user}@${DOMAIN}` };
  const home = join(mail, user);
  const { uid, gid } = statSync(mail);
  const own = (path) => {
    chownSync(path, uid, gid);
    return path;
  };
  const make = (path) => {
    mkdirSync(path, { recursive: true });
    own(path);
  };
  make(home);
  for (const folder of FOLDERS) {
    if (folder) make(join(home, folder));
    for (const part of ['cur', 'new', 'tmp']) make(join(home, folder, part));
  }

  function put(folder, part, text, at, flags = '') {
    serial += 1;
    const name = `${Math.floor(at / 1000)}.M${String(serial).padStart(6, '0')}P${process.pid}.demo`;
    const path = join(home, folder, part, part === 'cur' ? `${name}:2,${flags}` : name);
    writeFileSync(path, text);
    utimesSync(path, at / 1000, at / 1000);
    own(path);
  }

  const idOf = (message) => `<${message.legacy}@${message.mine ? DOMAIN : message.from.email.split('@')[1]}>`;

  /** A letter as it travels (RFC 5322), with all before it in its References. */
  function letter(thread, message, index, draft = false) {
    const before = thread.messages.slice(0, index).map(idOf);
    const [from, to] = message.mine ? [me, thread.client] : [message.from, me];
    const word = (text) => (/^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`);
    const person = ({ name, email }) => `${/[^\x20-\x7e]/.test(name) ? word(name) : `"${name}"`} <${email}>`;
    const subject = index === 0 || /^(re|fwd):/i.test(thread.subject) ? thread.subject : `Re: ${thread.subject}`;
    const signature = message.mine ? me.signature : message.from.signature;
    const lines = [message.text ?? 'Thank you, that helps.', '', '-- ', ...signature];
    return [
      `From: ${person(from)}`,
      `To: ${person(to)}`,
      `Subject: ${word(subject)}`,
      `Date: ${new Date(message.at).toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: ${draft ? idOf(message).replace('<', '<draft.') : idOf(message)}`,
      ...(before.length ? [`In-Reply-To: ${before.at(-1)}`, `References: ${before.join(' ')}`] : []),
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=UTF-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(lines.join('\r\n')).toString('base64').replace(/.{76}/g, '$&\r\n'),
      '',
    ].join('\r\n');
  }

  for (const thread of box.threads) {
    thread.messages.forEach((message, index) => {
      const last = index === thread.messages.length - 1;
      const flags = `${!message.mine && !last ? 'R' : ''}${thread.unread && last ? '' : 'S'}`;
      const text = letter(thread, message, index);
      put('', 'cur', text, message.at, flags);
      if (message.mine) put('.Sent', 'cur', text, message.at, 'S');
    });
    if (thread.draft) put('.Drafts', 'cur', letter(thread, thread.draft, thread.messages.length, true), thread.draft.at, 'DS');
  }

  return {
    box,
    me,
    /** A letter of a client's comes in; see `Mailbox.receive` in demo/mailbox.js. */
    receive(detail) {
      const thread = box.receive({ at: Date.now(), ...detail });
      const message = thread.messages.at(-1);
      put('', 'new', letter(thread, message, thread.messages.length - 1), message.at);
      return thread;
    },
    /** How many letters lie in a folder. */
    count: (folder = '') => ['cur', 'new'].reduce((sum, part) => sum + readdirSync(join(home, folder, part)).length, 0),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [mail, user, now, count] = process.argv.slice(2);
  const { box } = seed(mail, user, { now: Number(now) || Date.now(), count: Number(count) || 0 });
  console.log(`${box.threads.length} threads`);
}
