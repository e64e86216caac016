// Everything waits for a minute to be deleted, out of use at once, so that it can be taken back. That it waits, and until when, is
// the last thing to be deleted: whatever is broken off is gone on with at the next wake.

const KEY = "leaving";
const SPAN = 60_000;
const { local } = chrome.storage;

/** The alarm that wakes the worker when the minute is over. */
export const ALARM = "leaving";

let known; // what stands in the browser's storage; the worker alone writes it

/** Until when everything waits to be deleted; nothing where nothing does. */
export function until() {
  known ??= local.get(KEY).then(({ [KEY]: at }) => at);
  return known;
}

async function keep(at) {
  await (at ? local.set({ [KEY]: at }) : local.remove(KEY));
  known = Promise.resolve(at);
}

/** From now on everything waits, unless it does already. */
export async function begin() {
  if (await until()) return;
  await keep(Date.now() + SPAN);
  await watch();
}

/** The minute is over now. */
export const hurry = () => keep(Date.now());

/** Everything stays after all. */
export async function stay() {
  await keep(undefined);
  await chrome.alarms.clear(ALARM);
}

/** Sees to it that the worker is woken at the end of the minute, also after the browser was closed in it. */
export async function watch() {
  const at = await until();
  if (at && !(await chrome.alarms.get(ALARM))) await chrome.alarms.create(ALARM, { when: at });
}

function remove(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = resolve;
    request.onerror = () => reject(request.error);
    // Whoever holds it open was asked to let go. What is not deleted now is deleted at the next wake.
    request.onblocked = () => reject(new Error(`${name} is still in use`));
  });
}

/** Deletes what the browser keeps beside the store, which has been emptied: copies, what pages remember, and that it was to be done. */
export async function vanish(store) {
  const databases = await indexedDB.databases();
  await Promise.all(databases.filter(({ name }) => name !== store).map(({ name }) => remove(name)));
  const session = Object.keys(await chrome.storage.session.get(null)).filter((key) => /^(focus|letter) /.test(key));
  await chrome.storage.session.remove(session);
  await chrome.alarms.clear(ALARM);
  await local.clear();
  known = Promise.resolve(undefined);
}
