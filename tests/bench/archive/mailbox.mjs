// A mailbox as Google Takeout gives it, of any size and the same each time: threads with clients in several languages and
// encodings, quoted replies, attachments, newsletters, machines, colleagues, and now and then something broken.

import { closeSync, openSync, writeSync } from 'node:fs';

export const ME = 'robin@lumenport.example';
const START = Date.UTC(2019, 0, 7);
const SPAN = 6 * 365 * 86_400_000;

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const NAMES = ['Anna Weber', 'João Lima', 'Ольга Белова', '阮文安', 'Zoë Müller', '王伟', 'Amit Shah', 'Ingrid Søreide', 'Carlos Peña', 'Fatma Yılmaz'];
const ENDINGS = ['de', 'com.br', 'ru', 'vn', 'com', 'com.cn', 'in', 'no', 'mx', 'com.tr'];
const SIGNED = [
  'Elbspeicher Licht GmbH\nAm Kaiserkai 14, 20457 Hamburg, Germany\nTel. +49 40 66969 214', 'Lima Luz Ltda\nTel. +55 11 5555 0100', 'ООО «Свет»\nТел. +7 495 123-45-67',
  'Ho Chi Minh City\nTel: +84 28 3822 1234', 'Zürich\nTel. +41 44 123 45 67', '深圳\n电话：+86 755 8888 1234', 'Mumbai\nMob: +91 98200 12345', 'Oslo\nTlf. +47 22 12 34 56',
  'Monterrey\nTel. +52 81 1234 5678', 'İstanbul\nTel: +90 212 123 45 67',
];
const SENTENCES = [
  'Please quote 1,200 pieces of the high bay, 150 W, with emergency kit.', 'We have received the samples and will test them next week.',
  'Просим выслать прайс-лист и срок поставки.', '请报价，并告知交货期。', 'Können Sie den Preis bis Freitag bestätigen?', 'Favor enviar a cotação atualizada.',
  'The last container arrived in good order; two cartons were wet.', 'Any news on the drawing?', 'Our customer asks for CE and RoHS certificates.',
  'Find the proforma invoice attached.', 'Freight to Santos has risen again, see the table below.',
];
const FILES = ['quotation.pdf', 'Angebot 2024.pdf', 'packing-list.xlsx', 'IMG_2041.jpg', 'drawing.dwg', 'certificate.pdf', '报价单.xlsx'];

/** Goes on writing a mailbox to a file. */
export class Mailbox {
  #next;
  #file;
  #noise;
  #threads = 0;
  written = 0;
  messages = 0;

  constructor(path, seed = 1) {
    this.#next = numbers(seed);
    this.#file = openSync(path, 'w');
    // What attachments are cut from.
    const bytes = Buffer.alloc(3 << 20);
    for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(Math.floor(this.#next() * 4_294_967_296), at);
    this.#noise = bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  }

  /** Writes on until the file is so large. */
  grow(size) {
    while (this.written < size) {
      const thread = Buffer.concat(this.#thread());
      this.written += writeSync(this.#file, thread);
    }
  }

  close() {
    closeSync(this.#file);
  }

  #below(most) {
    return Math.floor(this.#next() * most);
  }

  #of(list) {
    return list[this.#below(list.length)];
  }

  #thread() {
    const number = (this.#threads += 1);
    const chance = this.#next();
    if (chance < 0.3) return [this.#bulk(number)];
    if (chance < 0.38) return [this.#letter({ number, from: `noreply@bank${number % 40}.example`, to: ME, at: this.#when() })];
    if (chance < 0.45) return [this.#letter({ number, from: 'Lee <lee@lumenport.example>', to: ME, at: this.#when() })];
    const who = this.#below(4000);
    const [name, address] = [NAMES[who % 10], `buyer${who % 3}@firm${Math.floor(who / 3)}.${ENDINGS[who % 10]}`];
    const client = `${encoded(name)} <${address}>`;
    const subject = this.#of(['RFQ: high bays', 'Запрос цены', '询价：高棚灯', 'Order 4711', 'Anfrage Hallenstrahler', 'Samples']);
    const letters = [];
    let [at, quoted, references] = [this.#when(), '', []];
    for (let n = 0, count = 1 + this.#below(9); n < count; n += 1) {
      const mine = n % 2 === 1 || (chance > 0.9 && n === 0);
      const own = `<${number}.${n}@${mine ? 'lumenport.example' : address.split('@')[1]}>`;
      const text = `${Array.from({ length: 2 + this.#below(6) }, () => this.#of(SENTENCES)).join('\n')}\n\n${mine ? 'Robin\nLumenport' : `${name}\n${SIGNED[who % 10]}`}`;
      letters.push(this.#letter({
        number, at, own, references, quoted, text, mine, subject: n ? `Re: ${subject}` : subject, from: mine ? `Robin <${ME}>` : client, to: mine ? client : `Robin <${ME}>`,
        zone: mine ? '+0800' : ['+0100', '-0300', '+0300', '+0700', '+0100', '+0800', '+0530', '+0100', '-0600', '+0300'][who % 10],
      }));
      quoted = `\n\nOn an earlier day somebody wrote:\n${(text + quoted).slice(0, 6000).replace(/^/gm, '> ')}`;
      references = [...references, own];
      at += Math.floor(this.#next() ** 3 * 20 * 86_400_000) + 60_000;
    }
    return letters;
  }

  #when() {
    return START + Math.floor(this.#next() * SPAN);
  }

  #bulk(number) {
    const html = `<html><body><table>${'<tr><td style="padding: 4px; font-family: Arial">Offer of the week &amp; more</td></tr>\n'.repeat(100 + this.#below(500))}</table></body></html>`;
    return this.#letter({ number, from: `News <news@list${number % 60}.example>`, to: ME, at: this.#when(), list: 'List-Id: <news.example>\r\nList-Unsubscribe: <https://x.example>\r\n', html, text: 'Offers' });
  }

  #letter({ number, at, own = `<${number}@x.example>`, references = [], quoted = '', text = 'Hello.', html = null, mine = false, subject = 'News', from, to, zone = '+0000', list = '' }) {
    this.messages += 1;
    const gmail = BigInt(at) << 20n;
    const damage = this.#next() < 0.01 ? this.#of(['date', 'charset', 'boundary', 'from', 'head']) : null;
    const body = `${text}${damage === 'from' ? '\n\nFrom here on Mon Nov 23 it is fine\n\n' : ''}${quoted}`.replaceAll('\n', '\r\n');
    const bound = `b${number}_${this.#below(1e9)}`;
    const parts = [];
    const charset = damage === 'charset' ? 'x-unknown' : 'utf-8';
    parts.push(this.#next() < 0.5
      ? `Content-Type: text/plain; charset="${charset}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${folded(Buffer.from(body).toString('base64'))}\r\n`
      : `Content-Type: text/plain; charset="${charset}"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${printable(body)}\r\n`);
    const page = html ?? `<div dir="ltr">${body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r\n', '<br>\r\n')}</div>`;
    parts.push(`Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${printable(page)}\r\n`);
    const inner = `a${bound}`;
    let whole = `--${inner}\r\n${parts.join(`--${inner}\r\n`)}--${inner}--\r\n`;
    let type = `multipart/alternative; boundary="${inner}"`;
    if (this.#next() < 0.2) {
      const length = 4_000 + Math.floor(this.#next() ** 4 * 1_200_000);
      const start = this.#below(100_000);
      const name = this.#of(FILES);
      whole = `--${bound}\r\nContent-Type: ${type}\r\n\r\n${whole}--${bound}\r\nContent-Type: application/octet-stream; name="${encoded(name)}"\r\n` +
        `Content-Disposition: attachment; filename="${encoded(name)}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${this.#noise.slice(start, start + length)}\r\n${damage === 'boundary' ? '' : `--${bound}--\r\n`}`;
      type = `multipart/mixed; boundary="${bound}"`;
    }
    const head = [
      `X-GM-THRID: ${(BigInt(START + number) << 20n) | 1n}`, `X-Gmail-Labels: ${mine ? 'Sent' : 'Inbox,Opened'}`, mine ? null : `Delivered-To: ${ME}`,
      ...Array.from({ length: mine ? 0 : 3 }, (_, n) => `Received: from mx${n}.example (mx${n}.example [192.0.2.${n}])\r\n        by mx.google.com with ESMTPS id ${number}x${n}\r\n        for <${ME}>; ${dated(at, '+0000')}`),
      mine ? null : `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example;\r\n        h=from:to:subject; b=${this.#noise.slice(0, 300).replaceAll('\r\n', '\r\n         ')}`,
      'MIME-Version: 1.0', references.length ? `References: ${references.join('\r\n ')}\r\nIn-Reply-To: ${references.at(-1)}` : null,
      damage === 'date' ? 'Date: yesterday' : `Date: ${dated(at, zone)}`, `Message-ID: ${own}`, `Subject: ${encoded(subject)}`, `From: ${from}`, `To: ${to}`,
      damage === 'head' ? 'this is no header' : null, `Content-Type: ${type}`,
    ].filter(Boolean).join('\r\n');
    const divider = `From ${gmail}@xxx ${new Date(at).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $3 $2 $5 +0000 $4')}`;
    return Buffer.from(`${divider}\r\n${list}${head}\r\n\r\n${whole}\r\n`);
  }
}

function dated(at, zone) {
  const minutes = Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)));
  return new Date(at + minutes * 60_000).toUTCString().replace('GMT', zone);
}

/** RFC 2047, where it is needed. */
const encoded = (text) => (/^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`);
const folded = (text) => text.replace(/.{76}/g, '$&\r\n');
const printable = (text) => Buffer.from(text).toString('latin1')
  .replace(/[^\x20-\x3c\x3e-\x7e\r\n]/g, (byte) => `=${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
  .replace(/(?=[^\r\n]{77})([^\r\n]{70}[^=\r\n]{0,2})/g, '$1=\r\n');
