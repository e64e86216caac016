// How Cadence is reached and reaches out without a page of its own: keyboard shortcuts, the context menu, the notification of
// the day, the words on the button; and the language that the user chose for all of it.

const { local } = chrome.storage;
const MENU = "client";
const CALL = "due";

async function say(key, count) {
  const messages = (await local.get("messages")).messages ?? (chrome.i18n.getMessage("language") ? null : await spoken());
  const message = (name) => (messages ? messages[name]?.replace("$1", count) ?? "" : chrome.i18n.getMessage(name, [String(count)]));
  if (count === undefined) return message(key);
  const form = new Intl.PluralRules(message("language") || "en").select(count);
  return message(`${key}_${form}`) || message(`${key}_other`);
}

/** The messages in the browser's own language, or in the one that stands in for it. */
export async function spoken() {
  const [language, region] = chrome.i18n.getUILanguage().split("-");
  for (const folder of [`${language}_${region}`, language, chrome.runtime.getManifest().default_locale]) {
    const found = await messagesOf(folder).catch(() => null);
    if (found) return found;
  }
  return null;
}

async function messagesOf(folder) {
  const file = await fetch(chrome.runtime.getURL(`_locales/${folder}/messages.json`));
  return Object.fromEntries(Object.entries(await file.json()).map(([key, { message }]) => [key, message]));
}

/** Keeps the messages of the language that the user has chosen, so that every page finds them. */
export async function speak(ask, anew = false) {
  const { folder } = await ask({ ask: "language" });
  const { spoken: kept } = await local.get("spoken");
  if (!anew && (kept ?? null) === (folder ?? null)) return;
  if (!folder) {
    await local.remove(["spoken", "messages"]);
  } else {
    await local.set({ spoken: folder, messages: await messagesOf(folder) });
  }
  titled = undefined;
  await menu();
}

let titled; // how many the button was last told to say, in the language of now
/** Words what is due on the button and, where the user asked for it, in the one notification of the day. */
export async function tellDue({ due, notify }) {
  // Looking for the words and telling the browser what it has heard cost as much as saying something new.
  if (due !== titled) await chrome.action.setTitle({ title: await say(due ? "badge_title" : "name", due || undefined) });
  titled = due;
  if (!notify || !chrome.notifications) return;
  await chrome.notifications.create(CALL, {
    type: "basic",
    iconUrl: chrome.runtime.getURL("icons/128.png"),
    title: await say("due_heading", due),
    message: await say("call_message"),
  });
}

async function menu() {
  await chrome.contextMenus.removeAll();
  const title = await say("menu_client");
  chrome.contextMenus.create({ id: `${MENU} link`, title, contexts: ["link"], targetUrlPatterns: ["mailto:*"] });
  chrome.contextMenus.create({ id: MENU, title, contexts: ["selection"] });
}

// The popup where the browser lets it be opened; else its page in a tab.
async function showList(page, open) {
  try {
    await chrome.action.setPopup({ popup: page });
    await chrome.action.openPopup();
  } catch {
    await open(page);
  } finally {
    await chrome.action.setPopup({ popup: "popup.html" });
  }
}

/** Registers the listeners. */
export function install({ ask, open, focusOf, changed, note }) {
  const COMMANDS = {
    async toggle_sidebar(tab) {
      await chrome.tabs.sendMessage(tab.id, { tell: "dock", toggle: true });
    },
    async snooze_open(tab) {
      const focus = await focusOf(tab.id);
      if (!focus) return;
      await ask({ ask: "act", action: { do: "snooze_open", open: focus } });
      await changed();
    },
    async next_due(tab) {
      const after = tab && (await focusOf(tab.id));
      const done = await ask({ ask: "act", action: { do: "open_next", after } });
      if (done.open) await open(done.open);
    },
  };
  chrome.commands.onCommand.addListener((name, tab) => { COMMANDS[name]?.(tab).catch(note); });
  chrome.contextMenus.onClicked.addListener(async ({ linkUrl, selectionText }) => {
    try {
      const email = linkUrl ? decodeURIComponent(linkUrl) : selectionText;
      const done = await ask({ ask: "act", action: { do: "follow_address" }, fields: { email } });
      await changed();
      // Where no address was found the list says so.
      await showList(done.open ?? `popup.html#find=${encodeURIComponent(email.replace(/^mailto:/, "").trim().slice(0, 100))}`, open);
    } catch (error) {
      note(error);
    }
  });
  // The permission, and with it the interface, may come while the worker runs.
  const called = (id) => {
    if (id !== CALL) return;
    chrome.notifications.clear(id);
    showList("popup.html", open).catch(note);
  };
  const listen = () => {
    if (chrome.notifications && !chrome.notifications.onClicked.hasListener(called)) chrome.notifications.onClicked.addListener(called);
  };
  listen();
  chrome.permissions.onAdded.addListener(listen);
  chrome.runtime.onInstalled.addListener(() => { speak(ask, true).then(menu).catch(note); });
}
