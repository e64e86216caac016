// The page of the user's data: reads the files that the user chooses, saves those that they ask for, and draws what the
// Rust side (wasm/import.js) makes of it. What they say yes to is laid down for the worker, the only writer.
import init, { Desk, encoding } from "./wasm/import.js";
import { copy, everything, keep, list } from "./keep.js";
import { lay } from "./intake.js";

const { hands, words } = cadence;
document.documentElement.lang = words.language;
document.documentElement.dir = words.message("direction");
document.title = words.message("title_data");

await init({ module_or_path: new URL("./wasm/import_bg.wasm", import.meta.url) });
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

async function read(file) {
  if (!file) return;
  if (file.size > LARGEST) throw new Error(words.message("data_too_large"));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder(encoding(bytes)).decode(bytes);
  const { [REMEMBERED]: remembered } = await chrome.storage.local.get(REMEMBERED);
  await hold();
  desk.read(file.name, text, remembered ?? null);
}

function choose() {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".json,.csv,.tsv,.txt,.vcf";
  input.addEventListener("change", () => run(() => read(input.files[0])));
  input.click();
}

async function takeOver() {
  // What is here now is kept first, so that there is a way back from a mistake.
  await keep("restore");
  await lay(desk.pieces(), desk.instead());
  const answer = await ask({ ask: "take_in" });
  if (answer.answer !== "done") throw new Error(words.message(`error_${answer.code}`) || answer.message);
  desk.leave(true);
  await hold();
}

const errands = {
  save_all: async () => save((await everything()).parts, `cadence-${day()}.json`, "application/json"),
  save_clients: async () => save([desk.sheet()], `cadence-clients-${day()}.csv`, "text/csv"),
  save_calendar: async () => save([desk.calendar(words.message("calendar_title", "$1"))], `cadence-${day()}.ics`, "text/calendar"),
  choose_file: async () => choose(),
  match: async (fields) => {
    const named = desk.match_columns(fields);
    if (!named) throw new Error(words.message("columns_no_owner"));
    const { [REMEMBERED]: remembered } = await chrome.storage.local.get(REMEMBERED);
    await chrome.storage.local.set({ [REMEMBERED]: { ...remembered, ...named } });
  },
  take_over: takeOver,
  leave: async () => desk.leave(false),
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

// One thing after another.
let doing = Promise.resolve();
function run(job) {
  doing = doing.then(job).then(draw).catch((problem) => hands.notice(document.body, problem.message ?? String(problem)));
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
  run(() => read(event.dataTransfer.files[0]));
});
run(hold);
