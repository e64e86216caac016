// Hands: draw a view into a root, and tell what the user does there. A view is a tree of allowed tags, attributes and
// actions, made in Rust; nothing in it is ever parsed as HTML, and an action is passed on without being looked into.
"use strict";

globalThis.cadence ??= {};

cadence.hands = (() => {
  const TAGS = new Set(
    ("a button details div fieldset form h1 h2 h3 input label legend li main nav ol option p progress section select span strong " +
      "summary " +
      "textarea time ul").split(" "),
  );
  const DRAWN = new Set(["svg", "rect"]);
  const ATTRIBUTES = new Set(
    ("aria-current aria-describedby aria-hidden aria-invalid aria-keyshortcuts aria-label aria-labelledby checked dir " +
      "disabled for height href id inputmode max maxlength min name placeholder popover popovertarget preserveAspectRatio required " +
      "role rows selected title type value viewBox width x y data-after data-before data-once data-open data-sorted data-tone " +
      "data-unfolded " +
      "class").split(" "),
  );
  const views = new WeakMap(); // element or text node → the view it shows
  const clocks = new Set(); // text nodes that show a running clock
  let kept = 0; // so many of them were in the page when it was last looked

  function make(view) {
    if (!view.tag) {
      return document.createTextNode("");
    }
    if (DRAWN.has(view.tag)) return document.createElementNS("http://www.w3.org/2000/svg", view.tag);
    if (!TAGS.has(view.tag)) throw new TypeError(`not a tag of ours: ${view.tag}`);
    return document.createElement(view.tag);
  }

  function write(node, words) {
    const text = cadence.words.text(words);
    if (node.data !== text) node.data = text;
    if (cadence.words.ticks(words)) clocks.add(node);
    else clocks.delete(node);
  }

  function attributes(view) {
    const all = new Map((view.attrs ?? []).map(([name, words]) => [name, cadence.words.text(words)]));
    if (view.class) all.set("class", view.class);
    return all;
  }

  function dress(element, view) {
    const wanted = attributes(view);
    for (const { name } of [...element.attributes]) {
      if (wanted.has(name) || name === "style" || (name === "open" && element.localName === "details")) continue;
      element.removeAttribute(name);
      if (name === "checked") element.checked = false;
    }
    for (const [name, value] of wanted) {
      if (name === "href" && !value.startsWith("#")) throw new TypeError(`not a place on this page: ${value}`);
      if (!ATTRIBUTES.has(name)) throw new TypeError(`not an attribute of ours: ${name}`);
      if (element.getAttribute(name) === value) continue;
      element.setAttribute(name, value);
      // What the user typed or ticked stays until the view says something else than before.
      if (name === "value" && element.localName === "input") element.value = value;
      if (name === "checked") element.checked = true;
      // So many rows of a list stand above and below those that are drawn: the style sheet makes room for them.
      if (name === "data-before" || name === "data-after") element.style.setProperty(name.replace("data", "-"), value);
    }
  }

  // The id that tells an element from others that may stand in its place.
  const idOf = (view) => view.attrs?.find(([name]) => name === "id")?.[1].raw ?? "";

  // Changes a node into what the view says, keeping it (with its focus, its open state, what was typed) where it fits.
  function show(parent, old, view) {
    const fits = old && (view.tag ? old.localName === view.tag && old.id === idOf(view) : old.nodeType === Node.TEXT_NODE);
    const node = fits ? old : make(view);
    views.set(node, view);
    if (view.tag) fill(node, view);
    else write(node, view);
    if (fits) return;
    // What is new goes into the page once it is whole.
    if (old) parent.replaceChild(node, old);
    else parent.append(node);
    if (!view.tag) return;
    if (node.hasAttribute("data-unfolded")) node.open = true;
    if (node.hasAttribute("data-open")) queueMicrotask(() => open(node));
  }

  function fill(node, view) {
    const [chosen, offered] = view.tag === "select" ? [node.value, offer(node)] : [];
    dress(node, view);
    children(node, sorted(view));
    if (view.tag === "select") choose(node, offer(node) === offered ? chosen : null);
  }

  // The option that a view has chosen.
  const offer = (select) => select.querySelector("[selected]")?.value;

  // What the user has chosen stays chosen, however late a drawing comes, for as long as it is offered and the view says
  // nothing new.
  function choose(select, chosen) {
    const options = [...select.options];
    const kept = options.find((option) => option.value === chosen);
    const option = kept ?? options.find((one) => one.hasAttribute("selected")) ?? options[0];
    if (option) option.selected = true;
  }

  function children(node, wanted) {
    if (wanted.length && wanted.every(idOf)) return keyed(node, wanted);
    const present = [...node.childNodes];
    wanted.forEach((kid, at) => show(node, present[at], kid));
    present.slice(wanted.length).forEach((extra) => extra.remove());
  }

  // Children that all have ids stay the elements that they are, wherever they come to stand.
  function keyed(node, wanted) {
    const ids = new Set(wanted.map(idOf));
    for (const kid of [...node.childNodes]) if (!ids.has(kid.id)) kid.remove();
    const known = new Map([...node.children].map((kid) => [kid.id, kid]));
    wanted.forEach((kid, at) => {
      const here = node.childNodes[at] ?? null;
      const own = known.get(idOf(kid)) ?? make(kid);
      own.id = idOf(kid);
      show(node, own, kid);
      if (own !== here) node.insertBefore(own, here);
    });
  }

  function sorted(view) {
    const kids = view.kids ?? [];
    if (!view.attrs?.some(([name]) => name === "data-sorted")) return kids;
    const label = (kid) => (kid.kids ?? []).map((words) => cadence.words.text(words)).join("");
    const [first, ...rest] = kids.map((kid) => [label(kid), kid]);
    rest.sort(([a], [b]) => cadence.words.compare(a, b));
    return [first, ...rest].map(([, kid]) => kid);
  }

  function open(panel) {
    if (!panel.isConnected || panel.matches(":popover-open")) return;
    panel.showPopover();
    panel.querySelector("select, input, button")?.focus();
  }

  // Listens once for a whole root. `act` is called with an action and the fields of its form.
  function listen(root, act) {
    const fields = (element) => {
      const form = element.closest("form");
      return form ? Object.fromEntries(new FormData(form)) : {};
    };
    const tell = (event, wanted) => {
      // What a page's script does to our buttons is no wish of the user's.
      if (!event.isTrusted) return;
      const element = event.target.closest?.(wanted);
      const action = element && views.get(element)?.on;
      if (!action) return;
      act(action, fields(element), element);
      if (event.type === "click") element.closest("[popover]:not([data-open])")?.hidePopover();
    };
    root.addEventListener("click", (event) => tell(event, "button"));
    root.addEventListener("change", (event) => tell(event, "select, [type=checkbox]"));
    root.addEventListener("submit", (event) => {
      // No form of ours leads to another page.
      event.preventDefault();
      tell(event, "form");
      event.target.closest("[popover]")?.hidePopover();
    });
    root.addEventListener("input", (event) => tell(event, "[type=search]"));
    root.addEventListener("scroll", (event) => scrolled(event.target, act), { capture: true, passive: true });
    root.addEventListener(
      "toggle",
      (event) => {
        if (event.newState === "closed") tell(event, "[data-open]");
      },
      true,
    );
  }

  // Of a long list that is drawn in part: asks for another part before the user sees where this one ends.
  const asked = new WeakMap();
  function scrolled(list, act) {
    const { before, after } = list.dataset ?? {};
    const rows = list.children?.length;
    const action = before && rows && views.get(list)?.on;
    if (!action) return;
    const height = list.scrollHeight / (Number(before) + rows + Number(after));
    const first = Math.floor(list.scrollTop / height);
    const last = first + Math.ceil(list.clientHeight / height);
    const NEAR = 6;
    const fits = (first - NEAR >= before || before === "0") && (last + NEAR <= Number(before) + rows || after === "0");
    const question = `${first} of ${before}`;
    if (fits || asked.get(list) === question) return;
    asked.set(list, question);
    act(action, { from: String(first) });
  }

  const action = (element) => views.get(element)?.on;

  // Does what a click on an element would.
  function press(element, act) {
    if (action(element) && element.localName === "button") act(action(element), {});
    else if (element.popoverTargetElement) element.popoverTargetElement.togglePopover();
    else element.focus();
  }

  // Draws a view, or nothing, as the first child of a root. What a notice there says is over then, unless it is to be kept.
  function draw(root, view, keeps) {
    if (clocks.size > kept + 20) letGo();
    if (view) show(root, root.firstElementChild, view);
    else root.replaceChildren();
    if (!keeps) root.querySelector(":scope > .notice")?.remove();
  }

  // Clocks that have left the page hold on to all that was drawn around them.
  function letGo() {
    for (const node of clocks) if (!node.isConnected) clocks.delete(node);
    kept = clocks.size;
  }

  // A line about something that went wrong, or, calmly, that takes its time, until the next drawing; with what can be done
  // about it: [label, deed] each.
  function notice(root, text, { calm = false, tools = [] } = {}) {
    const line = root.querySelector(":scope > .notice") ?? root.appendChild(document.createElement("p"));
    line.className = calm ? "notice calm" : "notice";
    line.role = calm ? "status" : "alert";
    line.textContent = text;
    for (const [label, deed] of tools) {
      const button = line.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = "tool";
      button.textContent = label;
      button.addEventListener("click", ({ isTrusted }) => { if (isTrusted) deed(); });
    }
  }

  // Keeps the clocks right, minute by minute, while somebody looks.
  function keepTime(signal) {
    let timer = 0;
    const tick = () => {
      clearTimeout(timer);
      if (document.hidden || signal?.aborted) return;
      letGo();
      for (const node of clocks) write(node, views.get(node));
      timer = setTimeout(tick, 60_000 - (Date.now() % 60_000));
    };
    document.addEventListener("visibilitychange", tick, { signal });
    tick();
  }

  return { action, draw, keepTime, listen, notice, press };
})();
