// The worker's shim: registers every listener in the first turn, as the browser demands of a worker that it may wake for
// an event, and hands each event to the Wasm side, one at a time.
import init, { answer, refresh } from "./wasm/worker.js";
import * as beside from "./beside.js";

const ready = init({ module_or_path: new URL("./wasm/worker_bg.wasm", import.meta.url) });
const style = ready.then(() => fetch(chrome.runtime.getURL("content/strip.css"))).then((file) => file.text());
const MAIL = "https://mail.google.com/*";

// Between a read of the store and the write that follows from it nobody else may write.
let queue = ready.catch(() => {});
function inTurn(job) {
  const done = queue.then(() => ready).then(job);
  queue = done.catch(() => {});
  return done;
}

async function reply(call, sender) {
  if (!(await beside.admits(call, sender))) return { answer: "failed", code: "stranger", message: "not put here by Cadence" };
  if (call.ask === "ticket") return { answer: "ticket", ticket: await beside.ticket(sender.tab.id) };
  const focus = call.ask === "sidebar" ? await beside.focus(call, sender) : undefined;
  const response = await inTurn(() => answer({ ...call, focus }));
  if (response.answer === "table") response.style = await style;
  if (response.answer === "drawn" && sender.tab) {
    const { focus } = response;
    delete response.focus;
    if (await beside.show(sender.tab.id, focus)) tellPages();
  }
  if (response.open) await open(response.open);
  return response;
}

// Our own pages hear of it at once. Where none is open, there is nobody to hear.
const tellPages = () => chrome.runtime.sendMessage({ tell: "changed" }).catch(() => {});

// Whatever changed in one place shows in every other.
async function tell(sender) {
  tellPages();
  const tabs = await chrome.tabs.query({ url: MAIL });
  const others = tabs.filter((tab) => tab.id !== sender.tab?.id);
  await Promise.allSettled(others.map((tab) => chrome.tabs.sendMessage(tab.id, { tell: "changed" })));
}

// Shows a thread: in the tab that has its mailbox open, else in a new one.
async function open(path) {
  if (path === "options.html") return chrome.runtime.openOptionsPage();
  const url = new URL(path, "https://mail.google.com");
  const tabs = await chrome.tabs.query({ url: MAIL });
  const home = tabs.find((tab) => new URL(tab.url).pathname === url.pathname);
  if (!home) return chrome.tabs.create({ url: url.href });
  await chrome.tabs.update(home.id, { url: url.href, active: true });
  await chrome.windows.update(home.windowId, { focused: true });
}

const note = (error) => console.error("Cadence:", error);
// After an alarm, which is gone then, and at every wake, before which it may have been lost, all is said anew.
const renew = (anew) => inTurn(() => refresh(anew)).catch(note);
const wake = () => renew(true);

chrome.runtime.onMessage.addListener((call, sender, send) => {
  if (sender.id !== chrome.runtime.id) return false;
  reply(call, sender)
    .catch((error) => ({ answer: "failed", code: "crash", message: String(error) }))
    .then(send)
    .then(() => renew(false))
    .then(() => (call.ask === "act" ? tell(sender) : undefined))
    .catch(note);
  return true;
});
chrome.alarms.onAlarm.addListener(wake);
chrome.runtime.onInstalled.addListener(wake);
chrome.runtime.onStartup.addListener(wake);
wake();
