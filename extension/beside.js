// What the worker knows of the tabs: which thread each has open, which frames in them are sidebars that our own dock has put
// there, and what was begun in those. Kept for as long as the browser runs, in its memory, and never told to a page.

const { session } = chrome.storage;
const focusKey = (tab) => `focus ${tab}`;
const letterKey = (tab) => `letter ${tab}`;
const ticketOf = (ticket) => `ticket ${ticket}`;
// A longer letter, in characters, is not held.
const LONGEST = 20_000;

async function kept(key) {
  return (await session.get(key))[key];
}

// What was last kept of each tab: asking the browser takes as long as half of an answer.
const shown = new Map();

/** Keeps what a tab shows; tells whether that is something else than before. */
export async function show(tab, focus) {
  const key = focusKey(tab);
  // As text: the browser gives back an object with its members in another order.
  const text = focus ? JSON.stringify(focus) : undefined;
  const former = shown.has(key) ? shown.get(key) : await kept(key);
  if (former !== text) await (text ? session.set({ [key]: text }) : session.remove(key));
  shown.set(key, text);
  return former !== text;
}

/** A ticket for one sidebar in a tab. */
export async function ticket(tab) {
  await tidy();
  const one = crypto.randomUUID();
  await session.set({ [ticketOf(one)]: { tab } });
  return one;
}

// What was kept of tabs that are gone.
async function tidy() {
  const open = new Set((await chrome.tabs.query({})).map(({ id }) => id));
  const all = Object.entries(await session.get(null));
  const owner = ([key, value]) => (key.startsWith("ticket ") ? value.tab : Number(key.split(" ")[1]));
  const gone = all.filter((one) => /^(focus|letter|ticket) /.test(one[0]) && !open.has(owner(one)));
  if (gone.length) await session.remove(gone.map(([key]) => key));
  for (const [key] of gone) shown.delete(key);
}

/**
 * Whether a page of ours may show anything. Within another page only the first document that comes with a ticket of that
 * tab's may: whoever else frames our page, to have it clicked on unseen, gets an empty one.
 */
export async function admits(call, sender) {
  const framed = sender.tab && sender.frameId !== 0 && !/^https?:/.test(sender.url ?? "");
  if (!framed) return true;
  const key = ticketOf(call.ticket);
  const held = await kept(key);
  if (!held || held.tab !== sender.tab.id) return false;
  const document = sender.documentId ?? `frame ${sender.frameId}`;
  if (!held.document) await session.set({ [key]: { ...held, document } });
  return !held.document || held.document === document;
}

/** The tab that a sidebar stands in, or the active tab of its window. */
async function tabOf(call, sender) {
  if (sender.tab) return sender.tab;
  const [tab] = await chrome.tabs.query({ active: true, windowId: call.window });
  // Of a tab that has left the webmail, and of every other, the browser does not tell the address.
  return tab?.url ? tab : undefined;
}

/** What the tab shows that a sidebar stands beside. */
export async function focus(call, sender) {
  const tab = await tabOf(call, sender);
  return tab && focusOf(tab.id);
}

/** Puts a draft into the letter that is being written beside a sidebar; tells whether there is one. */
export async function put(draft, call, sender) {
  const tab = await tabOf(call, sender);
  return tab ? chrome.tabs.sendMessage(tab.id, { tell: "draft", draft }, { frameId: 0 }).catch(() => false) : false;
}

/** Holds the letter that is being written in a tab's sidebar, which goes with the page around it; null when there is none. */
export async function hold({ letter }, { tab }) {
  if (letter?.body.length <= LONGEST) await session.set({ [letterKey(tab.id)]: letter });
  else await session.remove(letterKey(tab.id));
}

/** The letter that was being written in a tab's sidebar. */
export const held = ({ tab }) => kept(letterKey(tab.id));

/** What a tab shows, as far as the worker was told. */
export async function focusOf(tab) {
  const text = await kept(focusKey(tab));
  return text && JSON.parse(text);
}
