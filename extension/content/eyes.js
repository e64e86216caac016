// The eyes: they apply a site's table (src/webmail/table.rs says what each entry means) to the page
// and give back the strings found. They decide nothing and ask for no layout or style.
// src/webmail/eyes.rs does the same to saved pages; a test holds the two together.
{
  const cadence = (globalThis.cadence ??= {});

  // A selector that this browser cannot read, or an element whose methods the page has shadowed (a
  // form with a field named “closest”), finds nothing.
  const attempt = (look, otherwise) => {
    try {
      return look();
    } catch {
      return otherwise;
    }
  };

  const select = (within, selector) => attempt(() => within.querySelectorAll(selector), []);

  const isHidden = (table, element) =>
    attempt(() => element.closest(table.hidden) !== null, false);

  // Tells of many elements, such as the rows of a list, which of them are hidden: whether their common
  // parents are is asked once.
  const hiding = (table) => {
    const known = new Map();
    const hidden = (element) => {
      if (element === null) return false;
      let answer = known.get(element);
      if (answer === undefined) {
        const own = attempt(() => element.matches(table.hidden), false);
        known.set(element, (answer = own || hidden(element.parentElement)));
      }
      return answer;
    };
    return hidden;
  };

  // The documents of the page's own frames that belong to it and are on show.
  const frames = (table, within = document) =>
    table.frames
      ? Array.from(select(within, table.frames))
          .filter((frame) => !isHidden(table, frame))
          .map((frame) => attempt(() => frame.contentDocument, null))
          .filter(Boolean)
      : [];

  // The elements on show of a part's first shape that has any: { shape, elements }.
  const roots = (table, part, within = document) => {
    const hidden = hiding(table);
    const documents = [within, ...frames(table, within)];
    for (const [shape, selector] of part.roots.entries()) {
      const elements = documents.flatMap((one) => Array.from(select(one, selector))).filter((one) => !hidden(one));
      if (elements.length > 0) return { shape, elements };
    }
    return { shape: 0, elements: [] };
  };

  // A root and the siblings right after it that belong to the same item.
  const whole = (part, root) => {
    const elements = [root];
    let next = part.followers && root.nextElementSibling;
    while (next && attempt(() => next.matches(part.followers), false)) {
      elements.push(next);
      next = next.nextElementSibling;
    }
    return elements;
  };

  const together = (text) => text.replace(/\s+/g, " ").trim();

  // Elements that stand in lines of their own, and those that stand apart within a line.
  const BLOCKS = new Set(
    ("address article aside blockquote br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre " +
      "section table tr ul").split(" "),
  );
  const CELLS = new Set(["td", "th"]);

  // An element's text line by line. Without recursion: a letter may be nested as deep as it likes.
  const lines = (table, element) => {
    let text = "";
    const gap = (node) => {
      if (BLOCKS.has(node.localName)) text += "\n";
      else if (CELLS.has(node.localName)) text += " ";
    };
    let node = element.firstChild;
    while (node) {
      let within = null;
      if (node.nodeType === Node.TEXT_NODE) text += node.data.replace(/\s+/g, " ");
      else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(table.quoted)) {
        gap(node);
        within = node.firstChild;
      }
      if (within) {
        node = within;
        continue;
      }
      while (node !== element && !node.nextSibling) {
        node = node.parentNode;
        if (node !== element) gap(node);
      }
      node = node === element ? null : node.nextSibling;
    }
    return text.split("\n").map(together).filter(Boolean).join("\n");
  };

  const taken = (table, element, what) => {
    // Before the last “@” stands a selector: then it is the first such element within.
    const at = what.lastIndexOf("@");
    if (at >= 0) {
      const inner = element.querySelector(what.slice(0, at));
      return inner && taken(table, inner, what.slice(at + 1));
    }
    const value =
      what === "#text" ? together(element.textContent)
      : what === "#lines" ? lines(table, element)
      : what === "#value" ? (element.value ?? "")
      : element.getAttribute(what);
    return table.void.includes(value) ? null : value;
  };

  // What one shape of a field yields.
  const hits = (table, shape, elements) => {
    const found = shape.select
      ? elements.flatMap((element) => Array.from(select(element, shape.select)))
      : elements;
    return found
      .map((hit) => attempt(() => shape.take.map((what) => taken(table, hit, what)), []))
      .filter((values) => values.some((value) => value !== null));
  };

  const itemOf = (table, part, elements, shape) => {
    const fields = {};
    for (const { name, shapes } of part.fields) {
      for (const one of shapes) {
        const found = hits(table, one, elements);
        if (found.length > 0) {
          fields[name] = found;
          break;
        }
      }
    }
    return { shape, fields };
  };

  // One item by its root: for a row that is new or has changed.
  const read = (table, part, root, shape) =>
    itemOf(table, part, whole(part, root), shape);

  // All items of the part of that name: [{ root, elements, item }].
  const items = (table, name, within = document) => {
    const part = table.parts.find((one) => one.name === name);
    if (!part) return [];
    const { shape, elements } = roots(table, part, within);
    return elements.map((root) => {
      const all = whole(part, root);
      return { root, elements: all, item: itemOf(table, part, all, shape) };
    });
  };

  // The whole page: a Sighting.
  const look = (table, within = document) => {
    const parts = {};
    for (const { name } of table.parts) {
      const found = items(table, name, within);
      if (found.length > 0) parts[name] = found.map(({ item }) => item);
    }
    return { path: location.pathname + location.search + location.hash, origin: location.origin, parts };
  };

  // What a report may tell of the page: how many items each part has, in which of its known shapes, and for each shape of
  // a field in how many of the items it yields something. Never what it yields.
  const check = (table) => {
    const parts = {};
    for (const part of table.parts) {
      const { shape, elements } = roots(table, part);
      const yields = (one) => elements.filter((root) => hits(table, one, whole(part, root)).length > 0).length;
      const fields = Object.fromEntries(part.fields.map(({ name, shapes }) => [name, shapes.map(yields)]));
      parts[part.name] = { shape: elements.length > 0 ? shape : null, items: elements.length, fields };
    }
    return { site: table.site, language: document.documentElement.lang, parts };
  };

  const spots = {
    before: (at) => ({ parent: at.parentNode, before: at }),
    prepend: (at) => ({ parent: at, before: at.firstChild }),
    append: (at) => ({ parent: at, before: null }),
    after: (at) => ({ parent: at.parentNode, before: at.nextSibling }),
  };

  // Where something of ours belongs, by the first of the mounts that is found within these
  // elements: { parent, before } for insertBefore, or null.
  const mount = (table, mounts, within = [document]) => {
    for (const { anchor, climb, place } of mounts) {
      const anchors = within.flatMap((element) => Array.from(select(element, anchor)));
      const found = anchors.find((one) => !isHidden(table, one));
      const at = found && climb ? attempt(() => found.closest(climb), null) : found;
      const spot = at && spots[place](at);
      if (spot?.parent) return spot;
    }
    return null;
  };

  cadence.eyes = { check, frames, look, roots, whole, read, items, mount, isHidden };
}
