// What is remembered of an archive of mail while it is being read, so that it can be gone on with after the page or the browser
// was closed: which files, and now and then all that was gathered so far. Kept apart from the store, and gone with the last word.

import { answer, letGo, settled } from "./promised.js";

const NAME = "cadence-reading";

async function within(mode, job) {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("what");
  const database = letGo(await answer(request));
  try {
    const transaction = database.transaction("what", mode);
    const [result] = await Promise.all([answer(job(transaction.objectStore("what"))), settled(transaction)]);
    return result;
  } finally {
    database.close();
  }
}

/** Which files are being read: `{ name, bytes, folder, files, me, handles }`. */
export const remember = (job) => within("readwrite", (what) => {
  what.delete("state");
  return what.put(job, "job");
});

/** How far it has come: `{ file, offset, read, saved }`, or `{ found }`. */
export const note = (state) => within("readwrite", (what) => what.put(state, "state"));

/** What was being read, and how far it had come; nothing where nothing was. */
export async function former() {
  const databases = await indexedDB.databases();
  if (!databases.some(({ name }) => name === NAME)) return null;
  const job = await within("readonly", (what) => what.get("job"));
  if (!job) return null;
  return { ...job, state: (await within("readonly", (what) => what.get("state"))) ?? null };
}

/** Leaves no trace of it. */
export const forget = () => answer(indexedDB.deleteDatabase(NAME));

/** What files are known again by. */
export const sameFiles = (one, other) =>
  one.length === other.length && one.every((file, at) => ["path", "size", "changed"].every((key) => file[key] === other[at][key]));
