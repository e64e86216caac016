// Closed shadow roots, which no script can enter, through the browser's debugging protocol.

/** The closed roots of all `<host>` elements on show, in document order. */
export async function shadows(page, cdp, host) {
  const { root } = await cdp.send('DOM.getDocument', { depth: -1, pierce: true });
  const nodes = [];
  collect(root, host.toUpperCase(), nodes);
  const roots = await Promise.all(nodes.map((node) => resolve(page, cdp, node)));
  return roots.filter(Boolean);
}

function collect(node, name, found) {
  if (node.nodeName === name) found.push(...(node.shadowRoots ?? []).slice(0, 1));
  for (const child of node.children ?? []) collect(child, name, found);
  if (node.contentDocument) collect(node.contentDocument, name, found);
}

/** The node as an object; null when it has gone or is not on show. */
async function resolve(page, cdp, { backendNodeId }) {
  try {
    const { object } = await cdp.send('DOM.resolveNode', { backendNodeId });
    const shadow = new Shadow(page, cdp, object.objectId);
    const shown = await shadow.evaluate((root) => root.host.isConnected && root.host.checkVisibility());
    return shown ? shadow : null;
  } catch (error) {
    if (/No node|Could not find|Cannot find/.test(error.message)) return null;
    throw error;
  }
}

class Shadow {
  #page;
  #cdp;
  #object;

  constructor(page, cdp, object) {
    this.#page = page;
    this.#cdp = cdp;
    this.#object = object;
  }

  /** Calls `look(root, ...values)` in the page; the answer must be plain data. */
  async evaluate(look, ...values) {
    const { value } = await this.#call(look, values, true);
    return value;
  }

  /** The text on show of the root, or of the first hit. */
  text(selector = '*') {
    return this.evaluate((root, find) => {
      const elements = find === '*' ? [...root.children] : [root.querySelector(find)];
      return elements.map((it) => it?.innerText ?? '').join(' ').replace(/\s+/g, ' ').trim();
    }, selector);
  }

  /** How many elements match. */
  count(selector) {
    return this.evaluate((root, find) => root.querySelectorAll(find).length, selector);
  }

  /**
   * Moves the mouse onto the first hit on show and clicks. `selector` may be followed by a text that
   * the element must contain: `click('button', 'Tomorrow')`.
   */
  async click(selector, text = '') {
    const { objectId } = await this.#call(find, [selector, text], false);
    if (!objectId) throw new Error(`Nothing to click: ${selector} ${text}`);
    await this.#cdp.send('DOM.scrollIntoViewIfNeeded', { objectId });
    const { quads } = await this.#cdp.send('DOM.getContentQuads', { objectId });
    const [x1, y1, , , x2, y2] = quads[0];
    await this.#page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2);
  }

  /** Types into the first hit. */
  async type(selector, text) {
    await this.click(selector);
    await this.#page.keyboard.type(text);
  }

  async #call(look, values, returnByValue) {
    const { result, exceptionDetails } = await this.#cdp.send('Runtime.callFunctionOn', {
      objectId: this.#object,
      functionDeclaration: `function (...values) { return (${look})(this, ...values); }`,
      arguments: values.map((value) => ({ value })),
      awaitPromise: true,
      returnByValue,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result;
  }
}

/** Runs in the page. */
function find(root, selector, text) {
  const hits = [...root.querySelectorAll(selector)];
  return hits.find((it) => it.checkVisibility() && it.textContent.includes(text)) ?? null;
}
