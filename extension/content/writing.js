// Letters being written: a word above the button that sends each, a draft put in where the user writes, and word to the
// worker that one was sent. Nothing is looked at while somebody types.
"use strict";

globalThis.cadence ??= {};

cadence.writing = ({ table, host, put, ask, again, act }) => {
  const { eyes, hands, words } = cadence;
  const PAUSE = 700; // after so many milliseconds without a key the letter's text is looked at
  const LONGEST = 2000; // of which no more than so many characters matter
  const SAID_FOR = 8000; // so many milliseconds a word about what was done stands
  const LEAVES_WITHIN = 20_000; // a letter that still lies open so long after it was sent was not sent
  const part = table.parts.find(({ name }) => name === "compose");
  const { editor, send, note } = table.writing;
  const open = new Map(); // a letter's root → { note, text, sent, caret }
  const within = (root, selectors) => selectors.map((one) => root.querySelector(one)).find(Boolean);
  // The letter that something belongs to, in the page or in the frame of its editor.
  const rootOf = (node) => {
    const frame = node.ownerDocument === document ? null : node.ownerDocument?.defaultView?.frameElement;
    return [...open.keys()].find((root) => root.contains(frame ?? node));
  };
  const subject = part.fields.find(({ name }) => name === "subject")?.shapes.map(({ select }) => select) ?? [];

  // What is written in: a field, an editable element, or the body of a frame.
  function field(root) {
    const found = within(root, editor);
    return found?.localName === "iframe" ? found.contentDocument?.body : found;
  }

  function textOf(root) {
    const found = field(root);
    if (!found) return "";
    // A plain quotation may be longer than the answer below it; that it is there is enough.
    if ("value" in found) return found.value.replace(/(^>.*\n?)+/gm, ">\n").slice(0, LONGEST);
    const shape = { name: "text", shapes: [{ select: "", take: ["#lines"] }] };
    const [[text] = []] = eyes.read(table, { fields: [shape] }, found, 0).fields.text ?? [];
    return (text ?? "").slice(0, LONGEST);
  }

  // At each look: the letters on show, in the page's order. Gives their items.
  function look(elements, shape) {
    for (const [root, letter] of open) {
      if (elements.includes(root)) continue;
      letter.note.element.remove();
      open.delete(root);
      if (letter.sent) tellSent(letter.sent);
    }
    return elements.map((root) => {
      const letter = open.get(root) ?? begin(root);
      put(letter.note, note, [root]);
      hearFrame(root);
      const item = eyes.read(table, part, root, shape);
      if (letter.text) item.fields.text = [[letter.text]];
      return item;
    });
  }

  function begin(root) {
    const ours = host((action, fields) => act(action, fields, root));
    ours.element.hidden = true;
    const letter = { note: ours, text: "" };
    open.set(root, letter);
    return letter;
  }

  function draw(notes) {
    [...open.values()].forEach(({ note: ours, said }, at) => {
      ours.element.hidden = !notes[at];
      hands.draw(ours.root, notes[at]);
      if (said && performance.now() < said.until) hands.notice(ours.root, said.text, { calm: true });
    });
  }

  // The time to send a letter: in the webmail's own dialog, or where it can be pasted from.
  async function time(root, at, text) {
    if (at && (await cadence.schedule?.(table)(root, at))) return;
    await navigator.clipboard.writeText(text);
    const letter = open.get(root);
    if (!letter) return;
    letter.said = { text: words.message("time_copied", [text]), until: performance.now() + SAID_FOR };
    setTimeout(again, SAID_FOR + 100);
  }

  function tellSent({ sighting, until }) {
    if (Date.now() < until) ask({ ask: "sent", site: table.site, sighting }).then(() => again(), () => {});
  }

  // The letter as it stands when it is sent. Whether it went shows when it is gone.
  function sending(root) {
    const letter = open.get(root);
    if (!letter) return;
    const item = eyes.read(table, part, root, 0);
    item.fields.text = [[textOf(root)]];
    const account = table.parts.find(({ name }) => name === "account");
    const parts = { compose: [item] };
    if (account) parts.account = eyes.items(table, "account").map((one) => one.item);
    const path = location.pathname + location.search + location.hash;
    letter.sent = { sighting: { path, parts }, until: Date.now() + LEAVES_WITHIN };
  }

  // Puts a draft in where the user last was, as if it had been typed: the editor's own undo takes it out again.
  function insert(root, draft) {
    const found = field(root);
    if (!found) return;
    const head = within(root, subject);
    if (head?.checkVisibility() && head.type !== "hidden" && !head.value) type(head, draft.subject);
    const { caret } = open.get(root) ?? {};
    found.focus();
    const page = found.ownerDocument;
    if (caret && found.contains(caret.startContainer)) {
      page.getSelection().removeAllRanges();
      page.getSelection().addRange(caret);
    }
    type(found, breakBefore(found) + draft.body);
    if (draft.gaps.length) mark(found, draft.gaps[0]);
  }

  // What parts the letter from the text that stands before the caret, in its line or right above it.
  function breakBefore(found) {
    if ("value" in found) {
      const [, above, within] = /(?:^|(.*)\n)(.*)$/.exec(found.value.slice(0, found.selectionStart));
      return (within.trim() && "\n\n") || (above?.trim() && "\n") || "";
    }
    const { anchorNode: at, anchorOffset: offset } = found.ownerDocument.getSelection();
    const within = at?.nodeType === Node.TEXT_NODE && found.contains(at) && at.data.slice(0, offset).trim() !== "";
    return within ? "\n" : "";
  }

  // The same for the letter that was begun last, if there is one.
  function take(draft) {
    const root = [...open.keys()].at(-1);
    if (root) insert(root, draft);
    return Boolean(root);
  }

  function type(element, text) {
    element.focus();
    const page = element.ownerDocument;
    page.execCommand("insertText", false, text);
    // Editors in frames keep an undo of their own. In Firefox they take this for typing that goes on, and would undo the
    // user's last words with it, unless they are told that it was a step by itself.
    if (page !== document) element.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText" }));
  }

  // Selects the first gap, so that what is typed next fills it. Editors change what kind of space stands in it.
  const spaced = (text) => text.replaceAll("\u00a0", " ");
  function mark(found, gap) {
    if ("value" in found) {
      const at = spaced(found.value).indexOf(spaced(gap));
      if (at >= 0) found.setSelectionRange(at, at + gap.length);
      return;
    }
    const page = found.ownerDocument;
    const texts = page.createTreeWalker(found, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const at = spaced(texts.currentNode.data).indexOf(spaced(gap));
      if (at < 0) continue;
      page.getSelection().setBaseAndExtent(texts.currentNode, at, texts.currentNode, at + gap.length);
      return;
    }
  }

  let timer = 0;
  let typed = 0;
  let writing = null; // the root of the letter that is being typed in
  function pause() {
    const left = typed + PAUSE - performance.now();
    timer = left > 0 ? setTimeout(pause, left) : 0;
    const letter = !timer && open.get(writing);
    if (!letter) return;
    const text = textOf(writing);
    if (text === letter.text) return;
    letter.text = text;
    again();
  }

  // A handler that runs at each key does next to nothing.
  const heard = new WeakSet();
  let options;
  function hear(within) {
    if (heard.has(within)) return;
    heard.add(within);
    within.addEventListener("input", ({ target }) => {
      typed = performance.now();
      if (timer) return;
      writing = rootOf(target);
      if (writing) timer = setTimeout(pause, PAUSE);
    }, options);
    within.addEventListener("keydown", ({ target, key, ctrlKey, metaKey }) => {
      if (key === "Enter" && (ctrlKey || metaKey)) sending(rootOf(target));
    }, options);
    // Where the user last was in the text, before they went to our buttons.
    within.addEventListener("focusout", ({ target }) => {
      const letter = open.get(rootOf(target));
      const selection = letter && target.ownerDocument.getSelection();
      if (selection?.rangeCount && target.contains(selection.anchorNode)) letter.caret = selection.getRangeAt(0);
    }, options);
  }

  // What happens in an editor's frame does not come out of it. A frame that is written anew has a new body.
  function hearFrame(root) {
    const found = field(root);
    if (found && found.ownerDocument !== document) hear(found);
  }

  // Registers what is listened for.
  function listen(signal) {
    options = { capture: true, passive: true, signal };
    hear(document);
    document.addEventListener("click", ({ target }) => {
      if (send.some((one) => target.closest?.(one))) sending(rootOf(target));
    }, options);
    // The user goes into a frame.
    window.addEventListener("blur", () => [...open.keys()].forEach(hearFrame), options);
    window.addEventListener("pagehide", () => {
      for (const { sent } of open.values()) if (sent) tellSent(sent);
    }, options);
  }

  return { part, look, draw, insert, take, listen, time };
};
