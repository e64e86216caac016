// End-to-end tests: a real browser, the real package, a mailbox.
//
//   const lab = await start();                    one browser, with a profile of its own
//   const tab = await lab.mail({ lang: 'ru' });   the mailbox; for the demo: demo/options.js, csp, fixture
//   await tab.openThread('weber');                a click on its row, by the thread's short name
//   const strip = await tab.strip();              our strip on show, waited for; see shadow.mjs
//   await strip.click('button.snooze');           a real click in the closed shadow root
//   await tab.chips();                            our chips on show, in the page's order
//   await tab.marks();                            what they say, by the thread's short name
//   await tab.reply('text');  await tab.newMail({ thread: 'weber' });
//   await tab.answer();  await tab.write('a@b.example');  await tab.typeText('text');  await tab.send();
//   await lab.badge();                            the badge's text, without waking the worker
//   await lab.ask({ ask: 'popup' });              a question to the worker, as our pages ask it
//   await lab.killWorker();                       as the browser does after half a minute
//   const popup = await lab.popup();              the popup's page, a Puppeteer Page
//   const page = await lab.open('options.html');  another page of ours
//   tab.problems, await tab.longTasks()           what went wrong on the page, what took over 50 ms
//   await lab.stop();
//
// `until(what, look)` waits for anything else. `start({ extension: false })` leaves Cadence out;
// `start({ faults: true })` takes the package that stumbles when asked to (cargo xtask build --faults);
// `start({ locale: 'ru', zone: 'Asia/Shanghai' })` chooses the user's language and clock; with `welcome: true` the page that
// greets after installation stays open; `start({ profile })` names the folder of a profile that outlives the browser.
//
// A test that not every browser or webmail can be put to says `needs('quota')`; what each lacks stands in its file.
// CADENCE_BROWSER chooses the browser (chromium, firefox: browsers/), CADENCE_SITE the webmail (gmail,
// roundcube: sites/). Needs pkg/ (cargo xtask build). Server and browser come from `cargo xtask test`,
// or are found when a test is run alone: `node --test tests/e2e/list.test.mjs`.

import { until } from './until.mjs';

export { until };
export const BROWSER = process.env.CADENCE_BROWSER ?? 'chromium';
export const SITE = process.env.CADENCE_SITE ?? 'gmail';
export const WINDOW = { width: 1280, height: 800 };

const { LACKS, PACKAGE, launch } = await import(`./browsers/${BROWSER}.mjs`);
const site = await import(`./sites/${SITE}.mjs`);

export { PACKAGE };

/** Runs in the page, alone: the subject of the thread on show. */
export const { shown } = site;
/** How wide the window is at least in which a thread that was opened stays on show. */
export const { NARROWEST } = site;

const lacks = { ...LACKS, ...site.LACKS };
/** What a test is given that needs more of a browser or of a webmail than each has: `test('…', needs('quota'), async () => {})`. */
export const needs = (...all) => ({ skip: all.map((what) => lacks[what]).find(Boolean) ?? false });

/** Starts a browser of the test's own. */
export async function start({ extension = true, locale = null, zone = null, faults = false, welcome = false, profile = undefined } = {}) {
  const server = await site.serve();
  const { hosts, grants } = server;
  const driver = await launch({ extension, locale, zone, faults, welcome, profile, window: WINDOW, hosts, grants });
  const lab = new Lab(driver, server);
  process.once('SIGINT', () => lab.stop().finally(() => process.exit(130)));
  try {
    await site.prepare?.(lab);
  } catch (error) {
    // A browser that is left open keeps the test's file from ending.
    await lab.stop();
    throw error;
  }
  return lab;
}

class Lab {
  constructor(driver, server) {
    /** What only this browser knows how to do; see browsers/chromium.mjs. */
    this.driver = driver;
    /** The mailbox's server; see sites/gmail.mjs. */
    this.server = server;
    /** Puppeteer's Browser. */
    this.browser = driver.browser;
    /** The extension's id, part of its pages' addresses. */
    this.id = driver.id;
  }

  /** Opens the mailbox in a tab of its own; `prepare` may look at the page before it is loaded. */
  async mail(query = {}, where = {}, prepare = null) {
    const page = await this.driver.newPage();
    const tab = new Tab(page, this.driver, this.server);
    await tab.prepare();
    await prepare?.(page);
    await site.visit(tab, query, where);
    return tab;
  }

  /** A tab of the mailbox that something else than the test has opened. */
  tabOf(page) {
    return new Tab(page, this.driver, this.server);
  }

  /** Whether this is an address of the first mailbox. */
  isMail(address) {
    return site.isMail(this.server, address);
  }

  /** Opens the popup's page in a tab, as large as a browser lets a popup be. */
  popup(size = { width: 800, height: 600 }) {
    return this.open('popup.html', size);
  }

  /** Opens a page of the extension in a tab. */
  async open(path, size = WINDOW) {
    const page = await this.driver.newPage();
    await page.setViewport(size);
    await this.driver.visit(page, path);
    return page;
  }

  /** A page of the extension that something else than the test has opened. */
  opened(path) {
    const address = this.url(path);
    return until(`${path} is open`, async () => {
      for (const page of await this.browser.pages()) {
        // Firefox tells nobody where a page of an extension has gone; the page itself knows.
        if (await page.evaluate((wanted) => location.href === wanted, address).catch(() => false)) return page;
      }
      return null;
    });
  }

  /** The address of a file of the extension. */
  url(path) {
    return `${this.driver.origin}/${path}`;
  }

  /** The badge's text, as the toolbar shows it everywhere. */
  badge() {
    return this.driver.evaluate(() => chrome.action.getBadgeText({}));
  }

  /** Ends the worker. The next message or alarm starts it again. */
  killWorker() {
    return this.driver.killWorker();
  }

  /** Asks the worker a question, as our own pages do. */
  ask(question) {
    return this.driver.evaluate((call) => chrome.runtime.sendMessage(call), { v: 1, ...question });
  }

  async stop() {
    await this.driver.stop();
    await this.server.stop();
  }
}

class Tab {
  /** Errors thrown and logged in the page, the content script's included. */
  problems = [];

  constructor(page, driver, server) {
    this.page = page;
    this.driver = driver;
    this.server = server;
  }

  async prepare() {
    const { page } = this;
    const note = (text) => { if (!site.NOISE?.test(text)) this.problems.push(text); };
    page.on('pageerror', (error) => note(String(error?.stack ?? error)));
    page.on('console', (message) => message.type() === 'error' && note(message.text()));
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
  openThread(name) {
    return site.openThread(this, name);
  }

  /** The subject of the thread on show; null when none is. */
  shown() {
    return this.page.evaluate(site.shown);
  }

  /** Goes straight from a thread to the one that was open before. */
  returnTo(name) {
    return site.returnTo(this, name);
  }

  /** Back to the list. */
  back() {
    return site.back(this);
  }

  /** Answers the open thread. */
  reply(text) {
    return site.reply(this, text);
  }

  /** Begins an answer to the open thread. */
  answer() {
    return site.answer(this);
  }

  /** Begins to forward the open thread's last letter to an address. */
  forward(address) {
    return site.forward(this, address);
  }

  /** Adds an address to the letter that is being written. */
  addressTo(address) {
    return site.addressTo(this, address);
  }

  /** Begins a new letter to these addresses. */
  write(...addresses) {
    return site.write(this, ...addresses);
  }

  /** Goes on writing at the end of the letter's text. */
  typeText(text) {
    return site.typeText(this, text);
  }

  /** What the user has written in the letter. */
  written() {
    return site.written(this);
  }

  /** What stands in the letter's field for the subject. */
  subject() {
    return this.page.$eval(site.SUBJECT, (field) => field.value);
  }

  /** Goes on writing the letter's subject. */
  typeSubject(text) {
    return this.onShow(site.SUBJECT, (field) => field.type(text));
  }

  /** Sends the letter that is being written. */
  send() {
    return site.send(this);
  }

  /** Presses a key with Control. */
  async press(key) {
    await this.page.keyboard.down('Control');
    await this.page.keyboard.press(key);
    await this.page.keyboard.up('Control');
  }

  /** A letter comes in. */
  newMail(detail) {
    return site.newMail(this, detail);
  }

  /** Puts the focus on what stands before the strip of the open thread. */
  focusBefore() {
    return site.focusBefore(this);
  }

  /** How many rows of the list, each a message, tell of somebody to write to. */
  countClients() {
    return site.countClients(this);
  }

  /** Loads the page anew, with the open thread on it. */
  reload() {
    return site.reload(this);
  }

  /** The short names of the threads in the list, in its order. */
  rows() {
    return site.rows(this);
  }

  /** Waits until a letter that was just sent looks as it will for good. */
  settled() {
    return site.settled(this);
  }

  /** Our strip on show. */
  strip(options) {
    return until('a strip is on show', async () => (await this.shadows('cadence-strip'))[0], options);
  }

  /** Our chips on show, in the page's order; perhaps none yet. */
  chips() {
    return this.shadows('cadence-chip');
  }

  /** What the chips on show say, by their threads' short names; what is cut where rows are narrow is there, too. */
  async marks() {
    const said = (root) => [...root.firstElementChild?.children ?? []].map((it) => it.textContent.trim()).filter(Boolean).join(' ');
    const marks = await Promise.all((await this.chips()).map(async (chip) => [
      await chip.evaluate(site.nameOf),
      await chip.evaluate(said),
    ]));
    return Object.fromEntries(marks.filter(([, text]) => text));
  }

  /** The closed shadow roots of the hosts of a name that are on show. */
  shadows(host) {
    return this.driver.shadows(this.page, host);
  }

  /** The frame in the page whose address has this in it; undefined when there is none. */
  async frame(part) {
    const frames = await Promise.all(this.page.frames().map(async (frame) => {
      // Firefox tells nobody where a frame of an extension has gone; the frame itself knows.
      const address = await frame.evaluate(() => location.href).catch(() => '');
      return address.includes(part) && frame;
    }));
    return frames.find(Boolean);
  }

  screenshot(path) {
    return this.page.screenshot({ path });
  }

  /** Waits for an element of the page's that is on show, and does something with it. */
  async onShow(selector, act = () => {}) {
    const element = await until(`${selector} is on show`, async () => {
      for (const handle of await this.page.$$(selector)) if (await handle.isVisible()) return handle;
      return null;
    });
    await act(element);
  }
}
