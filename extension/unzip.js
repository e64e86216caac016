// The files within a zip, in the order of its list, each as a part of it that is not read yet (PKWARE's APPNOTE 6.3.10). Google
// Takeout packs an archive of mail that way.

/** A file that is not read, or not any further: `why` is a word of the reader's. */
export class Refused extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_AT = 0x07064b50;
const LISTED = 0x02014b50;
const MOST_OF_END = 22 + 0xffff; // the end of the list, with the longest comment
const MOST_OF_LIST = 256 << 20;

async function view(file, from, to) {
  if (from < 0 || to > file.size || from > to) throw new Refused("packed");
  return new DataView(await file.slice(from, to).arrayBuffer());
}

// Where the list of files is.
async function list(file) {
  const from = Math.max(0, file.size - MOST_OF_END);
  const tail = await view(file, from, file.size);
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END) at -= 1;
  if (at < 0) throw new Refused("packed");
  let [size, start] = [tail.getUint32(at + 12, true), tail.getUint32(at + 16, true)];
  if (at >= 20 && tail.getUint32(at - 20, true) === END_64_AT) {
    const where = Number(tail.getBigUint64(at - 12, true));
    const end = await view(file, where, where + 56);
    if (end.getUint32(0, true) !== END_64) throw new Refused("packed");
    [size, start] = [Number(end.getBigUint64(40, true)), Number(end.getBigUint64(48, true))];
  }
  if (size > MOST_OF_LIST) throw new Refused("bomb");
  return view(file, start, start + size);
}

// Sizes of four gigabytes and more stand in a field of their own, those that need it in this order.
function long(listed, from, to, values) {
  for (let at = from; at + 4 <= to;) {
    const [id, size] = [listed.getUint16(at, true), listed.getUint16(at + 2, true)];
    if (id === 1) {
      let field = at + 4;
      return values.map((value) => {
        if (value !== 0xffffffff || field + 8 > at + 4 + size) return value;
        field += 8;
        return Number(listed.getBigUint64(field - 8, true));
      });
    }
    at += 4 + size;
  }
  return values;
}

/**
 * Each file: its name, its bytes as they lie there, whether they are packed (deflated), and where they begin; of one that cannot
 * be read, that it is refused.
 */
export async function* entries(file) {
  const listed = await list(file);
  for (let at = 0; at + 46 <= listed.byteLength;) {
    if (listed.getUint32(at, true) !== LISTED) throw new Refused("packed");
    const [flags, method] = [listed.getUint16(at + 8, true), listed.getUint16(at + 10, true)];
    const [named, extra, said] = [28, 30, 32].map((field) => listed.getUint16(at + field, true));
    const names = at + 46;
    const next = names + named + extra + said;
    if (next > listed.byteLength) throw new Refused("packed");
    const name = new TextDecoder().decode(new Uint8Array(listed.buffer, listed.byteOffset + names, named));
    const values = [24, 20, 42].map((field) => listed.getUint32(at + field, true));
    const [, size, where] = long(listed, names + named, names + named + extra, values);
    if (!name.endsWith("/")) {
      // An encrypted one, and what neither lies there plain nor deflated, is not read.
      if (flags & 1 || (method !== 0 && method !== 8)) {
        yield { name, refused: true };
        at = next;
        continue;
      }
      const head = await view(file, where, where + 30);
      const start = where + 30 + head.getUint16(26, true) + head.getUint16(28, true);
      yield { name, blob: file.slice(start, start + size), packed: method === 8, start };
    }
    at = next;
  }
}
