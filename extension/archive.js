// The thread that reads archives of mail for the import page: it takes files, and gives back what was found in them. The
// messages themselves never leave it.
import init, { Reader, owners, view } from "./wasm/archive.js";

const ready = init({ module_or_path: new URL("./wasm/archive_bg.wasm", import.meta.url) });
const PIECE = 4 << 20; // so many bytes are read at a time
const GLANCE = 8 << 20; // so many show whose mailbox it is
const OFTEN = 100; // milliseconds between two words about the progress
const MOST_SWOLLEN = 200; // a gzipped file that grows more than this is no mail
const HARMLESS = 256 << 20; // up to so many bytes it may

let reader = null;
let paused = null; // a promise while the user has stopped it, with what goes on
let run = 0; // counts the files; a piece of an older one is not read any more

const tell = (word, more = {}) => postMessage({ ...more, word });

class Refused extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

const isGzip = async (file) => {
  const [a, b] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return a === 0x1f && b === 0x8b;
};

// The pieces of a file, unpacked where it is gzipped, with how much of the file they come from.
async function* pieces(file, until = Infinity) {
  let taken = 0;
  if (!(await isGzip(file))) {
    for (let at = 0; at < Math.min(file.size, until); at += PIECE) {
      const bytes = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
      taken += bytes.length;
      yield { bytes, taken };
    }
    return;
  }
  const counted = new TransformStream({
    transform(piece, out) {
      taken += piece.length;
      out.enqueue(piece);
    },
  });
  const stream = file.stream().pipeThrough(counted).pipeThrough(new DecompressionStream("gzip")).getReader();
  let given = 0;
  try {
    while (given < until) {
      const { value, done } = await stream.read().catch(() => {
        throw new Refused("gzip");
      });
      if (done) break;
      given += value.length;
      if (given > HARMLESS && given > taken * MOST_SWOLLEN) throw new Refused("bomb");
      yield { bytes: value, taken };
    }
  } finally {
    await stream.cancel().catch(() => {});
  }
}

const isLetter = (file) => /\.eml$/i.test(file.name);

async function glance(files) {
  const beginning = [];
  if (isLetter(files[0])) {
    // One message after another, as an mbox would have them.
    const divider = new TextEncoder().encode("From - Thu Jan  1 00:00:00 1970\n");
    const end = new TextEncoder().encode("\n\n");
    for (const file of files.slice(0, 200)) {
      beginning.push(divider, new Uint8Array(await file.slice(0, 1 << 16).arrayBuffer()), end);
    }
  } else for await (const { bytes } of pieces(files[0], GLANCE)) beginning.push(bytes);
  const whole = new Uint8Array(await new Blob(beginning).arrayBuffer());
  tell("owners", { owners: owners(whole) });
}

async function read(files, me) {
  const mine = (run += 1);
  const all = files.reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  let said = 0;
  reader?.free?.();
  reader = new Reader(me);
  for (const file of files) {
    let taken = 0;
    const source = isLetter(file) ? letters(file) : pieces(file);
    for await (const piece of source) {
      if (paused) await paused.promise;
      if (mine !== run) return;
      taken = piece.taken;
      if (isLetter(file)) reader.message(piece.bytes);
      else reader.push(piece.bytes);
      if (performance.now() - said > OFTEN) {
        said = performance.now();
        tell("read", { read: before + taken, bytes: all, messages: reader.report().messages });
      }
    }
    if (!isLetter(file)) reader.end();
    before += file.size;
  }
  const found = reader.finish();
  reader = null;
  if (!found.report.messages) throw new Refused("empty");
  tell("found", { found });
}

async function* letters(file) {
  yield { bytes: new Uint8Array(await file.arrayBuffer()), taken: file.size };
}

const jobs = {
  glance: ({ files }) => glance(files),
  read: ({ files, me }) => read(files, me),
  pause: () => { paused ??= Promise.withResolvers(); },
  go_on: () => {
    paused?.resolve();
    paused = null;
  },
  cancel: () => {
    run += 1;
    jobs.go_on();
    reader?.free();
    reader = null;
  },
  view: ({ stage, id }) => tell("view", { id, view: view(stage) }),
};

onmessage = async ({ data }) => {
  try {
    await ready;
    await jobs[data.job](data);
  } catch (problem) {
    tell("failed", { why: problem.why ?? "read", text: String(problem) });
  }
};
