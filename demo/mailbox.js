// The mailbox itself: threads of messages, what is read, what comes and goes.

import { legacy, number, permanentMessage, permanentThread, token } from './ids.js';
import { THREADS } from './letters.js';
import { CLIENTS, OWNERS } from './people.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

export class Mailbox {
  constructor({ account, now, count }) {
    this.now = now;
    this.me = OWNERS[account] ?? OWNERS[0];
    this.threads = THREADS.map((thread) => this.#thread(thread, thread.client));
    // More of the same, for a long list: a week older each time round.
    for (let i = THREADS.length; i < count; i += 1) {
      const source = THREADS[i % THREADS.length];
      this.threads.push(this.#thread(source, `${source.client}-${i}`, Math.floor(i / THREADS.length)));
    }
  }

  /** By its short name, its id or its word in the address. */
  find(name) {
    return this.threads.find((thread) => [thread.slug, thread.legacy, thread.token].includes(name));
  }

  /** The threads of a folder, newest first. */
  folder(name) {
    const held = this.threads.filter((thread) => name !== 'sent' || thread.messages.some((it) => it.mine));
    return held.sort((a, b) => last(b).at - last(a).at);
  }

  get unread() {
    return this.threads.filter((thread) => thread.unread).length;
  }

  /** A letter of the client's in a thread; without one, in a thread of its own. */
  receive({ thread: name, from: slug = name, subject = 'New enquiry', text, at = this.now }) {
    const from = CLIENTS[slug] ?? CLIENTS.weber;
    let thread = this.find(name);
    if (!thread) {
      const fresh = `${slug}-${this.threads.length}`;
      thread = this.#begin(fresh, subject, from, [this.#message(fresh, 0, from, at, text, false)]);
      this.threads.push(thread);
    } else {
      const count = thread.messages.length;
      thread.messages.push(this.#message(thread.slug, count, thread.client, at, text, false));
    }
    thread.unread = true;
    return thread;
  }

  /** A letter of ours, perhaps saved as a draft before. Its number is not known until it has settled. */
  reply(thread, text, at, draft = null) {
    const message = this.#message(thread.slug, thread.messages.length, this.me, at, text, true);
    message.settled = false;
    if (draft) message.permanent = draft;
    thread.messages.push(message);
    thread.draft = null;
    return message;
  }

  /** A thread that a letter of ours begins; empty until the letter is in it. */
  write(client, subject, at) {
    const slug = `${client.email.split('@')[0]}-${this.threads.length}`;
    const first = this.#message(slug, 0, this.me, at, '', true);
    const thread = this.#begin(slug, subject || '(no subject)', client, [first]);
    thread.messages = [];
    this.threads.push(thread);
    return thread;
  }

  /** A letter of ours did not go after all. */
  unsend(thread, message) {
    thread.messages = thread.messages.filter((one) => one !== message);
    if (!thread.messages.length) this.threads = this.threads.filter((one) => one !== thread);
  }

  /** What a letter is saved as while it is written. */
  draft(at) {
    return this.#message(`draft ${at}`, 99, this.me, at, '', true);
  }

  /** Somebody by their address; a stranger has no other name. */
  person(email) {
    return Object.values(CLIENTS).find((client) => client.email === email) ?? { email, name: email, signature: [email] };
  }

  #thread({ client, subject, letters, unread, draft }, slug, weeks = 0) {
    const from = CLIENTS[client];
    const messages = letters.map(([way, when, text], index) => {
      const mine = way === '>';
      const at = this.#instant(when) - weeks * 7 * DAY;
      return this.#message(slug, index, mine ? this.me : from, at, text, mine);
    });
    const thread = this.#begin(slug, subject, from, messages);
    thread.unread = unread && weeks === 0;
    if (draft) {
      const at = last(thread).at + 90 * MINUTE;
      thread.draft = this.#message(slug, 99, this.me, at, draft, true);
    }
    return thread;
  }

  #begin(slug, subject, client, messages) {
    const [{ id, mine }] = messages;
    return {
      slug, subject, client, messages, draft: null, unread: false,
      legacy: legacy(id), permanent: permanentThread(id, mine), token: token(id),
    };
  }

  #message(slug, index, from, at, text, mine) {
    const id = number(at, `${slug} ${index}`);
    return {
      id, at, from, text, mine, settled: true,
      legacy: legacy(id), permanent: permanentMessage(id, mine),
    };
  }

  #instant(when) {
    const [, minutes, hours, days, hour, minute] =
      /^(?:(\d+)m|(\d+)h|(\d+)d (\d\d):(\d\d))$/.exec(when);
    if (minutes) return this.now - minutes * MINUTE;
    if (hours) return this.now - hours * 60 * MINUTE;
    const midnight = this.now - (this.now % DAY);
    // Not on the full second, as no letter is.
    return midnight - days * DAY + (hour * 60 + Number(minute)) * MINUTE + (days * 7919) % MINUTE;
  }
}

/** The last message that is no draft. */
export const last = (thread) => thread.messages.at(-1);

/** The people of a thread, the one who wrote first in front, each once. */
export const people = (thread) => [...new Set(thread.messages.map((message) => message.from))];
