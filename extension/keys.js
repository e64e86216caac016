// Keys: moves through a list and presses what names a key of its own (aria-keyshortcuts), by keyboard alone.
"use strict";

globalThis.cadence ??= {};

cadence.keys = (body, act) => {
  const { hands } = cadence;
  const MOVES = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
  const rows = () => [...body.querySelectorAll("[data-before] > li")];
  const target = (row) => row?.querySelector("button");
  const current = () => document.activeElement?.closest("[data-before] > li");
  let waiting = 0; // a step to a row that is not drawn yet
  let place = -1; // where in the drawn rows the focus was last

  // The first row that is on show.
  function first(all) {
    const list = all[0]?.parentElement.getBoundingClientRect();
    return all.find((row) => row.getBoundingClientRect().bottom > list.top + 4) ?? all[0];
  }

  function move(step) {
    const all = rows();
    const at = all.indexOf(current());
    const next = at < 0 ? first(all) : all[at + step];
    // A key may be quicker than the drawing of the rows that come next.
    waiting = next ? 0 : step;
    target(next)?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  function named(key) {
    const of = (root) => root && [...root.querySelectorAll("[aria-keyshortcuts]")].find((it) => it.getAttribute("aria-keyshortcuts") === key);
    return of(current()) ?? [...body.querySelectorAll("[aria-keyshortcuts]")].find((it) => it.getAttribute("aria-keyshortcuts") === key && !it.closest("[data-before] > li"));
  }

  document.addEventListener("keydown", (event) => {
    if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = event.target.closest?.("input, select, textarea");
    const leaves = event.target.type === "search" && ["ArrowDown", "Escape"].includes(event.key);
    if (event.key === "Escape" && leaves) {
      if (!field.value) return;
      // Else the browser closes the popup.
      event.preventDefault();
      field.value = "";
      act(hands.action(field), { ...Object.fromEntries(new FormData(field.form)) });
      return;
    }
    if (field && !leaves) return;
    const step = MOVES[event.key];
    if (step) {
      if (!rows().length) return;
      event.preventDefault();
      move(step);
      return;
    }
    const wanted = named(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (!wanted || document.querySelector(":popover-open")) return;
    event.preventDefault();
    hands.press(wanted, act);
  });

  // A row that leaves the list hands the focus on to the one that takes its place.
  document.addEventListener("focusin", () => { place = rows().indexOf(current()); });
  new MutationObserver(() => {
    if (waiting) move(waiting);
    if (place < 0 || document.activeElement !== document.body) return;
    const all = rows();
    target(all[Math.min(place, all.length - 1)])?.focus({ preventScroll: true });
  }).observe(body, { childList: true, subtree: true });
};
