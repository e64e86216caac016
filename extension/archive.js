// The thread that reads archives of mail for the page of the user's data: it takes files, and gives back what was found in
// them. The messages themselves never leave it. Files are known by what they hold, not by their names. One module reads the
// mail and tells each message to what the worker's module gathers.
import initMail, { Reader, is_bomb, kind, most_of_a_head } from "./wasm/mail.js";
import initWorker, { Gathering, Owners, encoding, is_list } from "./wasm/worker.js";
import { note } from "./reading.js";
import { release } from "./release.js";
import { unpacked } from "./unpack.js";
import { Refused, entries } from "./unzip.js";

const ready = Promise.all([
  initMail({ module_or_path: new URL("./wasm/mail_bg.wasm", import.meta.url) }),
  initWorker({ module_or_path: new URL("./wasm/worker_bg.wasm", import.meta.url) }),
]);
const PIECE = 4 << 20; // so many bytes are read at a time
const GLANCE = 8 << 20; // so many show whose mailbox it is
const FEW = 200; // so many files do
const LARGEST_LIST = 400_000_000; // no list of contacts is larger, in bytes
const OFTEN = 100; // milliseconds between two words about the progress
const SELDOM = 3000; // milliseconds between two notes of how far it has come

let paused = null; // a promise while the user has stopped it, with what goes on
let run = 0; // counts the jobs; of an older one nothing is read any more

const tell = (word, more = {}) => postMessage({ ...more, word });
const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());
const textOf = (bytes) => new TextDecoder(encoding(bytes)).decode(bytes);

// The pieces of a plain file from an offset on, with how much of it they reach.
async function* plain(blob, from = 0) {
  const piece = (at) => (at < blob.size ? bytesOf(blob.slice(at, at + PIECE)) : null);
  // The next piece is fetched while one is being read.
  for (let at = from, next = piece(at); next; at += PIECE) {
    const bytes = await next;
    next = piece(at + PIECE);
    yield { bytes, taken: at + bytes.length };
  }
}

// Stops where far more comes out of packed bytes than any mail would. What shares its bytes with others is counted with them.
function guard(least = 0) {
  let given = 0;
  return (taken, more) => {
    given += more;
    if (is_bomb(Math.max(taken, least), given)) throw new Refused("bomb");
  };
}

// What is to be read, in order: each file, and each file within a packed one.
async function* sources(files, from = 0) {
  let before = 0;
  for (const [at, { file, path }] of files.entries()) {
    if (at >= from) {
      const [a, b, c, d] = await bytesOf(file.slice(0, 4));
      const given = { at, name: path, before, size: file.size, written: file.lastModified };
      if (a === 0x1f && b === 0x8b) yield { ...given, pieces: (offset) => unpacked(file, "gzip", offset, guard()) };
      else if (a === 0x50 && b === 0x4b && c === 3 && d === 4) yield { ...given, zip: file };
      else yield { ...given, pieces: (offset) => plain(file, offset), short: file };
    }
    before += file.size;
  }
}

// A zip is a folder: its files one after another. Which of them is read is part of the offset.
async function* inside(source) {
  let number = 0;
  // Its files may share their bytes, so it is the whole that must not swell.
  const count = guard(source.zip.size);
  for await (const { name, blob, packed, start, refused } of entries(source.zip)) {
    const pieces = (offset) => {
      if (refused) throw new Refused("packed");
      return packed ? unpacked(blob, "deflate-raw", offset, count) : plain(blob, offset);
    };
    const place = refused ? { before: source.before, taken: 0 } : { before: source.before + start, taken: blob.size };
    yield { ...source, ...place, zip: null, number, name: `${source.name}/${name}`, pieces };
    number += 1;
  }
}

async function beginning(source, wanted) {
  if (source.short) return bytesOf(source.short.slice(0, wanted));
  const some = [];
  let size = 0;
  try {
    for await (const { bytes } of source.pieces(0)) {
      some.push(bytes);
      size += bytes.length;
      if (size >= wanted) break;
    }
  } catch (problem) {
    if (!size) throw problem;
  }
  return bytesOf(new Blob(some).slice(0, wanted));
}

// Whether there is anything to be read in the files, and whose mail it is. What is a single list of contacts is read by the page,
// which asks for its columns.
async function glance({ files }) {
  const seen = new Owners();
  let any = false;
  let left = GLANCE;
  let why = null;
  const look = async (source) => {
    try {
      const bytes = await beginning(source, left);
      const what = kind(bytes);
      if (what === "other") {
        any ||= !(source.short && files.length === 1) && is_list(textOf(bytes.subarray(0, most_of_a_head())));
        return;
      }
      any = true;
      left -= bytes.length;
      const reader = new Reader(0);
      if (what === "letter") return reader.message(bytes.subarray(0, most_of_a_head()), bytes.length, seen);
      reader.push(bytes, seen);
      reader.end(seen);
    } catch (problem) {
      why = problem.why ?? "read";
    }
  };
  for await (const source of sources(files.slice(0, FEW))) {
    if (left <= 0) break;
    if (source.short) await look({ ...source, pieces: null });
    else if (!source.zip) await look(source);
    else {
      let few = FEW;
      try {
        for await (const one of inside(source)) if (left > 0 && (few -= 1) > 0) await look(one);
      } catch (problem) {
        why = problem.why ?? "packed";
      }
    }
  }
  tell("seen", { any, owners: seen.likely(), why });
}

async function read({ files, me, state }) {
  const mine = (run += 1);
  const here = () => mine === run;
  const gathering = state ? Gathering.restore(state.saved) : new Gathering(me);
  const all = files.reduce((sum, { file }) => sum + file.size, 0);
  const most = most_of_a_head();
  let said = 0;
  let noted = performance.now();
  let pause = SELDOM;

  // Says now and then how far it has come, and notes from where to go on.
  async function come(source, taken, place) {
    const now = performance.now();
    const read = Math.min(source.before + taken, all);
    if (now - said > OFTEN) {
      said = now;
      tell("read", { read, bytes: all, messages: gathering.messages() });
    }
    // Who pauses may be about to leave.
    if (now - noted > pause || paused) {
      await note({ ...place(), read, saved: gathering.save() });
      noted = performance.now();
      // It may cost a twentieth of the time.
      pause = Math.max(SELDOM, (noted - now) * 20);
    }
    if (paused) await paused.promise;
    return here();
  }

  // Takes a list of contacts, if this is the beginning of one.
  async function list(source, head) {
    const whole = head.length < most;
    if (!whole && !is_list(textOf(head))) return false;
    return gathering.list(textOf(whole ? head : await beginning(source, LARGEST_LIST)), source.written);
  }

  async function take(source) {
    const { at, number } = source;
    const first = at === state?.file && number === state.number ? state.offset : 0;
    const reader = new Reader(first);
    if (!first) {
      const head = await beginning(source, most);
      const what = kind(head);
      if (!head.length) return undefined;
      if (what === "other") return (await list(source, head)) || gathering.fault("foreign", source.name);
      if (what === "letter") return reader.message(head, source.short?.size ?? head.length, gathering);
    }
    try {
      for await (const { bytes, taken } of source.pieces(first)) {
        reader.push(bytes, gathering);
        release(bytes);
        if (!(await come(source, taken, () => ({ file: at, number, offset: reader.resumes_at() })))) return undefined;
      }
    } catch (problem) {
      if (!problem.why) throw problem;
      gathering.fault(problem.why, source.name);
    }
    return reader.end(gathering) && gathering.fault("cut", source.name);
  }

  // Reads a file, or what of it can be read; then the next one is at `place`.
  async function each(source, place) {
    try {
      await take(source);
    } catch (problem) {
      if (!problem.why) throw problem;
      gathering.fault(problem.why, source.name);
    }
    return here() && come(source, source.taken, () => ({ ...place, offset: 0 }));
  }

  for await (const source of sources(files, state?.file ?? 0)) {
    const next = { file: source.at + 1, number: 0 };
    if (!source.zip) {
      if (!(await each({ ...source, number: 0, taken: source.size }, next))) return;
      continue;
    }
    try {
      for await (const one of inside(source)) {
        if (one.at === state?.file && one.number < state.number) continue;
        if (!(await each(one, { file: one.at, number: one.number + 1 }))) return;
      }
    } catch (problem) {
      if (!problem.why) throw problem;
      gathering.fault(problem.why, source.name);
    }
  }
  const found = gathering.finish();
  await note({ found, read: all });
  if (here()) postMessage({ word: "found", found }, [found.buffer]);
}

const jobs = {
  glance,
  read,
  pause: () => { paused ??= Promise.withResolvers(); },
  go_on: () => {
    paused?.resolve();
    paused = null;
  },
};

onmessage = async ({ data }) => {
  try {
    await ready;
    await jobs[data.job](data);
  } catch (problem) {
    tell("failed", { why: problem.why ?? "read", text: String(problem?.stack ?? problem) });
  }
};
