// What comes out of packed bytes, piece by piece: of a gzipped file, or of a deflated part of a zip.
import { Refused } from "./unzip.js";

const HEAD = 10; // bytes that the head of a gzip member has at least
const MOST = 16; // so often what only looks like one is unpacked anew; it stands in one file of thousands once

// Whether a member of a gzipped file may begin here (RFC 1952, 2.3): its magic, its method, its flags, how hard it was packed, and where.
const begins = (bytes, at) =>
  bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && bytes[at + 3] < 32 && [0, 2, 4].includes(bytes[at + 8]) && (bytes[at + 9] < 14 || bytes[at + 9] === 255);

// Lets bytes through up to where another member may begin, which is then `place.end`; at `not` there is none.
function upToNext(place, not, mayBegin) {
  let rest = new Uint8Array();
  return new TransformStream({
    transform(piece, out) {
      const bytes = new Uint8Array(rest.length + piece.length);
      bytes.set(rest);
      bytes.set(piece, rest.length);
      const sure = Math.max(0, bytes.length - HEAD + 1);
      for (let at = bytes.indexOf(0x1f); at >= 0 && at < sure; at = bytes.indexOf(0x1f, at + 1)) {
        const end = place.taken + at;
        if (end === place.start || not.has(end) || !mayBegin(bytes, at)) continue;
        out.enqueue(bytes.subarray(0, at));
        place.taken = place.end = end;
        out.terminate();
        return;
      }
      rest = bytes.slice(sure);
      place.taken += sure;
      if (sure) out.enqueue(bytes.subarray(0, sure));
    },
    flush(out) {
      place.taken += rest.length;
      out.enqueue(rest);
      // Taken only when all that came out before was read: a stream that breaks off forgets what was not.
      out.enqueue(new Uint8Array());
    },
  });
}

/**
 * The pieces of what comes out, from an offset on, with how much was taken for them. `count` hears how much was taken and how much more
 * has come out.
 *
 * The members of a gzipped file follow one another (RFC 1952, 2.2), and a browser unpacks one alone and takes the next for damage. So each
 * is ended where another one may begin; where it turns out not to be at its end, those bytes only looked like it.
 */
export async function* unpacked(blob, format, from, count) {
  const not = new Set();
  let reached = from; // what lies before was given already, or is not wanted
  let before = 0; // what earlier members have come to
  for (let start = 0; start < blob.size;) {
    const place = { start, taken: start, end: blob.size };
    const some = upToNext(place, not, format === "gzip" && not.size < MOST ? begins : () => false);
    const stream = blob.slice(start).stream().pipeThrough(some).pipeThrough(new DecompressionStream(format)).getReader();
    let given = before;
    try {
      for (;;) {
        const { value, done } = await stream.read();
        if (done) break;
        given += value.length;
        count(place.taken, value.length);
        if (given <= reached) continue;
        const bytes = value.subarray(Math.max(0, value.length - (given - reached)));
        reached = given;
        yield { bytes, taken: place.taken };
      }
      [start, before] = [place.end, given];
    } catch (problem) {
      if (problem.why) throw problem;
      if (place.end === blob.size) throw new Refused("packed");
      not.add(place.end);
    } finally {
      await stream.cancel().catch(() => {});
    }
  }
}
