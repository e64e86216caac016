// The dock: a slim toggle at the page's edge and, while it is open, the sidebar beside the mail, which makes room for it.
"use strict";

globalThis.cadence ??= {};

cadence.dock = (() => {
  const HOST = "cadence-dock";
  const KEY = `dock ${location.hostname}`;
  const [LEAST, USUAL, MOST, STEP] = [280, 340, 640, 20];
  const { words } = cadence;
  const element = Object.assign(document.createElement(HOST), { hidden: true });
  const root = element.attachShadow({ mode: "closed" });
  const make = (tag, set, parent = root) => parent.appendChild(Object.assign(document.createElement(tag), set));
  const rail = make("div", { className: "rail" });
  const edge = make("div", { className: "edge", role: "separator", tabIndex: 0 }, rail);
  const toggle = make("button", { type: "button", className: "toggle" }, rail);
  // In the page itself, since it is the page that it makes narrower; it goes when the host goes.
  const room = element.appendChild(document.createElement("style"));
  let frame = null;
  let there = null; // a promise that the page in the frame is
  let state = { open: false, width: USUAL, room: "" };
  let ask = null;

  function keep() {
    chrome.storage.local.set({ [KEY]: state });
    // Webmails that measure themselves do so when the window changes.
    dispatchEvent(new Event("resize"));
  }

  const isLeft = () => element.dir === "rtl";

  function lay() {
    const { open } = state;
    const width = `min(${state.width}px, 60vw)`;
    element.style.setProperty("--width", width);
    element.toggleAttribute("open", open);
    toggle.ariaExpanded = open;
    toggle.title = toggle.ariaLabel = words.message(open ? "dock_close" : "dock_open");
    edge.hidden = !open;
    edge.ariaLabel = words.message("dock_width");
    if (!open) frame = frame?.remove();
    Object.assign(edge, { ariaValueNow: state.width, ariaValueMin: LEAST, ariaValueMax: MOST, ariaOrientation: "vertical" });
    room.textContent = open && state.room
      ? `${state.room} { margin-inline-end: ${width} !important; inline-size: auto !important; block-size: 100vh !important; ` +
        "position: relative !important; contain: layout !important; }"
      : "";
    if (open && ask) show().catch(() => {});
  }

  // The sidebar's own page, with a ticket that tells the worker that it was we who put it there.
  async function show() {
    if (frame) return;
    frame = make("iframe", { className: "beside", title: words.message("title_sidebar") });
    frame.style.colorScheme = scheme();
    there = new Promise((go) => { frame.onload = go; });
    const { ticket } = await ask({ ask: "ticket" });
    frame.src = `${chrome.runtime.getURL("sidebar.html")}#${ticket}`;
  }

  // Right after a frame the page's styles are there to be read; at any other time they would be worked out for us.
  let dressing = false;
  function dressSoon() {
    if (dressing) return;
    dressing = true;
    requestAnimationFrame(() => setTimeout(dress));
  }

  // In the webmail's own colour and direction, which it may change at any time, above all while it begins.
  function dress() {
    dressing = false;
    if (!document.body) return; // The page is about to be another one.
    const { color, direction } = getComputedStyle(document.body);
    element.hidden = !ask;
    element.style.color = color;
    element.dir = direction;
    // What the browser tells the sidebar's page of light and dark.
    if (frame) frame.style.colorScheme = scheme();
  }

  // Whether the webmail is dark, by the colour of its text.
  function scheme() {
    const [r, g, b] = element.style.color.match(/[\d.]+/g) ?? [0, 0, 0];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 150 ? "dark" : "light";
  }

  function open(on) {
    // The extension has gone, or was loaded anew: nobody is there to fill the sidebar.
    if (!chrome.runtime?.id) return element.remove();
    state.open = on;
    lay();
    keep();
  }

  function widen(width) {
    state.width = Math.round(Math.min(Math.max(width, LEAST), MOST));
    lay();
  }

  toggle.onclick = ({ isTrusted }) => { if (isTrusted) open(!state.open); };
  // Before the page, and before what keeps our keys from it, hears of the key.
  const key = ({ key }) => {
    if (root.activeElement !== edge) return;
    const grow = isLeft() ? "ArrowRight" : "ArrowLeft";
    if (key === "Home" || key === "End") widen(key === "Home" ? LEAST : MOST);
    else if (key === "ArrowLeft" || key === "ArrowRight") widen(state.width + (key === grow ? STEP : -STEP));
    else return;
    keep();
  };
  addEventListener("keydown", key, true);
  // The frame must not swallow the pointer as it is drawn over it.
  const drag = (on) => element.toggleAttribute("drawn", on);
  edge.onpointerdown = ({ isTrusted, button, pointerId }) => {
    if (!isTrusted || button !== 0) return;
    edge.setPointerCapture(pointerId);
    drag(true);
  };
  edge.onpointermove = ({ clientX, pointerId }) => {
    if (edge.hasPointerCapture(pointerId)) widen(isLeft() ? clientX : innerWidth - clientX);
  };
  edge.onlostpointercapture = () => {
    drag(false);
    keep();
  };

  // Room that was open when the page was left is there again before the page is painted, or not at all.
  const remembered = chrome.storage.local.get(KEY).then(async ({ [KEY]: kept }) => {
    Object.assign(state, kept);
    if (performance.getEntriesByName("first-contentful-paint").length) state.open = false;
    if (state.open && state.room) await stand();
  });

  async function stand() {
    while (!document.body) await new Promise((go) => new MutationObserver((_, one) => { one.disconnect(); go(); })
      .observe(document.documentElement, { childList: true }));
    if (!element.isConnected) document.documentElement.append(element);
    lay();
  }

  return {
    host: HOST,
    /** Begins on a page that is a webmail's, with its table, our style, and a way to ask the worker. */
    async start(table, sheet, asker, signal) {
      await remembered;
      root.adoptedStyleSheets = [sheet];
      state.room = table.room;
      ask = asker;
      const theme = new MutationObserver(dressSoon);
      signal.addEventListener("abort", () => {
        theme.disconnect();
        element.remove();
      });
      // A slow webmail may still be sending its page: it has no body before this.
      await stand();
      if (signal.aborted) return element.remove();
      for (const one of [document.documentElement, document.body]) theme.observe(one, { attributes: true });
      addEventListener("load", dressSoon, { once: true });
      dressSoon();
      chrome.runtime.onMessage.addListener((note) => {
        if (note.tell !== "dock" || !element.isConnected) return;
        open(note.toggle ? !state.open : true);
        // A frame that is given the focus on its way loses it, and cannot be given it again.
        if (state.open) there.then(() => frame?.focus());
      });
    },
  };
})();
