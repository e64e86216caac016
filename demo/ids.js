// Gmail's ids. The upper bits of a message's number are the Unix milliseconds of its arrival.

/** The number of a message that came at `at`; `seed` tells apart what came at the same time. */
export function number(at, seed) {
  return (BigInt(at) << 20n) | BigInt(hash(seed) & 0xfffff);
}

/** As in `data-legacy-…-id`: sixteen hexadecimal digits. */
export const legacy = (id) => id.toString(16).padStart(16, '0');

/** As in `data-message-id`: what was received has its number, what was written here has another. */
export const permanentMessage = (id, mine) => (mine ? `msg-a:r${local(id)}` : `msg-f:${id}`);

/** As in `data-thread-perm-id`. */
export const permanentThread = (id, mine) => (mine ? `thread-a:r${local(id)}` : `thread-f:${id}`);

/** The word that stands for a thread in the address; nothing can be read from it. */
export function token(id) {
  let rest = id * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n;
  let word = 'FMfcgz';
  for (let i = 0; i < 26; i += 1) {
    word += 'BCDFGHJKLMNPQRSTVWXZbcdfghjklmnpqrstvwxz'[Number(rest % 40n)];
    rest = rest / 40n + id;
  }
  return word;
}

/** A local number has no link to the instant, and may be negative. */
const local = (id) => BigInt.asIntN(63, id * 0x9e3779b97f4a7c15n);

/** FNV-1a. */
function hash(text) {
  let sum = 0x811c9dc5;
  for (const char of text) sum = Math.imul(sum ^ char.codePointAt(0), 0x01000193);
  return sum >>> 0;
}
