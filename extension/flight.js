// The flight recorder: what the worker did lately that was not as usual, for a report that the user may save. It holds
// names of questions, codes, times and places in our own source; what could hold an address or a word of a letter is left out.

const KEY = "flight";
const MOST = 200;
const HARMLESS = /^[\w .:/-]{1,80}$/;

let writing = Promise.resolve();

/** Notes an event: a name, and facts of which only numbers and harmless words are kept. */
export function note(what, facts = {}) {
  const kept = Object.entries(facts).filter(([, it]) => Number.isFinite(it) || (typeof it === "string" && HARMLESS.test(it)));
  const event = { at: Date.now(), what, ...Object.fromEntries(kept) };
  writing = writing
    .then(async () => {
      const { [KEY]: events = [] } = await chrome.storage.local.get(KEY);
      await chrome.storage.local.set({ [KEY]: [...events, event].slice(-MOST) });
    })
    // A recorder without room must not stop what it records.
    .catch(() => {});
  return writing;
}
