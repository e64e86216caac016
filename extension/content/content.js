// The page side of Cadence: looks when something changed, sends what it saw, draws what it is given. It decides nothing.
"use strict";

(async () => {
  const { ask, eyes, hands, words } = cadence;
  const LEAVE = "cadence-leave";
  const CHIP = "cadence-chip";
  const STRIP = "cadence-strip";
  const NOTE = "cadence-note";
  const TURN = 5; // after so many milliseconds of work the page has its turn
  const { dock } = cadence;
  const OURS = new Set([CHIP, STRIP, NOTE, dock.host].map((tag) => tag.toUpperCase()));
  await words.ready;
  const reload = words.message("page_reload");

  // Firefox puts this script into open tabs when the extension is loaded anew. It has ended the former copy without a
  // word to it, and what that one had put into the page is still there.
  for (const left of document.querySelectorAll([...OURS].join())) left.remove();

  const { table, style } = await ask({ ask: "table", address: location.origin + location.pathname });
  if (!table) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);

  const named = (name) => table.parts.find((part) => part.name === name);
  const [rowPart, messagePart] = [named("row"), named("message")];
  const messages = new WeakMap(); // a message's root → what was read of it
  const rows = new WeakMap(); // a row's root → { root, chip, item, age, since }
  let age = 0; // what was drawn at an earlier age is asked for anew when it is next on show
  const changed = new WeakSet(); // rows and messages that the page has touched since they were last looked at
  let strip = null; // { host, root }
  let seen = ""; // what the page showed beside its rows, when the worker was last asked
  let thread; // what it showed of the open thread
  let letters = []; // the roots of the messages in it
  let ui = {};
  let heard; // a promise that the browser has told the language of every message
  let looking = false;
  let asking = Promise.resolve();
  let timer = 0;
  // Whether a newer copy of this script has taken over.
  const stop = new AbortController();
  const { signal } = stop;

  // An element of ours in the page: a closed root with our style in it, empty at first but of its final size.
  function host(tag, act) {
    const element = document.createElement(tag);
    if (table.narrow && tag === CHIP) element.dataset.narrow = "";
    const root = element.attachShadow({ mode: "closed" });
    root.adoptedStyleSheets = [sheet];
    if (act) hands.listen(root, act);
    return { element, root };
  }

  const writing = cadence.writing({ table, ask, host: (act) => host(NOTE, act), put, act, again: () => schedule(true) });

  function put(ours, mounts, within) {
    const place = eyes.mount(table, mounts, within);
    if (!place) return;
    const { parent, before } = place;
    const stands = before === ours.element || (ours.element.parentNode === parent && ours.element.nextSibling === before);
    if (!stands) parent.insertBefore(ours.element, before);
  }

  // A message, read again only when the page has touched it: its text may be long.
  function message(root, shape) {
    if (changed.delete(root) || !messages.has(root)) {
      const former = messages.get(root);
      const item = eyes.read(table, messagePart, root, shape);
      const same = JSON.stringify(former?.fields.date) === JSON.stringify(item.fields.date);
      messages.set(root, { ...item, since: former && same ? former.since : Date.now() });
      const before = heard; // nothing is kept of it: a page may be open for months
      heard = listen(messages.get(root)).catch(() => {}).then(() => before);
    }
    return messages.get(root);
  }

  // What language a message is in, by the browser's own ear.
  async function listen(item) {
    const text = item.fields.text?.[0][0];
    if (!text) return;
    const { isReliable, languages } = await chrome.i18n.detectLanguage(text);
    if (!isReliable || !languages.length) return;
    item.fields.language = [[languages[0].language]];
    schedule(false);
  }

  function look(everything) {
    const { origin, pathname, search, hash } = location;
    const sighting = { path: pathname + search + hash, origin, parts: {} };
    const [formerThread, formerLetters] = [thread, letters];
    for (const part of table.parts) {
      if (part === rowPart) continue;
      const { shape, elements } = eyes.roots(table, part);
      if (part === messagePart) letters = elements;
      if (part === writing.part) {
        const items = writing.look(elements, shape);
        if (items.length) sighting.parts[part.name] = items;
        continue;
      }
      const read = part === messagePart ? message : (root) => eyes.read(table, part, root, shape);
      const items = elements.map((root) => read(root, shape));
      if (items.length) sighting.parts[part.name] = items;
    }
    thread = JSON.stringify(sighting.parts.thread);
    if (thread) {
      strip ??= host(STRIP, act);
      put(strip, table.strip, [document]);
      // What was said of the last thread is not true of this one, also where that was never asked about.
      if (thread !== formerThread) {
        seen = "";
        hands.draw(strip.root, null);
      }
    } else strip?.element.remove();
    // A pane that turns to another thread may show its subject over the last one's messages for a moment.
    const turning = formerThread && thread !== formerThread && letters.some((root) => formerLetters.includes(root));
    if (turning) return schedule(everything);

    if (everything) age += 1;
    const touched = [];
    const { shape, elements } = eyes.roots(table, rowPart);
    for (const root of elements) {
      const known = rows.get(root);
      if (!changed.delete(root) && known?.age === age) continue;
      const row = known ?? { root, chip: host(CHIP) };
      rows.set(root, row);
      put(row.chip, table.chip, eyes.whole(rowPart, root));
      touched.push(row);
    }
    see(sighting, touched, shape, everything);
  }

  // Many rows are read and drawn once the room for them is painted, a few at a time, between which the page has its turn.
  async function inTurns(many, job) {
    let began = -TURN;
    for (const one of many) {
      if (performance.now() - began > TURN) {
        await scheduler.yield();
        began = performance.now();
      }
      job(one);
    }
  }

  // Of the rows that the page has touched those that say something new: [row, item] each.
  async function read(touched, shape) {
    const fresh = [];
    await inTurns(touched, (row) => {
      const item = eyes.read(table, rowPart, row.root, shape);
      const text = JSON.stringify(item);
      if (row.item === text && row.age === age) return;
      // “Today” was said when the row was made.
      const since = row.item === text ? row.since : Date.now();
      Object.assign(row, { item: text, age, since });
      fresh.push([row, { ...item, since }]);
    });
    return fresh;
  }

  // Questions are asked one after another, so that an older answer never paints over a newer one.
  function see(sighting, touched, shape, everything) {
    const shown = thread;
    asking = asking
      .then(async () => {
        const fresh = await read(touched, shape);
        // What is known at once need not be a question of its own.
        await Promise.race([heard, new Promise((go) => setTimeout(go, 50))]);
        const now = JSON.stringify(sighting);
        if (!fresh.length && now === seen && !everything) return;
        seen = now;
        sighting.parts.row = fresh.map(([, item]) => item);
        const answer = await ask({ ask: "see", site: table.site, sighting, ui });
        if (signal.aborted) return;
        if (answer.answer !== "drawn") return complain(answer);
        if (strip && shown === thread) hands.draw(strip.root, answer.strip);
        writing.draw(answer.notes);
        again(answer.fresh_until);
        await inTurns(fresh.entries(), ([at, [row]]) => hands.draw(row.chip.root, answer.chips[at]));
      })
      .catch(complain);
  }

  function act(action, fields, letter) {
    asking = asking
      .then(async () => {
        const slow = setTimeout(() => strip && hands.notice(strip.root, words.message("saving"), { calm: true }), 300);
        const answer = await ask({ ask: "act", action, fields }).finally(() => clearTimeout(slow));
        if (answer.answer !== "done") return complain(answer);
        ui = answer.ui;
        if (answer.draft) writing.insert(letter, answer.draft);
        if (answer.copy) await writing.time(letter, answer.schedule, words.text(answer.copy));
        schedule(true);
      })
      .catch(complain);
  }

  // A calm line where the strip stands; the page itself never hears of it.
  function complain({ code, message }) {
    if (!chrome.runtime?.id) leave(reload);
    else if (strip) hands.notice(strip.root, words.message(`error_${code}`) || message, { tools: [
      [words.message("tool_again"), () => schedule(true)],
      [words.message("tool_report"), () => ask({ ask: "report" }).catch(complain)],
    ] });
  }

  // One look a frame, right before it is painted.
  let all = false;
  function schedule(everything) {
    all ||= everything === true;
    if (looking) return;
    looking = true;
    requestAnimationFrame(() => {
      looking = false;
      const everything = all;
      all = false;
      // What a letter's language, the worker or a former answer asks for may come after we have left.
      if (signal.aborted) return;
      try {
        look(everything);
      } catch (problem) {
        complain(problem);
      }
    });
  }

  function again(until) {
    clearTimeout(timer);
    if (until) timer = setTimeout(schedule, Math.min(Math.max(until - Date.now(), 1000), 2 ** 31 - 1), true);
  }

  const roots = [...rowPart.roots, ...messagePart.roots].join(",");
  // Whether a change at this node matters to us; the row or message around it is marked.
  function matters(target) {
    const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
    if (!element || OURS.has(element.nodeName) || element.closest(table.quiet)) return false;
    let root = element.closest(rowPart.followers ? `${roots}, ${rowPart.followers}` : roots);
    while (rowPart.followers && root?.matches(rowPart.followers)) root = root.previousElementSibling;
    if (root) changed.add(root);
    return true;
  }

  // What comes or goes within an item beside its root, such as an answer in a tree of messages, changes the item.
  function follow(record) {
    if (!rowPart.followers) return;
    for (const node of [...record.addedNodes, ...record.removedNodes]) {
      if (node.nodeType !== Node.ELEMENT_NODE || !node.matches(rowPart.followers)) continue;
      let root = node.isConnected ? node : record.previousSibling;
      while (root && (root.nodeType !== Node.ELEMENT_NODE || root.matches(rowPart.followers))) root = root.previousSibling;
      if (root) changed.add(root);
    }
  }

  function isOwn({ addedNodes, removedNodes }) {
    return addedNodes.length > 0 && !removedNodes.length && [...addedNodes].every((node) => OURS.has(node.nodeName));
  }

  const observer = new MutationObserver((records) => {
    // One change of the page's makes many records of the same few nodes.
    const known = new Map();
    let any = false;
    for (const record of records) {
      if (isOwn(record)) continue;
      const { target } = record;
      if (!known.has(target)) known.set(target, matters(target));
      if (!known.get(target)) continue;
      any = true;
      follow(record);
    }
    if (any) schedule(false);
  });

  function leave(text) {
    observer.disconnect();
    clearTimeout(timer);
    stop.abort();
    if (text && strip) hands.notice(strip.root, text);
    if (!text) for (const ours of document.querySelectorAll([...OURS].join())) ours.remove();
  }

  // A newer copy of this script, after an update, takes over.
  document.dispatchEvent(new CustomEvent(LEAVE));
  document.addEventListener(LEAVE, () => leave(), { signal });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) schedule(true); }, { signal });
  window.addEventListener("hashchange", () => schedule(false), { signal });
  // The webmail's one-key shortcuts must not hear what is typed into our fields, nor a key come up that closed one.
  const down = new Set();
  function hush(event) {
    const ours = OURS.has(event.target.nodeName);
    if (ours && event.type === "keydown") down.add(event.code);
    const closing = event.type === "keyup" && down.delete(event.code);
    if (ours || closing) event.stopImmediatePropagation();
  }
  writing.listen(signal);
  // Nor need the page know the words: events of input carry what was typed out of a closed root.
  const typing = ["keydown", "keypress", "keyup", "beforeinput", "input", "compositionstart", "compositionupdate", "compositionend"];
  for (const type of typing) window.addEventListener(type, hush, { capture: true, signal });
  chrome.runtime.onMessage.addListener((note, sender, send) => {
    if (note.tell === "changed") words.load().catch(() => {}).then(() => schedule(true));
    if (note.tell === "check") send(eyes.check(table));
    if (note.tell === "draft") send(writing.take(note.draft));
  });
  const watch = { subtree: true, childList: true, attributes: true, attributeFilter: table.watch };
  observer.observe(document, watch);
  // A frame of the page's brings a new document whenever it shows something else.
  const observeFrames = () => eyes.frames(table).forEach((inner) => observer.observe(inner, watch));
  if (table.frames) {
    document.addEventListener("load", (event) => {
      if (!event.target.matches?.(table.frames)) return;
      observeFrames();
      schedule(false);
    }, { capture: true, signal });
    observeFrames();
  }
  schedule(true);
  hands.keepTime(signal);
  await dock.start(table, sheet, ask, signal);
})().catch((problem) => console.debug("Cadence:", problem));
