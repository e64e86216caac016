// The import page: takes the files that the user chooses to the thread that reads them, shows what it says, and gives what
// was found to the worker once the user has said yes.
"use strict";

(async () => {
  const { ask, hands, words } = cadence;
  const root = document.body.appendChild(document.createElement("main"));
  await cadence.speak();

  const FORMER = "import"; // what was being read is remembered under this name, so that it can be begun again
  const AT_ONCE = 200; // so many clients go to the worker in one write
  const address = chrome.runtime.getURL("archive.js");
  const policy = self.trustedTypes?.createPolicy("cadence-thread", { createScriptURL: () => address });
  const thread = new Worker(policy?.createScriptURL("") ?? address, { type: "module" });

  let files = [];
  let found = null;
  let stage = {};
  let began = 0;
  let stopped = 0; // milliseconds that the user had it wait
  let drawn = 0;

  // Stages are drawn in their order; a view that comes late is not drawn over a newer one.
  function show(next) {
    stage = next;
    thread.postMessage({ job: "view", stage: next, id: (drawn += 1) });
  }

  const nameOf = () => (files.length > 1 ? words.text({ count: ["import_files", files.length, []] }) : files[0].name);
  const size = () => files.reduce((sum, { size }) => sum + size, 0);

  async function choose(chosen) {
    files = [...chosen].filter(({ size }) => size > 0);
    // Of a folder its messages count; of several archives each.
    const letters = files.filter(({ name }) => /\.(eml|mbox|mbx|gz)$/i.test(name));
    if (files.length > 1) files = letters;
    if (!files.length) return show({ stage: "failed", why: "empty" });
    thread.postMessage({ job: "glance", files });
  }

  const said = {
    view({ id, view }) {
      if (id === drawn) hands.draw(root, view);
    },
    async owners({ owners }) {
      const known = await ask({ ask: "mailboxes" }).then(({ addresses }) => addresses ?? [], () => []);
      const likely = owners.slice(0, 1);
      const mine = known.filter((one) => owners.includes(one));
      show({ stage: "owner", file: nameOf(), bytes: size(), owners: mine.length ? mine : likely });
    },
    read({ read, bytes, messages }) {
      if (stage.stage !== "reading" || stage.paused) return;
      const seconds = (performance.now() - began - stopped) / 1000;
      show({ ...stage, read, bytes, messages, speed: seconds > 0 ? read / seconds : 0 });
    },
    found(word) {
      found = word.found;
      chrome.storage.session.remove(FORMER);
      show({ stage: "summary", file: nameOf(), report: found.report });
    },
    failed({ why }) {
      show({ stage: "failed", why });
    },
  };
  thread.onmessage = ({ data }) => said[data.word]?.(data);
  thread.onerror = () => show({ stage: "failed", why: "read" });

  const steps = {
    choose: () => picker.click(),
    choose_folder: () => folders.click(),
    start({ me }) {
      const addresses = me.split(/[\s,;]+/).filter(Boolean);
      if (!addresses.length || !addresses.every((one) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(one))) {
        return show({ ...stage, owners: [me], refused: true });
      }
      [began, stopped] = [performance.now(), 0];
      chrome.storage.session.set({ [FORMER]: nameOf() });
      show({ stage: "reading", file: nameOf(), read: 0, bytes: size(), speed: 0, messages: 0, paused: false });
      thread.postMessage({ job: "read", files, me: addresses });
    },
    pause() {
      stopped -= performance.now();
      thread.postMessage({ job: "pause" });
      show({ ...stage, paused: true });
    },
    go_on() {
      stopped += performance.now();
      thread.postMessage({ job: "go_on" });
      show({ ...stage, paused: false });
    },
    cancel() {
      thread.postMessage({ job: "cancel" });
      begin();
    },
    again: () => begin(),
    keep,
  };

  function begin(former = null) {
    [files, found] = [[], null];
    chrome.storage.session.remove(FORMER);
    show({ stage: "begin", former });
  }

  // Company by company, so that what belongs together is written together. What was written stays right if it is written
  // again, so a write that fails can be tried anew.
  async function keep() {
    const { clients, threads, clues } = found;
    const by = (list, key) => Map.groupBy(list, key);
    const [theirs, said] = [by(threads, ({ company }) => company), by(clues, ({ client }) => client)];
    const companies = [...by(clients, ({ company }) => company)];
    for (let at = 0, done = 0; at < companies.length;) {
      const some = [];
      let count = 0;
      while (at < companies.length && count < AT_ONCE) {
        some.push(companies[at]);
        count += companies[at][1].length;
        at += 1;
      }
      show({ stage: "storing", done, all: clients.length });
      const people = some.flatMap(([, people]) => people);
      const intake = { clients: people, threads: some.flatMap(([company]) => theirs.get(company) ?? []), hints: true };
      const answer = await ask({ ask: "take_in", intake, clues: people.flatMap(({ email }) => said.get(email) ?? []) });
      if (answer?.answer !== "done") return show({ stage: "failed", why: "store" });
      done += people.length;
    }
    show({ stage: "done", clients: clients.length });
  }

  const input = (more) => {
    const made = Object.assign(document.createElement("input"), { type: "file", multiple: true, hidden: true, ...more });
    made.addEventListener("change", () => {
      choose(made.files);
      made.value = ""; // the same file may be chosen again
    });
    document.body.append(made);
    return made;
  };
  const picker = input({ accept: ".mbox,.mbx,.gz,.eml" });
  const folders = input({ webkitdirectory: true });

  // The files in whatever was dropped, folders looked into.
  async function dropped(items) {
    const all = [];
    const open = [...items].map((item) => item.webkitGetAsEntry?.() ?? null).filter(Boolean);
    while (open.length) {
      const entry = open.shift();
      if (entry.isFile) all.push(await new Promise((resolve, reject) => { entry.file(resolve, reject); }));
      else {
        const reader = entry.createReader();
        for (;;) {
          const some = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
          if (!some.length) break;
          open.push(...some);
        }
      }
    }
    return all;
  }
  addEventListener("dragover", (event) => {
    event.preventDefault();
    root.toggleAttribute("data-over", true);
  });
  addEventListener("dragleave", () => root.toggleAttribute("data-over", false));
  addEventListener("drop", async (event) => {
    event.preventDefault();
    root.toggleAttribute("data-over", false);
    if (["begin", "owner", "failed", "done"].includes(stage.stage)) choose(await dropped(event.dataTransfer.items));
  });

  hands.listen(root, (action, fields) => { if (action.do === "import") steps[action.step](fields); });
  const { [FORMER]: former } = await chrome.storage.session.get(FORMER);
  begin(former);
})();
