// The worker's shim: registers every listener in the first turn, as the browser demands of a worker that it may wake for
// an event, and hands each event to the Wasm side, one at a time.
import init, { answer, empty, go_on, let_demo_go, let_go, refresh, take_in } from "./wasm/worker.js";
import * as beside from "./beside.js";
import { takeAll } from "./intake.js";
import { clear, keepInTime } from "./keep.js";
import * as flight from "./flight.js";
import * as leaving from "./leaving.js";
import { isGuest, isOurs } from "./gate.js";
import { codeOf } from "./promised.js";
import { install, speak, spoken, tellDue } from "./reach.js";

const ready = init({ module_or_path: new URL("./wasm/worker_bg.wasm", import.meta.url) });
const style = ready.then(() => fetch(chrome.runtime.getURL("content/strip.css"))).then((file) => file.text());
// Firefox names them by their whole addresses, which it does not take back.
const scripts = chrome.runtime.getManifest().content_scripts[0].js.map((file) => file.replace(chrome.runtime.getURL(""), ""));

// Between a read of the store and the write that follows from it nobody else may write.
let queue = ready.catch(() => {});
// A panic between two steps of a job is nobody's rejection: the job would never end, and no other would have its turn.
let fall = () => {};
const stumbled = (error) => { if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) fall(error); };
self.addEventListener("error", ({ error }) => stumbled(error));
self.addEventListener("unhandledrejection", ({ reason }) => stumbled(reason));
function inTurn(job) {
  const done = queue.then(() => ready).then(() => Promise.race([job(), new Promise((_, reject) => { fall = reject; })]));
  queue = done.catch(() => {});
  return done;
}

// Work that nobody waits for lets every question go first.
async function aside(job) {
  for (let last; last !== queue; await last) last = queue;
  return inTurn(job);
}

const ask = async (question) => {
  const leaves = await stillLeaving();
  return inTurn(() => answer({ v: 1, ...question, leaving: leaves }));
};
// On the page of the first steps all is about an invented client, in a database of her own that goes with the page.
const isDemo = (sender) => sender.url?.split("#")[0] === chrome.runtime.getURL("welcome.html");
const endDemo = () => inTurn(async () => {
  let_demo_go();
  indexedDB.deleteDatabase("cadence demo");
});
const isOptions = (sender) => sender.url?.split("#")[0] === chrome.runtime.getURL("options.html");

// Until when everything waits to be deleted. When that is over it goes, before anything else is done.
async function stillLeaving() {
  const until = await leaving.until();
  if (!until || until > Date.now()) return until;
  return vanish().catch((error) => {
    note(error);
    return until;
  });
}

let vanishing = null;
function vanish() {
  vanishing ??= inTurn(() => {
    let_demo_go();
    return empty();
  })
    .then(() => leaving.vanish("cadence"))
    .then(() => speak(ask, true))
    .then(() => tell({}))
    .finally(() => { vanishing = null; });
  return vanishing;
}

// What the user wishes to become of everything that waits, once the wish has been found sound.
const WISHES = {
  delete_all: leaving.begin,
  keep_all: leaving.stay,
  async delete_now() {
    await leaving.hurry();
    await vanish();
  },
};

async function reply(call, sender) {
  const began = performance.now();
  const response = await respond(call, sender);
  const ms = Math.round(performance.now() - began);
  const { code } = response;
  if (code ?? ms > SLOW) flight.note(code ? "failed" : "slow", { ask: call.ask, deed: call.action?.do, code, ms });
  return response;
}

// An answer that takes longer than this, in milliseconds, is noted.
const SLOW = 1000;

function crash(error, call) {
  flight.note("crash", { ask: call?.ask, deed: call?.action?.do, kind: error?.name, place: globalThis.cadenceStopped });
  globalThis.cadenceStopped = undefined;
  return { answer: "failed", code: "crash", message: String(error) };
}

async function respond(call, sender) {
  // The words are no secret, and a page of ours looks for them before it knows where it stands.
  if (call.ask === "messages") return { answer: "messages", messages: await spoken() };
  if (!(await beside.admits(call, sender))) return { answer: "failed", code: "stranger", message: "not put here by Cadence" };
  // What stands on other tabs is for our own pages.
  if (call.ask === "checks") return isGuest(sender) ? { answer: "failed", code: "stranger", message: "for our own pages" } : checks();
  const demo = isDemo(sender);
  if (call.ask === "end_demo" && demo) return endDemo().then(() => ({ answer: "done", ui: {} }));
  if (call.ask === "take_in" && sender.url === chrome.runtime.getURL("import.html")) return taken();
  if (call.ask === "ticket") return { answer: "ticket", ticket: await beside.ticket(sender.tab.id) };
  if (call.ask === "hold" || call.ask === "held") return beginnings(call, sender);
  const focus = call.ask === "sidebar" ? await beside.focus(call, sender) : undefined;
  if (call.ask === "report") return open("report.html").then(() => ({ answer: "done", ui: {} }));
  const bytes = call.ask === "options" ? (await navigator.storage.estimate()).usage : undefined;
  const leaves = demo ? undefined : await stillLeaving();
  const response = await inTurn(() => answer({ ...call, focus, bytes, demo, guest: isGuest(sender), leaving: leaves }));
  if (call.ask === "act" && !demo && response.answer === "done") await WISHES[call.action?.do]?.();
  // Before the page draws itself anew.
  if (call.ask === "act" && isOptions(sender)) await speak(ask);
  if (response.answer === "table") response.style = await style;
  if (response.answer === "drawn" && sender.tab) {
    const { focus } = response;
    delete response.focus;
    // What is new in an open thread is new in the sidebar beside it, too; it hears of it once the page has its answer.
    if ((await beside.show(sender.tab.id, focus)) || focus) setTimeout(tellPages, 0, sender.tab);
  }
  if (call.action?.do === "insert_draft" && response.draft && !(await beside.put(response.draft, call, sender))) {
    return { answer: "failed", code: "no_letter", message: "no letter is being written" };
  }
  // What few letters need, no page need load.
  if (response.schedule && sender.tab) {
    const target = { tabId: sender.tab.id, frameIds: [sender.frameId] };
    await chrome.scripting.executeScript({ target, files: ["schedule.js"] }).catch(note);
  }
  // She has no mail that could be shown.
  if (response.open && !(demo && response.open === "sidebar.html")) await open(response.open, sender);
  return response;
}

// A letter that is begun in the sidebar beside a webmail, which may load another page before there is a place for it.
async function beginnings(call, sender) {
  if (isGuest(sender) || !sender.tab) return { answer: "failed", code: "stranger", message: "for the sidebar beside a webmail" };
  if (call.ask === "hold") await beside.hold(call, sender);
  return { answer: "letter", letter: await beside.held(sender) };
}

// Takes over what the page of the user's data has laid down, also what a worker that was ended left lying.
let taking = Promise.resolve();
function takeLaid() {
  const take = (piece) => inTurn(() => take_in(piece));
  const empty = () => inTurn(() => {
    let_go();
    return clear();
  });
  const done = taking.then(() => takeAll(take, empty));
  taking = done.catch(() => {});
  return done;
}

async function taken() {
  try {
    if (await stillLeaving()) return { answer: "failed", code: "leaving", message: "everything is about to be deleted" };
    await takeLaid();
    return { answer: "done", ui: {} };
  } catch (error) {
    return { answer: "failed", code: codeOf(error), message: error.message };
  }
}

// Looks four times a day whether the user's schedule asks for a copy.
const BACKUP = "backup";
async function watchSchedule() {
  if (!(await chrome.alarms.get(BACKUP))) await chrome.alarms.create(BACKUP, { delayInMinutes: 2, periodInMinutes: 360 });
}

// A copy of what is about to be deleted would hardly be what was asked for.
async function copyInTime() {
  if (!(await stillLeaving())) await keepInTime();
}

// The tabs that show a webmail which Cadence may read.
async function mailTabs() {
  const { origins } = await chrome.permissions.getAll();
  return chrome.tabs.query({ url: origins });
}

// Our own pages hear of it at once. Where none is open, there is nobody to hear.
function tellPages(tab) {
  chrome.runtime.sendMessage({ tell: "changed" }).catch(() => {});
  // To Firefox a sidebar that stands in a page is a part of that tab.
  if (tab) chrome.tabs.sendMessage(tab.id, { tell: "beside" }).catch(() => {});
}

// Whatever changed in one place shows in every other.
async function tell(sender) {
  tellPages(sender.tab);
  // The sidebar in a tab is not the webmail's page around it.
  const own = /^https?:/.test(sender.url ?? "") ? sender.tab?.id : undefined;
  const others = (await mailTabs()).filter((tab) => tab.id !== own);
  await Promise.allSettled(others.map((tab) => chrome.tabs.sendMessage(tab.id, { tell: "changed" })));
}

// Shows an address: in the tab that has its mailbox open and need not load it anew, else in a new one.
async function open(address, sender) {
  if (address === "sidebar.html") return sender.tab && chrome.tabs.sendMessage(sender.tab.id, { tell: "dock" });
  if (address === "options.html") return chrome.runtime.openOptionsPage();
  if (/^[a-z]+\.html/.test(address)) return chrome.tabs.create({ url: chrome.runtime.getURL(address) });
  const url = new URL(address);
  const tabs = await mailTabs();
  const stays = (shown) => url.hash !== "" && shown.origin === url.origin && shown.pathname === url.pathname;
  const home = tabs.find((tab) => stays(new URL(tab.url)));
  if (!home) return chrome.tabs.create({ url: url.href });
  // With another query the mailbox would be loaded anew.
  url.search ||= new URL(home.url).search;
  await chrome.tabs.update(home.id, { url: url.href, active: true });
  await chrome.windows.update(home.windowId, { focused: true });
}

// What the eyes find on the open pages of webmails: shapes and counts, none of what stands there.
async function checks() {
  const tabs = await mailTabs();
  const asked = tabs.map((tab) => chrome.tabs.sendMessage(tab.id, { tell: "check" }, { frameId: 0 }));
  const pages = (await Promise.allSettled(asked)).map(({ value }) => value).filter(Boolean);
  return { answer: "checks", cadence: chrome.runtime.getManifest().version, pages };
}

// Has the browser run our scripts in the webmails that the user has named, also after an update, which it does not
// outlive by itself, and nowhere else. With `tidy` the grants of other hosts are given back.
async function register({ revoked = [], tidy = false } = {}) {
  const { patterns } = await inTurn(() => answer({ v: 1, ask: "webmails", revoked }));
  const { origins } = await chrome.permissions.getAll();
  const known = await chrome.scripting.getRegisteredContentScripts();
  const wanted = [];
  for (const pattern of patterns) {
    if (await chrome.permissions.contains({ origins: [pattern] })) wanted.push(pattern);
  }
  const old = known.filter(({ matches, js }) => !wanted.includes(matches[0]) || js.join() !== scripts.join());
  if (old.length) await chrome.scripting.unregisterContentScripts({ ids: old.map(({ id }) => id) });
  const kept = known.filter((script) => !old.includes(script)).map(({ matches }) => matches[0]);
  const fresh = wanted.filter((pattern) => !kept.includes(pattern));
  if (fresh.length) {
    const script = (pattern) => ({ id: `webmail ${pattern}`, matches: [pattern], js: scripts, runAt: "document_start" });
    await chrome.scripting.registerContentScripts(fresh.map(script));
    // Tabs that are open already need not be loaded anew.
    const tabs = await chrome.tabs.query({ url: fresh });
    const run = ({ id }) => chrome.scripting.executeScript({ target: { tabId: id }, files: scripts });
    await Promise.allSettled(tabs.map(run));
  }
  if (!tidy) return;
  const { host_permissions: ours } = chrome.runtime.getManifest();
  const host = (pattern) => pattern.split("/").slice(0, 3).join("/");
  const needed = new Set([...ours, ...patterns].map(host));
  const spare = origins.filter((origin) => !needed.has(host(origin)));
  if (spare.length) await chrome.permissions.remove({ origins: spare });
}

// What changes what one page shows, and nothing that another one could.
const LOOKS = new Set(["find", "scroll", "show_list", "show_market", "show_country", "show_options", "show_weeks", "weigh", "leave", "open"]);
const note = (error) => {
  console.error("Cadence:", error);
  if (error instanceof WebAssembly.RuntimeError) crash(error);
  else flight.note("failed", { ask: "refresh", kind: error?.name });
};
// After an alarm, which is gone then, and at every wake, before which it may have been lost, all is said anew.
const renew = async (anew) => {
  try {
    const leaves = await stillLeaving();
    const told = await inTurn(() => refresh(anew, Boolean(leaves)));
    await tellDue(told);
    if (told.more) goOn().catch(note);
  } catch (error) {
    note(error);
  }
};
// Everybody is planned anew piece by piece.
let going = false;
async function goOn() {
  if (going) return;
  going = true;
  try {
    for (let told = { more: true }; told.more && !(await leaving.until()); await tellDue(told)) told = await aside(go_on);
  } finally {
    going = false;
  }
  await tell({});
}
const wake = () => renew(true);

chrome.runtime.onMessage.addListener((call, sender, send) => {
  if (!isOurs(sender)) return false;
  reply(call, sender)
    .catch((error) => crash(error, call))
    .then(send)
    .then(() => renew(false))
    .then(() => (call.ask === "take_in" || (call.ask === "act" && !LOOKS.has(call.action?.do) && !isDemo(sender)) ? tell(sender) : undefined))
    .then(() => (call.ask === "act" && isOptions(sender) ? register({ tidy: true }) : undefined))
    .catch(note);
  return true;
});
chrome.alarms.onAlarm.addListener(({ name }) => (name === BACKUP ? copyInTime().catch(note) : wake()));
const begin = () => wake().then(() => register()).catch(note);
chrome.runtime.onInstalled.addListener(begin);
chrome.runtime.onInstalled.addListener(({ reason }) => {
  flight.note(reason, { version: chrome.runtime.getManifest().version });
  if (reason === "install") open("welcome.html").catch(note);
});
install({ ask, open, focusOf: beside.focusOf, changed: () => tell({}).then(() => renew(false)), note });
chrome.runtime.onStartup.addListener(begin);
chrome.runtime.onStartup.addListener(() => { endDemo().catch(note); });
chrome.permissions.onRemoved.addListener(({ origins = [] }) => { register({ revoked: origins }).catch(note); });
wake();
takeLaid().catch(note);
watchSchedule().catch(note);
leaving.watch().catch(note);
