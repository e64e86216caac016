// What Cadence should say of the demo mailbox, worked out from the letters in it without Cadence.

import { THREADS } from '../../demo/letters.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Where some of the clients are: country, its code, and the zone by IANA's name. */
export const PLACES = {
  weber: ['Germany', 'DE', 'Europe/Berlin'],
  moreau: ['France', 'FR', 'Europe/Paris'],
  whitfield: ['United Kingdom', 'GB', 'Europe/London'],
  hassan: ['Egypt', 'EG', 'Africa/Cairo'],
  tran: ['Vietnam', 'VN', 'Asia/Ho_Chi_Minh'],
  mehta: ['India', 'IN', 'Asia/Kolkata'],
  oliveira: ['Brazil', 'BR', 'America/Sao_Paulo'],
  tanaka: ['Japan', 'JP', 'Asia/Tokyo'],
};

/** What the clocks of a zone show now: `14:05`. */
export function clock(zone, at = Date.now()) {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
}

/** When the last letter of a thread was written, by the thread's short name. */
export function lastLetter(name, now) {
  const [, when] = letters(name).at(-1);
  const [, minutes, hours, days, hour, minute] = /^(?:(\d+)m|(\d+)h|(\d+)d (\d+):(\d+))$/.exec(when);
  if (!days) return now - (minutes ?? hours * 60) * MINUTE;
  return Math.floor(now / DAY) * DAY - days * DAY + hour * 60 * MINUTE + minute * MINUTE;
}

/** Full days since the last letter of a thread. */
export function daysSince(name, now, at = Date.now()) {
  return Math.floor((at - lastLetter(name, now)) / DAY);
}

/** Whether the last letter of a thread is the user's own. */
export const isOwn = (name) => letters(name).at(-1)[0] === '>';

const letters = (name) => THREADS.find(({ client }) => client === name).letters;

/**
 * The instants that a date such as `Fri, Dec 11, 10:00` can mean in a zone, near `now`. A date may
 * happen twice, when clocks are set back, or never.
 */
export function instants(text, zone, now = Date.now()) {
  const shown = new Intl.DateTimeFormat('en', {
    timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  });
  // Every zone is whole quarters of an hour away from UTC.
  const quarter = 15 * MINUTE;
  const minutes = Number(text.slice(-2)) % 15;
  const first = Math.floor((now - 40 * DAY) / quarter) * quarter + minutes * MINUTE;
  const all = Array.from({ length: (240 * DAY) / quarter }, (_, index) => first + index * quarter);
  return all.filter((at) => shown.format(at) === text);
}
