// End-to-end tests: a real Chromium, the real package, the demo mailbox in Gmail's place.
//
//   const lab = await start();                    one browser, with a profile of its own
//   const tab = await lab.mail({ lang: 'ru' });   the demo mailbox; options: demo/options.js, csp, fixture
//   await tab.openThread('weber');                a click on its row, by the thread's short name
//   const strip = await tab.strip();              our strip on show, waited for; see shadow.mjs
//   await strip.click('button.snooze');           a real click in the closed shadow root
//   await tab.chips();                            our chips on show, in the page's order
//   await tab.marks();                            what they say, by the thread's short name
//   await tab.reply('text');  await tab.newMail({ thread: 'weber' });
//   await lab.badge();                            the badge's text, without waking the worker
//   await lab.ask({ ask: 'popup' });              a question to the worker, as our pages ask it
//   await lab.killWorker();                       as the browser does after half a minute
//   const popup = await lab.popup();              the popup's page, a Puppeteer Page
//   tab.problems, await tab.longTasks()           what went wrong on the page, what took over 50 ms
//   await lab.stop();
//
// `until(what, look)` waits for anything else. `start({ extension: false })` leaves Cadence out;
// `start({ locale: 'ru', zone: 'Asia/Shanghai' })` chooses the user's language and clock.
// Needs pkg/chrome (cargo xtask build). The server and the browser come from `cargo xtask test`, or
// are found here when a test is run alone: `node --test tests/e2e/demo.test.mjs`.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { shadows } from './shadow.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGE = `${ROOT}pkg/chrome`;
const HOST = 'https://mail.google.com';
export const WINDOW = { width: 1280, height: 800 };

/** Starts a browser of the test's own. */
export async function start({ extension = true, locale = null, zone = null } = {}) {
  if (extension && !existsSync(`${PACKAGE}/manifest.json`)) throw new Error('No pkg/chrome: run `cargo xtask build`');
  const server = await serve();
  const browser = await puppeteer.launch({
    executablePath: chromium(),
    pipe: true,
    enableExtensions: true,
    // By itself it would leave the profile behind.
    handleSIGINT: false,
    defaultViewport: WINDOW,
    env: zone ? { ...process.env, TZ: zone } : process.env,
    args: [
      `--host-resolver-rules=MAP mail.google.com 127.0.0.1:${server.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      `--ignore-certificate-errors-spki-list=${server.spki}`,
      `--window-size=${WINDOW.width},${WINDOW.height}`,
      '--disable-gpu',
      '--disable-quic',
      '--force-color-profile=srgb',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const directory = locale ? speaking(locale) : PACKAGE;
  const id = extension ? await browser.installExtension(directory) : null;
  const lab = new Lab(browser, server, id, directory);
  process.once('SIGINT', () => lab.stop().finally(() => process.exit(130)));
  return lab;
}

/**
 * A copy of the package in which that language is the only one. Chromium takes a page's language from
 * the machine's own packages of languages, which a test cannot count on.
 */
function speaking(locale) {
  const directory = mkdtempSync(join(tmpdir(), 'cadence-'));
  cpSync(PACKAGE, directory, { recursive: true });
  rmSync(`${directory}/_locales`, { recursive: true });
  cpSync(`${PACKAGE}/_locales/${locale}`, `${directory}/_locales/${locale}`, { recursive: true });
  const manifest = JSON.parse(readFileSync(`${directory}/manifest.json`, 'utf8'));
  writeFileSync(`${directory}/manifest.json`, JSON.stringify({ ...manifest, default_locale: locale }));
  return directory;
}

/** Waits until `look` gives something truthy, and returns it. */
export async function until(what, look, { timeout = 5000 } = {}) {
  const end = Date.now() + timeout;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`Waited ${timeout} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

class Lab {
  #server;
  #directory;
  #probe = null;

  constructor(browser, server, id, directory) {
    this.browser = browser;
    this.#server = server;
    this.#directory = directory;
    /** The extension's id, part of its pages' addresses. */
    this.id = id;
  }

  /** Opens the demo mailbox in a tab of its own; `prepare` may look at the page before it is loaded. */
  async mail(query = {}, { account = 0, hash = '' } = {}, prepare = null) {
    const page = await this.browser.newPage();
    const tab = new Tab(page);
    await tab.prepare();
    await prepare?.(page);
    await page.goto(`${HOST}/mail/u/${account}/?${new URLSearchParams(query)}${hash}`);
    return tab;
  }

  /** Opens the popup's page in a tab, as large as a browser lets a popup be. */
  async popup({ width = 800, height = 600 } = {}) {
    const page = await this.browser.newPage();
    await page.setViewport({ width, height });
    await page.goto(this.url('popup.html'));
    return page;
  }

  /** The address of a file of the extension. */
  url(path) {
    return `chrome-extension://${this.id}/${path}`;
  }

  /** The badge's text, as the toolbar shows it everywhere. */
  async badge() {
    const probe = await this.#extensionPage();
    return probe.evaluate(() => chrome.action.getBadgeText({}));
  }

  /** Ends the worker. The next message or alarm starts it again. */
  async killWorker() {
    const isWorker = (target) => target.type() === 'service_worker' && target.url().includes(this.id);
    const running = this.browser.targets().filter(isWorker);
    const probe = await this.#extensionPage();
    const cdp = await probe.createCDPSession();
    await cdp.send('ServiceWorker.enable');
    await cdp.send('ServiceWorker.stopAllWorkers');
    await until('the worker is gone', () => !this.browser.targets().some((target) => running.includes(target)));
    await cdp.detach();
  }

  /** Asks the worker a question, as our own pages do. */
  async ask(question) {
    const probe = await this.#extensionPage();
    return probe.evaluate((call) => chrome.runtime.sendMessage(call), { v: 1, ...question });
  }

  async stop() {
    await this.browser.close();
    this.#server.stop();
    if (this.#directory !== PACKAGE) rmSync(this.#directory, { recursive: true });
  }

  /** A page with the extension's rights and none of its code, in a window behind. */
  async #extensionPage() {
    if (!this.#probe) {
      const cdp = await this.browser.target().createCDPSession();
      const url = this.url('manifest.json');
      await cdp.send('Target.createTarget', { url, background: true, newWindow: true });
      const target = await this.browser.waitForTarget((it) => it.url() === url);
      this.#probe = await target.asPage();
      await cdp.detach();
    }
    return this.#probe;
  }
}

class Tab {
  #cdp;
  /** Errors thrown and logged in the page, the content script's included. */
  problems = [];

  constructor(page) {
    this.page = page;
  }

  async prepare() {
    const { page } = this;
    page.on('pageerror', (error) => this.problems.push(String(error?.stack ?? error)));
    page.on('console', (message) => message.type() === 'error' && this.problems.push(message.text()));
    this.#cdp = await page.createCDPSession();
    // Another tab in front must not put this one to sleep.
    await this.#cdp.send('Emulation.setFocusEmulationEnabled', { enabled: true });
    await page.evaluateOnNewDocument(() => {
      globalThis.longTasks = [];
      new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map((it) => it.duration)))
        .observe({ type: 'longtask', buffered: true });
    });
  }

  /** Durations of the page's tasks of over 50 ms since it was loaded. */
  longTasks() {
    return this.page.evaluate(() => globalThis.longTasks);
  }

  /** Opens a thread from the list on show, by its short name. */
  async openThread(name) {
    await this.#onShow(`tr[data-key="${name}"] .xW, tr[data-key="${name}"] .apm`, async (element) => {
      // Nearer the edge it may lie below the toolbar.
      await element.evaluate((it) => it.scrollIntoView({ block: 'center' }));
      await element.click();
    });
    await this.#onShow('h2.hP');
  }

  /** Back to the list. */
  async back() {
    await this.#onShow('[role="main"] a.lS', (element) => element.click());
    await this.#onShow('tr.zA');
  }

  /** Answers the open thread. */
  async reply(text) {
    await this.#onShow('.bkH', (element) => element.click());
    await this.#onShow('[g_editable]', (element) => element.type(text));
    await this.#onShow('.aoO', (element) => element.click());
  }

  /** A letter comes in; see `Mailbox.receive` in demo/mailbox.js. */
  newMail(detail) {
    return this.page.evaluate((it) => {
      document.dispatchEvent(new CustomEvent('demo:new-mail', { detail: it }));
    }, detail);
  }

  /** Our strip on show. */
  strip(options) {
    return until('a strip is on show', async () => (await this.shadows('cadence-strip'))[0], options);
  }

  /** Our chips on show, in the page's order; perhaps none yet. */
  chips() {
    return this.shadows('cadence-chip');
  }

  /** What the chips on show say, by their threads' short names; empty ones are left out. */
  async marks() {
    const marks = await Promise.all((await this.chips()).map((chip) => chip.evaluate((root) => {
      let row = root.host.closest('tr');
      while (row && !row.dataset.key) row = row.previousElementSibling;
      return [row?.dataset.key, root.firstElementChild?.innerText.replace(/\s+/g, ' ').trim()];
    })));
    return Object.fromEntries(marks.filter(([, text]) => text));
  }

  /** The closed shadow roots of the hosts of a name that are on show. */
  shadows(host) {
    return shadows(this.page, this.#cdp, host);
  }

  screenshot(path) {
    return this.page.screenshot({ path });
  }

  /** Waits for an element of the page's that is on show, and does something with it. */
  async #onShow(selector, act = () => {}) {
    const element = await until(`${selector} is on show`, async () => {
      for (const handle of await this.page.$$(selector)) if (await handle.isVisible()) return handle;
      return null;
    });
    await act(element);
  }
}

/** The server that `cargo xtask` has started, or one of our own. */
async function serve() {
  if (process.env.CADENCE_MAILBOX) return { ...JSON.parse(process.env.CADENCE_MAILBOX), stop() {} };
  const words = ['xtask', 'serve', '--with-parent'];
  const child = spawn('cargo', words, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) {
    return { ...JSON.parse(line), stop: () => child.stdin.end() };
  }
  throw new Error('`cargo xtask serve` does not answer');
}

/** The browser's path. */
export function chromium() {
  const places = [process.env.CADENCE_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  const found = places.find((path) => path && existsSync(path));
  if (!found) throw new Error('No Chromium: name one in CADENCE_CHROMIUM');
  return found;
}
