// Copies of everything that is held: read from the store in one go, so that they are of one moment, whatever version of
// Cadence wrote it. They are kept packed, in a database of their own, which no fault of the store's and no change of its
// shape touches. Nothing here knows what the records mean.

import { answer, letGo, settled } from "./promised.js";

const STORE = "cadence";
const LISTS = ["accounts", "settings", "companies", "clients", "threads"];
const COPIES = "cadence-copies";
const MOST = 7;
const DAY = 86_400_000;
const SPANS = { daily: DAY, weekly: 7 * DAY };

/** Opens the store as it is; nothing where there is none yet. */
async function store() {
  const request = indexedDB.open(STORE);
  let none = false;
  request.onupgradeneeded = () => {
    none = true;
    request.transaction.abort();
  };
  try {
    // Whoever wants to change the store's shape need not wait for us.
    return letGo(await answer(request));
  } catch (error) {
    if (none) return null;
    throw error;
  }
}

/** Everything that is held: the text of the file in parts, and how many clients there are. */
export async function everything(madeAt = Date.now()) {
  const parts = [`{"format":"cadence","version":1,"made_at":${madeAt},`];
  const database = await store();
  let clients = 0;
  let settings = null;
  try {
    const present = LISTS.filter((list) => database?.objectStoreNames.contains(list));
    const transaction = present.length ? database.transaction(present, "readonly") : null;
    for (const [at, list] of LISTS.entries()) {
      parts.push(`${at ? "," : ""}\n"${list}":[`);
      if (present.includes(list)) {
        const objects = transaction.objectStore(list);
        let after = null;
        let some = [];
        let first = true;
        do {
          some = await answer(objects.getAll(after, 500));
          for (const record of some) {
            parts.push(`${first ? "" : ","}\n${JSON.stringify(record)}`);
            first = false;
          }
          if (list === "clients") clients += some.length;
          if (list === "settings") settings = some.at(-1) ?? settings;
          const key = some.length && objects.keyPath;
          const last = some.at(-1);
          if (last) after = IDBKeyRange.lowerBound(Array.isArray(key) ? key.map((name) => last[name]) : last[key], true);
        } while (some.length === 500);
      }
      parts.push("\n]");
    }
  } finally {
    database?.close();
  }
  parts.push("}\n");
  return { parts, clients, settings };
}

async function copies() {
  const request = indexedDB.open(COPIES, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("list", { keyPath: "at" });
    request.result.createObjectStore("packed", { keyPath: "at" });
  };
  return letGo(await answer(request));
}

async function inCopies(mode, job) {
  const database = await copies();
  try {
    const transaction = database.transaction(["list", "packed"], mode, { durability: "strict" });
    const done = settled(transaction);
    done.catch(() => {});
    const result = await job(transaction.objectStore("list"), transaction.objectStore("packed"));
    await done;
    return result;
  } finally {
    database.close();
  }
}

/** The copies, newest first: when, why, how large, how many clients. */
export async function list() {
  return (await inCopies("readonly", (about) => answer(about.getAll()))).reverse();
}

const through = (stream, data) => new Response(new Blob(data).stream().pipeThrough(stream));

/** Keeps a copy; tells when it is of, or nothing where there is nothing to keep. */
export async function keep(why) {
  const at = Date.now();
  const { parts, clients, settings } = await everything(at);
  if (!clients && !settings) return null;
  const bytes = await through(new CompressionStream("gzip"), parts).arrayBuffer();
  await inCopies("readwrite", async (about, packed) => {
    about.put({ at, why, size: bytes.byteLength, clients });
    packed.put({ at, bytes });
    const known = await answer(about.getAllKeys());
    // What is dated ahead was made before a clock was set back, so it is older than what is made now.
    known.sort((one, other) => (other > at) - (one > at) || one - other);
    for (const old of known.slice(0, -MOST)) {
      about.delete(old);
      packed.delete(old);
    }
  });
  return at;
}

/** The text of a copy. */
export async function copy(at) {
  const packed = await inCopies("readonly", (_, packed) => answer(packed.get(at)));
  if (!packed) throw new Error("this copy is gone");
  return through(new DecompressionStream("gzip"), [packed.bytes]).text();
}

/** Keeps a copy if the user's schedule asks for one. A clock that was set back does not put it off. */
export async function keepInTime() {
  const { settings } = await everything();
  const span = SPANS[settings?.backups ?? "daily"];
  if (!span) return;
  const [last] = await list();
  if (last && Math.abs(Date.now() - last.at) < span) return;
  await keep("schedule");
}

/** Takes everything out of the store. */
export async function clear() {
  const database = await store();
  if (!database) return;
  try {
    const transaction = database.transaction(LISTS, "readwrite", { durability: "strict" });
    for (const list of LISTS) transaction.objectStore(list).clear();
    await settled(transaction);
  } finally {
    database.close();
  }
}
