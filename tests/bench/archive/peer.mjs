// The peer: postal-mime in a thread of a page, over the same file in the same pieces, taking the same from each message. The
// mbox is divided by the same rule, by bytes.
import PostalMime from './postal-mime/postal-mime.js';

const PIECE = 4 << 20;
const MOST = 64 * 1024;
const MARK = [10, 70, 114, 111, 109, 32]; // a new line and "From "
const text = new TextDecoder();

function divides(bytes, at) {
  const before = bytes[at - 1] === 10 || (bytes[at - 1] === 13 && bytes[at - 2] === 10) || at < 2;
  return before && /^From \S+ \w{3} \w{3} +\d+ .*\r?\n[!-9;-~]+:/.test(text.decode(bytes.subarray(at + 1, at + 400)));
}

async function taken(bytes) {
  const mail = await PostalMime.parse(bytes);
  const said = (mail.text ?? mail.html ?? '').slice(0, 8192);
  return {
    from: mail.from?.address, to: [...(mail.to ?? []), ...(mail.cc ?? []), ...(mail.bcc ?? [])].map(({ address }) => address), date: Date.parse(mail.date), id: mail.messageId,
    answers: [mail.references, mail.inReplyTo], subject: mail.subject, bulk: mail.headers.some(({ key }) => key === 'list-id' || key === 'list-unsubscribe'),
    labels: mail.headers.find(({ key }) => key === 'x-gmail-labels')?.value, said: said.length, files: mail.attachments.map(({ filename }) => filename),
  };
}

onmessage = async ({ data: { file, whole } }) => {
  const began = performance.now();
  let rest = new Uint8Array([10]);
  let [messages, letters] = [0, 0];
  const take = async (bytes) => {
    const line = bytes.indexOf(10);
    const mail = await taken(whole ? bytes.subarray(line + 1) : bytes.subarray(line + 1, line + 1 + MOST));
    messages += 1;
    if (mail.from && mail.date) letters += 1;
  };
  for (let at = 0; at < file.size; at += PIECE) {
    const piece = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
    const bytes = new Uint8Array(rest.length + piece.length);
    bytes.set(rest);
    bytes.set(piece, rest.length);
    let start = 0;
    for (let from = 1; ;) {
      const found = bytes.indexOf(MARK[0], from);
      if (found < 0 || found + 400 > bytes.length) break;
      if (MARK.every((byte, n) => bytes[found + n] === byte) && divides(bytes, found)) {
        await take(bytes.subarray(start + 1, found));
        start = found;
      }
      from = found + 1;
    }
    rest = bytes.slice(start);
  }
  await take(rest.subarray(1));
  postMessage({ ms: performance.now() - began, messages, letters });
};
