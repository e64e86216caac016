// Chromium, by its own debugging protocol. Every file beside this one has the same `launch`, whose driver has the
// same members.

import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { packageOf } from '../package.mjs';
import { Shadow, find } from '../shadow.mjs';
import { until } from '../until.mjs';

/** What it, or its protocol, cannot do that a test may need, each with the reason that is printed where the test is skipped. */
export const LACKS = {
  question: 'its protocol presses no button of Chromium’s own question for a permission',
};
/** The package that is made for it. */
export const PACKAGE = 'chrome';

/**
 * Starts the browser. `hosts` are the only ones within its reach, besides the loopback address:
 * `[{ host, port, spki }]` stands for https://host at that port, with the key of that hash.
 */
export async function launch({ extension, locale, zone, faults, welcome, profile, window, hosts, grants }) {
  const made = extension ? packageOf(faults ? 'faults' : 'chrome', { locale, grants, profile }) : null;
  const maps = hosts.map(({ host, port }) => `MAP ${host} 127.0.0.1:${port}`);
  const keys = hosts.map(({ spki }) => spki);
  const browser = await puppeteer.launch({
    executablePath: chromium(),
    pipe: true,
    enableExtensions: true,
    // By itself it would leave the profile behind.
    handleSIGINT: false,
    defaultViewport: window,
    userDataDir: profile,
    env: zone ? { ...process.env, TZ: zone } : process.env,
    args: [
      `--host-resolver-rules=${[...maps, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'].join(', ')}`,
      ...(keys.length ? [`--ignore-certificate-errors-spki-list=${keys.join(',')}`] : []),
      `--window-size=${window.width},${window.height}`,
      '--disable-gpu',
      '--disable-quic',
      '--force-color-profile=srgb',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const driver = new Driver(browser, made, made && (await browser.installExtension(made.directory)));
  if (made && !welcome) await driver.welcomed();
  return driver;
}

/** The browser's path. */
function chromium() {
  const places = [process.env.CADENCE_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  const found = places.find((path) => path && existsSync(path));
  if (!found) throw new Error('No Chromium: name one in CADENCE_CHROMIUM');
  return found;
}

class Driver {
  /** Whether pages are told an address of the extension that is another one in each session. */
  hidesAddress = true;
  /** Whether a script of ours that stands in a page outlives its extension there, cut off from it. */
  leavesOldScripts = true;
  /** Whether at installation it warns of the hosts that an extension may read. */
  warnsOfHosts = true;
  #made;
  #probe = null;
  #sessions = new WeakMap(); // a page → its session of the debugging protocol

  constructor(browser, made, id) {
    this.browser = browser;
    this.#made = made;
    this.id = id;
    this.origin = `chrome-extension://${id}`;
  }

  /** Closes the page that greets the user after installation. */
  async welcomed() {
    const target = await this.browser.waitForTarget((it) => it.url() === `${this.origin}/welcome.html`);
    await (await target.page()).close();
  }

  /** A page that is awake, whichever tab is in front. */
  async newPage() {
    const page = await this.browser.newPage();
    const cdp = await this.#session(page);
    await cdp.send('Emulation.setFocusEmulationEnabled', { enabled: true });
    return page;
  }

  /** Names the directory that a page's files are saved in. */
  async saveTo(page, directory) {
    const cdp = await this.#session(page);
    await cdp.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: directory });
  }

  /** Chooses a file, as the user does after pressing a button of the page's. */
  async choose(page, path, press) {
    const [chooser] = await Promise.all([page.waitForFileChooser(), press()]);
    await chooser.accept([path]);
  }

  /** Shows a page of the extension. */
  visit(page, path) {
    return page.goto(`${this.origin}/${path}`);
  }

  /** Whether a page has been closed, by whomever. */
  isClosed(page) {
    return page.isClosed();
  }

  /** Calls a function with the extension's rights, and none of its code. */
  async evaluate(look, ...values) {
    const probe = await this.#extensionPage();
    return probe.evaluate(look, ...values);
  }

  /** Ends the worker. */
  async killWorker() {
    const isWorker = (target) => target.type() === 'service_worker' && target.url().includes(this.id);
    const running = this.browser.targets().filter(isWorker);
    const probe = await this.#extensionPage();
    const cdp = await probe.createCDPSession();
    await cdp.send('ServiceWorker.enable');
    await cdp.send('ServiceWorker.stopAllWorkers');
    await until('the worker is gone', async () => {
      if (!this.browser.targets().some((target) => running.includes(target))) return true;
      // One that was only just starting did not hear of it.
      await cdp.send('ServiceWorker.stopAllWorkers');
      return false;
    });
    await cdp.detach();
  }

  /** Loads the extension anew, as an update does. */
  async reloadExtension() {
    const page = await this.newPage();
    await this.visit(page, 'manifest.json');
    await page.evaluate(() => { setTimeout(() => chrome.runtime.reload()); });
    await until('the extension is back', () => page.isClosed());
    this.#probe = null;
  }

  /** Types a date and a time into the field in focus; the Tab key leads from one to the other. */
  async typeMoment(page, date, time) {
    await page.keyboard.type(date);
    await page.keyboard.press('Tab');
    await page.keyboard.type(time);
  }

  /** The closed roots of all `<host>` elements on show, in document order. */
  async shadows(page, host) {
    const cdp = await this.#session(page);
    const { root } = await cdp.send('DOM.getDocument', { depth: -1, pierce: true });
    const nodes = [];
    collect(root, host.toUpperCase(), nodes);
    const roots = await Promise.all(nodes.map((node) => resolve(page, cdp, node)));
    return roots.filter(Boolean);
  }

  /** What the browser reports of a page's policy and its errors from now on. */
  async reports(page) {
    const reports = [];
    const cdp = await this.#session(page);
    cdp.on('Audits.issueAdded', ({ issue }) => reports.push(issue.code));
    cdp.on('Log.entryAdded', ({ entry }) => reports.push(entry.text));
    await cdp.send('Audits.enable');
    await cdp.send('Log.enable');
    return reports;
  }

  /** Hears every address that anything in the browser asks for; `end` gives them. */
  async asks() {
    const asked = [];
    const hear = async (target) => {
      const cdp = await target.createCDPSession().catch(() => null);
      cdp?.on('Network.requestWillBeSent', ({ request }) => asked.push(request.url));
      await cdp?.send('Network.enable').catch(() => {});
    };
    this.browser.on('targetcreated', hear);
    await Promise.all(this.browser.targets().map(hear));
    return { end: () => (this.browser.off('targetcreated', hear), asked) };
  }

  /** What the browser warns of when an extension of this manifest is installed. */
  async warnings(manifest) {
    const page = await this.newPage();
    await this.visit(page, 'popup.html');
    const all = await page.evaluate((text) => chrome.management.getPermissionWarningsByManifest(text), JSON.stringify(manifest));
    await page.close();
    return all;
  }

  /** Installs another extension: a page with its rights, what it calls ours by, and a way to remove it. */
  async otherExtension(directory) {
    const id = await this.browser.installExtension(directory);
    const page = await this.newPage();
    await page.goto(`chrome-extension://${id}/manifest.json`);
    const remove = async () => {
      await page.close();
      await this.browser.uninstallExtension(id);
    };
    return { page, name: this.id, remove };
  }

  /** Shows a page in the few colours of a user who needs strong contrast. */
  async highContrast(page) {
    const cdp = await this.#session(page);
    await cdp.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }, { name: 'prefers-color-scheme', value: 'dark' }] });
  }

  async stop() {
    await this.browser.close();
    this.#made?.clear();
  }

  async #session(page) {
    if (!this.#sessions.has(page)) this.#sessions.set(page, await page.createCDPSession());
    return this.#sessions.get(page);
  }

  /** A page with the extension's rights and none of its code, in a window behind. */
  async #extensionPage() {
    if (!this.#probe) {
      const cdp = await this.browser.target().createCDPSession();
      const url = `${this.origin}/manifest.json`;
      await cdp.send('Target.createTarget', { url, background: true, newWindow: true });
      const target = await this.browser.waitForTarget((it) => it.url() === url);
      const probe = await target.asPage();
      // Its address is there before its document is.
      await until('the page has our rights', () => probe.evaluate(() => Boolean(chrome.action && chrome.runtime.id)).catch(() => false));
      this.#probe = probe;
      await cdp.detach();
    }
    return this.#probe;
  }
}

function collect(node, name, found) {
  if (node.nodeName === name) found.push(...(node.shadowRoots ?? []).slice(0, 1));
  for (const child of node.children ?? []) collect(child, name, found);
  if (node.contentDocument) collect(node.contentDocument, name, found);
}

/** The node as a Shadow; null when it has gone or is not on show. */
async function resolve(page, cdp, { backendNodeId }) {
  try {
    const { object } = await cdp.send('DOM.resolveNode', { backendNodeId });
    const shadow = shadowOf(page, cdp, object.objectId);
    const shown = await shadow.evaluate((root) => root.host.isConnected && root.host.checkVisibility());
    return shown ? shadow : null;
  } catch (error) {
    if (/No node|Could not find|Cannot find/.test(error.message)) return null;
    throw error;
  }
}

function shadowOf(page, cdp, root) {
  const call = async (look, values, returnByValue) => {
    const { result, exceptionDetails } = await cdp.send('Runtime.callFunctionOn', {
      objectId: root,
      functionDeclaration: `function (...values) { return (${look})(this, ...values); }`,
      arguments: values.map((value) => ({ value })),
      awaitPromise: true,
      returnByValue,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result;
  };
  const press = async (selector, text) => {
    const { objectId } = await call(find, [selector, text], false);
    if (!objectId) return false;
    await cdp.send('DOM.scrollIntoViewIfNeeded', { objectId });
    const { quads } = await cdp.send('DOM.getContentQuads', { objectId });
    const [x1, y1, , , x2, y2] = quads[0];
    await page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2);
    return true;
  };
  return new Shadow(page, async (look, values) => (await call(look, values, true)).value, press);
}
