// The page of the user's data: reads the files that the user chooses, saves those that they ask for, and draws what the
// Rust side makes of it. What they say yes to is laid down for the worker, the only writer; what runs here of its module never
// opens the store.
import init, { Desk, encoding } from "./wasm/worker.js";
import { copy, everything, keep, list } from "./keep.js";
import { lay } from "./intake.js";
import { codeOf } from "./promised.js";
import { forget, former, remember, sameFiles } from "./reading.js";

const { hands, speak, words } = cadence;
await speak();

await init({ module_or_path: new URL("./wasm/worker_bg.wasm", import.meta.url) });
const desk = new Desk(new Intl.DateTimeFormat().resolvedOptions().timeZone);
const REMEMBERED = "columns";
const LARGEST = 400_000_000;

// A worker that was ended in between goes on where it was.
function ask(question) {
  const call = () => chrome.runtime.sendMessage({ v: 1, ...question });
  return call().catch(call);
}
const draw = () => hands.draw(document.body, desk.view());

async function hold() {
  const { parts } = await everything();
  desk.hold(Date.now(), parts.join(""), await list());
}

function save(parts, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const day = (ms = Date.now()) => new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

// Archives of mail are read in a thread of its own. A page may start one only through a policy of Trusted Types; ours knows
// one address.
const address = chrome.runtime.getURL("archive.js");
const policy = self.trustedTypes?.createPolicy("cadence-thread", { createScriptURL: () => address });
let thread = null;
let mail = null; // what is being read: { name, bytes, folder, files, handles, me, state }
let clock = { began: 0, from: 0, still: 0 };
let shown = {};

function start() {
  thread = new Worker(policy?.createScriptURL("") ?? address, { type: "module" });
  const own = thread;
  // Each word in its turn; of a thread that was ended none counts.
  own.onmessage = ({ data }) => run(() => (own === thread ? said[data.word](data) : undefined));
  own.onerror = () => run(() => (own === thread ? said.failed({ why: "read" }) : undefined));
}

function stop() {
  thread?.terminate();
  thread = null;
  shown = {};
}

async function drop() {
  stop();
  mail = null;
  await forget();
  desk.former(null);
}

function stage(more) {
  shown = { ...shown, ...more };
  desk.stage(mail.name, shown);
}

const said = {
  async seen({ any, owners, why }) {
    if (any) return desk.ask_owner(mail.name, mail.bytes, owners);
    const { files } = mail;
    stop();
    if (why || files.length > 1) return desk.stage(mail.name, { stage: "failed", why: why ?? "empty" });
    mail = null;
    return readText(files[0].file);
  },
  read({ read, bytes, messages }) {
    const seconds = (performance.now() - clock.began - clock.still) / 1000;
    if (shown.paused) return;
    stage({ stage: "reading", read, bytes, messages, speed: seconds > 0.2 ? (read - clock.from) / seconds : 0 });
  },
  async found({ found }) {
    stop();
    await show(mail.name, found);
  },
  async failed({ why }) {
    const { name } = mail;
    await drop();
    desk.stage(name, { stage: "failed", why });
  },
};

async function show(name, found) {
  await hold();
  if (!desk.found(name, found)) await drop();
}

async function readMail(state = null) {
  clock = { began: performance.now(), from: state?.read ?? 0, still: 0 };
  shown = {};
  stage({ stage: "reading", read: clock.from, bytes: mail.bytes, speed: 0, messages: 0, paused: false });
  const { files, me } = mail;
  if (!thread) start();
  thread.postMessage({ job: "read", files: files.map(({ file, path }) => ({ file, path })), me, state });
}

// Takes what was chosen or dropped: `files` are `{ file, path }`; with handles the browser can find them again.
async function bring(files, { handles = null, folder = false } = {}) {
  // What is being read goes on, unless the user cancels it.
  if (thread && shown.stage === "reading") return;
  // A folder's files stand together, as in the headless command.
  const key = ({ path }) => path.replaceAll("/", "\0");
  const all = files.filter(({ file }) => file.size > 0).sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const given = all.map(({ file, path }) => ({ file, path, size: file.size, changed: file.lastModified }));
  if (!given.length) return;
  stop();
  const name = given.length > 1 ? words.text({ count: ["import_files", given.length, []] }) : given[0].file.name;
  mail = { name, bytes: given.reduce((sum, { size }) => sum + size, 0), folder, files: given, handles };
  const before = await former();
  if (before && sameFiles(before.files, given)) {
    mail.me = before.me;
    return readMail(before.state);
  }
  shown = {};
  start();
  thread.postMessage({ job: "glance", files: given.map(({ file, path }) => ({ file, path })) });
}

async function readText(file) {
  if (file.size > LARGEST) throw new Error(words.message("data_too_large"));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder(encoding(bytes)).decode(bytes);
  const { [REMEMBERED]: remembered } = await chrome.storage.local.get(REMEMBERED);
  await hold();
  desk.read(file.name, text, file.lastModified, remembered ?? null);
}

// The browser may forget an element that nobody holds while the user is still choosing.
function picker(more) {
  const input = Object.assign(document.createElement("input"), { type: "file", ...more });
  input.addEventListener("change", () => {
    const files = [...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
    run(() => bring(files, { folder: input.webkitdirectory }));
  });
  document.head.append(input);
  return () => {
    // The same file chosen again is to be read again.
    input.value = "";
    input.click();
  };
}
const choose = picker({ multiple: true });
const chooseFolder = picker({ webkitdirectory: true });

// The files within what was dropped, folders looked into. A browser that hands out handles can find them again later.
async function within(handle, path = handle.name) {
  if (handle.kind === "file") return [{ file: await handle.getFile(), path }];
  const found = [];
  for await (const one of handle.values()) found.push(...(await within(one, `${path}/${one.name}`)));
  return found;
}

async function withinEntry(entry, path = entry.name) {
  const call = (method, on) => new Promise((resolve, reject) => { on[method](resolve, reject); });
  if (entry.isFile) return [{ file: await call("file", entry), path }];
  const [found, reader] = [[], entry.createReader()];
  for (;;) {
    const some = await call("readEntries", reader);
    if (!some.length) return found;
    for (const one of some) found.push(...(await withinEntry(one, `${path}/${one.name}`)));
  }
}

async function dropped(handles, entries) {
  const known = (await Promise.all(handles)).filter(Boolean);
  const kept = known.length === entries.length && known.length > 0;
  const all = kept ? known.map((handle) => within(handle)) : entries.map((entry) => withinEntry(entry));
  const folder = entries.some((entry) => entry.isDirectory);
  return bring((await Promise.all(all)).flat(), { handles: kept ? known : null, folder });
}

// The browser asks the user whether the files may be read, while their click counts; meanwhile the page goes on answering.
async function resume() {
  const before = await former();
  if (!before) return;
  for (const handle of before.handles) {
    // Firefox asks for none.
    if (((await handle.requestPermission?.({ mode: "read" })) ?? "granted") !== "granted") return;
  }
  run(() => goOnWith(before));
}

async function goOnWith(before) {
  const files = await Promise.all(before.handles.map((handle) => within(handle))).then((all) => all.flat(), () => []);
  await bring(files, before);
  if (!sameFiles(before.files, mail?.files ?? [])) {
    await drop();
    desk.stage(before.name, { stage: "failed", why: "changed" });
  }
}

// What was left when the page was closed.
async function recall() {
  const before = await former();
  if (!before) return;
  if (before.state?.found) {
    mail = before;
    await show(before.name, before.state.found);
    return;
  }
  const { name, bytes, folder, handles } = before;
  desk.former({ file: name, read: before.state?.read ?? 0, bytes, folder, known: Boolean(handles) });
}

async function takeOver() {
  // What is here now is kept first, so that there is a way back from a mistake.
  await keep("restore");
  await lay(desk.pieces(), desk.instead());
  const answer = await ask({ ask: "take_in" });
  if (answer.answer !== "done") throw new Error(words.message(`error_${answer.code}`) || answer.message);
  await drop();
  desk.leave(true);
  await hold();
}

const errands = {
  save_all: async () => save((await everything()).parts, `cadence-${day()}.json`, "application/json"),
  save_clients: async () => save([desk.sheet()], `cadence-clients-${day()}.csv`, "text/csv"),
  save_calendar: async () => save([desk.calendar(words.message("calendar_title", "$1"))], `cadence-${day()}.ics`, "text/calendar"),
  choose_file: async () => choose(),
  choose_folder: async () => chooseFolder(),
  start: async ({ me }) => {
    const owners = desk.owners(me);
    if (!owners) return;
    mail.me = owners;
    const { name, bytes, folder, files, handles } = mail;
    await remember({ name, bytes, folder, handles, me: owners, files: files.map(({ path, size, changed }) => ({ path, size, changed })) });
    await readMail();
  },
  // Pressed as the last piece was read, it finds nothing to stop.
  pause: async () => {
    if (!thread) return;
    clock.still -= performance.now();
    thread.postMessage({ job: "pause" });
    stage({ paused: true });
  },
  go_on: async () => {
    if (!thread) return;
    clock.still += performance.now();
    thread.postMessage({ job: "go_on" });
    stage({ paused: false });
  },
  resume: async () => void resume().catch(complain),
  forget: drop,
  match: async (fields) => {
    const named = desk.match_columns(fields);
    if (!named) throw new Error(words.message("columns_no_owner"));
    const { [REMEMBERED]: remembered } = await chrome.storage.local.get(REMEMBERED);
    await chrome.storage.local.set({ [REMEMBERED]: { ...remembered, ...named } });
  },
  take_over: takeOver,
  leave: async () => {
    await drop();
    desk.leave(false);
  },
  back_up: async () => {
    await keep("user");
    await hold();
  },
  look: async (_, at) => desk.look(await copy(at)),
  save_backup: async (_, at) => save([await copy(at)], `cadence-backup-${day(at)}.json`, "application/json"),
};

async function act(action, fields) {
  if (action.do === "data") {
    const [name, value] = typeof action.errand === "string" ? [action.errand] : Object.entries(action.errand)[0];
    return errands[name](fields, value);
  }
  const answer = await ask({ ask: "act", action, fields, ui: {} });
  if (answer.answer !== "done") throw new Error(words.message(`error_${answer.code}`) || answer.message);
  await hold();
}

function complain(problem) {
  const worded = problem instanceof DOMException && codeOf(problem) === "full" && words.message("error_full");
  hands.notice(document.body, worded || (problem.message ?? String(problem)));
}

// While everything waits to be deleted, this page neither shows nor reads anything.
async function stays() {
  if ((await chrome.storage.local.get("leaving")).leaving) throw new Error(words.message("error_leaving"));
}
chrome.storage.onChanged.addListener(({ leaving }) => { if (leaving) location.reload(); });

// One thing after another.
let doing = Promise.resolve();
function run(job) {
  doing = doing.then(stays).then(job).then(draw).catch(complain);
  return doing;
}

hands.listen(document.body, (action, fields) => run(() => act(action, fields)));
const dragging = (on) => (event) => {
  event.preventDefault();
  document.body.toggleAttribute("data-dragging", on);
};
document.addEventListener("dragover", dragging(true));
document.addEventListener("dragleave", dragging(false));
document.addEventListener("drop", (event) => {
  dragging(false)(event);
  // Both can be asked for only while the event is handled.
  const items = [...event.dataTransfer.items].filter(({ kind }) => kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry());
  const handles = items.map((item) => item.getAsFileSystemHandle?.().catch(() => null) ?? null);
  run(() => dropped(handles, entries));
});
run(async () => {
  await hold();
  await recall();
});
