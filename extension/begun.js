// The letter that is looked over in the sidebar. A webmail that writes letters on a page of its own takes the sidebar along
// when the user begins an answer; so the worker holds the letter until it is put where it belongs, or put away.
"use strict";

cadence.begun = (() => {
  const HOLD_AFTER = 250; // so many milliseconds after the last key
  const [docked, ticket] = [window.top !== window, location.hash.slice(1)];
  const ask = (question) => cadence.ask({ ...question, ticket });
  const kept = docked ? ask({ ask: "held" }).then(({ letter }) => letter, () => null) : null;
  const field = () => document.querySelector(".writing textarea");
  const whose = ({ client }) => `${client.account} ${client.email}`;
  let former = null; // what was begun on the last page, until it is on show again
  let letter = null; // which letter is open, as the worker names it
  let held = ""; // the field whose text the worker was last told of
  let timer = 0;

  function hold() {
    clearTimeout(timer);
    timer = 0;
    const { id = "", value = "" } = (letter && field()) ?? {};
    held = id;
    ask({ ask: "hold", letter: id ? { letter, body: value } : null }).catch(() => {});
  }

  document.addEventListener("input", ({ target }) => {
    if (!docked || target !== field()) return;
    clearTimeout(timer);
    timer = setTimeout(hold, HOLD_AFTER);
  });
  addEventListener("pagehide", () => { if (timer) hold(); });

  return {
    /** What was open beside the page that stood here before, if anything was. */
    async ui() {
      former = await kept;
      return former && { sidebar: { letter: former.letter } };
    },
    /** After each drawing, of what is open now. */
    drawn(ui) {
      if (!docked) return;
      letter = ui.sidebar?.letter ?? null;
      const here = letter && field();
      if (here && former && whose(letter) === whose(former.letter)) here.value = former.body;
      if (here) former = null;
      if (here ? here.id !== held : !letter && held) hold();
    },
    /** The letter has its place: what is held of it is let go, and not held again while it is still on show. */
    placed() {
      clearTimeout(timer);
      timer = 0;
      if (docked) ask({ ask: "hold", letter: null }).catch(() => {});
    },
  };
})();
