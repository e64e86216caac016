// A closed shadow root, which no script of the page's can enter. How it is got at differs from browser to browser:
// browsers/ hand in `call` and `press`.

export class Shadow {
  #call;
  #press;
  #page;

  /**
   * `call(look, values)` calls `look(root, ...values)` in the page, and gives back what it says, which
   * must be plain data; `press(selector, text)` clicks the first hit on show with the mouse, and says
   * whether there was one.
   */
  constructor(page, call, press) {
    this.#page = page;
    this.#call = call;
    this.#press = press;
  }

  /** Calls `look(root, ...values)` in the page; the answer must be plain data. */
  evaluate(look, ...values) {
    return this.#call(look, values);
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
    if (!(await this.#press(selector, text))) throw new Error(`Nothing to click: ${selector} ${text}`);
  }

  /** Types into the first hit. */
  async type(selector, text) {
    await this.click(selector);
    await this.#page.keyboard.type(text);
  }
}

/** Runs in the page: the first hit on show with that text in it. */
export function find(root, selector, text) {
  const hits = [...root.querySelectorAll(selector)];
  return hits.find((it) => it.checkVisibility() && it.textContent.includes(text)) ?? null;
}
