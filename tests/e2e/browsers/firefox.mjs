// Firefox, by WebDriver BiDi, with access to the browser's own insides for what no web page may do. Members as in
// chromium.mjs.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';
import { packageOf } from '../package.mjs';
import { Shadow, find } from '../shadow.mjs';
import { until } from '../until.mjs';

const ID = 'cadence@cadence.example';
/** The origin's host, which Firefox would else draw by lot. */
const UUID = '4c6d8a52-7e0b-4f5e-9a53-2f1f6d0c3b11';

/** See chromium.mjs. */
export const LACKS = {
  drop: 'WebDriver BiDi can give a page neither folders nor what is dropped',
  quota: 'only Chromium’s protocol sets how much room there is',
  faults: 'the package that stumbles is made for Chromium',
  shifts: 'Firefox tells a page neither of shifts nor of long tasks',
  early: 'WebDriver BiDi runs nothing in a page of an extension before its own scripts',
};
export const PACKAGE = 'firefox';

/** See chromium.mjs. */
export async function launch({ extension, locale, zone, welcome, profile, window, hosts, grants }) {
  const made = extension ? packageOf('firefox', { locale, grants, profile }) : null;
  const [mapped] = hosts;
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: firefox(),
    handleSIGINT: false,
    acceptInsecureCerts: true,
    defaultViewport: window,
    userDataDir: profile,
    env: zone ? { ...process.env, TZ: zone } : process.env,
    headless: !process.env.CADENCE_WINDOW,
    args: ['--remote-allow-system-access', `--width=${window.width}`, `--height=${window.height}`],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [ID]: UUID }),
      // The one host within reach; all others have no address, as a proxy without an ear sees to.
      ...(mapped && {
        'network.dns.localDomains': mapped.host,
        'network.socket.forcePort': `443=${mapped.port}`,
        'security.cert_pinning.enforcement_level': 0,
      }),
      'devtools.jsonview.enabled': false,
      // What an extension keeps outlives the browser, as it does of one from the store.
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      // A tab behind others must not be put to sleep.
      'dom.min_background_timeout_value': 4,
      'widget.windows.window_occlusion_tracking.enabled': false,
      // Our popup closes itself, which is a tab here.
      'dom.allow_scripts_to_close_windows': true,
      // What is typed at a list is one word, however slowly it comes.
      'ui.menu.incremental_search.timeout': 10_000,
    },
  });
  const driver = new Driver(browser, made);
  if (made) await browser.installExtension(made.directory);
  if (made && !welcome) await driver.welcomed();
  return driver;
}

/** The browser's path. */
function firefox() {
  const places = [process.env.CADENCE_FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'];
  const found = places.find((path) => path && existsSync(path));
  if (!found) throw new Error('No Firefox: name one in CADENCE_FIREFOX');
  return found;
}

class Driver {
  /** It draws one address by lot for each user. */
  hidesAddress = false;
  /** It ends the old copy and puts the new one into the tab. */
  leavesOldScripts = false;
  /** It lets the user decide on each host at any time instead. */
  warnsOfHosts = false;
  #made;
  #probe = null;
  #chrome = null;

  constructor(browser, made) {
    this.browser = browser;
    this.#made = made;
    this.id = made && UUID;
    this.origin = `moz-extension://${UUID}`;
  }

  /** Closes the page that greets the user after installation. */
  welcomed() {
    return this.evaluate(async (address) => {
      const greeting = async () => (await chrome.tabs.query({})).find(({ url }) => url === address);
      for (let tries = 0; tries < 200; tries += 1) {
        const tab = await greeting();
        if (tab) return chrome.tabs.remove(tab.id);
        await new Promise((resolve) => { setTimeout(resolve, 50); });
      }
      throw new Error('No first steps after installation');
    }, `${this.origin}/welcome.html`);
  }

  /** A page that is awake, whichever tab is in front: one in a window of its own. */
  newPage() {
    return this.#open({ type: 'window' });
  }

  async #open(how) {
    const page = await this.browser.newPage(how);
    // Firefox tells nobody that a page of an extension has been loaded, for which Puppeteer waits; but it
    // answers when it has.
    const context = page.mainFrame()._id;
    const { connection } = this.browser;
    const go = async (method, values) => {
      await connection.send(method, { context, ...values, wait: 'complete' });
      // It makes the worlds of such a page when they are first used; what Puppeteer keeps is of the last one's until then.
      const frame = page.mainFrame();
      for (const { realm } of [frame.mainRealm(), frame.isolatedRealm()]) {
        await connection.send('script.evaluate', { expression: '0', awaitPromise: false, target: { context, sandbox: realm.sandbox } });
      }
    };
    page.goto = (url) => go('browsingContext.navigate', { url });
    page.reload = () => go('browsingContext.reload');
    page.emulateMediaFeatures = async (features) => {
      await this.#prefer(features);
      // The page's own process hears of it a little later.
      const heard = (all) => all.every(({ name, value }) => matchMedia(`(${name}: ${value})`).matches);
      await until('the page hears of it', () => page.evaluate(heard, features));
    };
    return page;
  }

  /** Shows all pages in the few colours of a user who needs strong contrast. */
  async highContrast(page) {
    await this.#inside(() => { globalThis.Services.prefs.setIntPref('browser.display.document_color_use', 2); });
    await until('the page hears of it', () => page.evaluate(() => matchMedia('(forced-colors: active)').matches));
  }

  /** What the user's system says it prefers, which WebDriver has no word for: in all pages at once. */
  #prefer(features) {
    const wanted = Object.fromEntries(features.map(({ name, value }) => [name, value]));
    return this.#inside((scheme, motion) => {
      const { prefs } = globalThis.Services;
      prefs.setIntPref('layout.css.prefers-color-scheme.content-override', { dark: 0, light: 1 }[scheme] ?? 2);
      prefs.setIntPref('ui.prefersReducedMotion', motion === 'reduce' ? 1 : 0);
    }, wanted['prefers-color-scheme'] ?? null, wanted['prefers-reduced-motion'] ?? null);
  }

  /** Names the directory that files are saved in. */
  saveTo(_, directory) {
    return this.#inside((path) => {
      const { prefs } = globalThis.Services;
      prefs.setIntPref('browser.download.folderList', 2);
      prefs.setStringPref('browser.download.dir', path);
      prefs.setBoolPref('browser.download.alwaysOpenPanel', false);
    }, directory);
  }

  /** The protocol knows of no choosing: the file is given to the field behind the button. */
  async choose(page, path) {
    const field = await page.$('input[type="file"]:not([webkitdirectory])');
    // As the button does: the same file chosen again is another choice.
    await field.evaluate((it) => { it.value = ''; });
    await field.uploadFile(path);
  }

  /** Shows a page of the extension. */
  visit(page, path) {
    return page.goto(`${this.origin}/${path}`);
  }

  /** Whether a page has been closed: of a page of the extension's Firefox tells that to nobody who does not ask. */
  isClosed(page) {
    const root = page.mainFrame()._id;
    return this.browser.connection.send('browsingContext.getTree', { root, maxDepth: 0 }).then(() => false, () => true);
  }

  /** Calls a function with the extension's rights, and none of its code. */
  async evaluate(look, ...values) {
    if (!this.#probe) {
      // Behind: the keyboard is of the window in front.
      this.#probe = await this.#open({ type: 'tab', background: true });
      await this.visit(this.#probe, 'manifest.json');
    }
    return this.#probe.evaluate(look, ...values);
  }

  /** Ends the event page. */
  killWorker() {
    return this.#inside(async (id) => {
      const { WebExtensionPolicy } = globalThis;
      await WebExtensionPolicy.getByID(id).extension.terminateBackground({
        ignoreDevToolsAttached: true,
        disableResetIdleForTest: true,
      });
    }, ID);
  }

  /** Loads the extension anew, as an update does. */
  reloadExtension() {
    return this.#inside(async (id) => {
      const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
      await (await AddonManager.getAddonByID(id)).reload();
    }, ID);
  }

  /** Types a date and a time into the field in focus; its parts follow one another. */
  typeMoment(page, date, time) {
    return page.keyboard.type(`${date}${time}`);
  }

  /** The closed roots of all `<host>` elements on show, in document order. */
  async shadows(page, host) {
    const { value } = await this.#call(page, (name) => {
      return [...document.querySelectorAll(name)].filter((it) => it.checkVisibility());
    }, [local(host)], { maxDomDepth: 1, includeShadowTree: 'all' });
    return value
      .map((node) => node.value.shadowRoot?.sharedId)
      .filter(Boolean)
      .map((sharedId) => this.#shadow(page, sharedId));
  }

  /** What the browser reports of a page's policy and its errors from now on. */
  async reports(page) {
    const reports = [];
    page.on('console', (message) => ['error', 'warn'].includes(message.type()) && reports.push(message.text()));
    page.on('pageerror', (error) => reports.push(String(error)));
    return reports;
  }

  /** Hears every address that anything but the browser itself asks for; `end` gives them. */
  async asks() {
    await this.#inside(() => {
      const { Ci, Services } = globalThis;
      const asked = [];
      const ear = {
        observe(channel) {
          const { URI, loadInfo } = channel.QueryInterface(Ci.nsIChannel);
          if (!loadInfo.triggeringPrincipal.isSystemPrincipal) asked.push(URI.spec);
        },
      };
      Services.obs.addObserver(ear, 'http-on-modify-request');
      globalThis.endAsks = () => {
        Services.obs.removeObserver(ear, 'http-on-modify-request');
        return JSON.stringify(asked);
      };
    });
    return { end: async () => JSON.parse(await this.#inside(() => globalThis.endAsks())) };
  }

  /** What the browser warns of when an extension of this manifest is installed. */
  async warnings(manifest) {
    const directory = mkdtempSync(join(tmpdir(), 'cadence-'));
    writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ ...manifest, name: 'Cadence', short_name: 'Cadence', description: '', default_locale: undefined }));
    const all = await this.#inside(async (address) => {
      const { ExtensionData } = ChromeUtils.importESModule('resource://gre/modules/Extension.sys.mjs');
      const { Services } = globalThis;
      const extension = new ExtensionData(Services.io.newURI(address));
      await extension.loadManifest();
      const permissions = extension.getRequiredPermissions();
      return JSON.stringify(ExtensionData.formatPermissionStrings({ permissions }).msgs);
    }, `${pathToFileURL(directory)}/`);
    rmSync(directory, { recursive: true });
    return JSON.parse(all);
  }

  /** Answers the browser's own question whether a permission is granted. */
  async answer(yes) {
    const press = () => this.#inside((allow) => {
      const windows = [...globalThis.Services.wm.getEnumerator('navigator:browser')];
      const asked = windows.map(({ document }) => document.getElementById('addon-webext-permissions-notification'));
      const question = asked.find((it) => it?.closest('panel')?.state === 'open');
      (allow ? question?.button : question?.secondaryButton)?.click();
      return Boolean(question);
    }, yes);
    await until('the browser asks', press);
    // Its buttons do nothing for a moment, lest one be pressed that the user did not see coming.
    await until('it has its answer', async () => !(await press()));
  }

  /** Installs another extension: a page with its rights, what it calls ours by, and a way to remove it. */
  async otherExtension(directory) {
    const id = await this.browser.installExtension(directory);
    const host = await this.#inside((name) => globalThis.WebExtensionPolicy.getByID(name).mozExtensionHostname, id);
    const page = await this.newPage();
    await page.goto(`moz-extension://${host}/manifest.json`);
    const remove = async () => {
      await page.close();
      await this.browser.uninstallExtension(id);
    };
    return { page, name: ID, remove };
  }

  async stop() {
    await this.browser.close();
    this.#made?.clear();
  }

  #shadow(page, sharedId) {
    const call = async (look, values) => {
      const told = await this.#call(page, `async (root, ...values) => JSON.stringify(await (${look})(root, ...values))`, [{ sharedId }, ...values.map(local)]);
      return told.type === 'undefined' ? undefined : JSON.parse(told.value);
    };
    const press = async (selector, text) => {
      const at = await call(`async (root, selector, text) => {
        const hit = (${find})(root, selector, text);
        if (!hit) return null;
        hit.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
        const { x, y, width, height } = hit.getBoundingClientRect();
        return [x + width / 2, y + height / 2];
      }`, [selector, text]);
      if (at) {
        await page.bringToFront();
        await page.mouse.click(...at);
      }
      return at !== null;
    };
    return new Shadow(page, call, press);
  }

  /** Calls a function in a page by the protocol itself, whose answers tell of closed roots. */
  async #call(page, look, values, serializationOptions = {}) {
    const { result } = await this.browser.connection.send('script.callFunction', {
      functionDeclaration: `${look}`,
      arguments: values,
      awaitPromise: true,
      target: { context: page.mainFrame()._id },
      serializationOptions,
      userActivation: false,
    });
    if (result.type === 'exception') throw new Error(result.exceptionDetails.text);
    return result.result;
  }

  /** Calls a function where the browser's own code runs. */
  async #inside(look, ...values) {
    const { connection } = this.browser;
    if (!this.#chrome) {
      const { result } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
      this.#chrome = result.contexts[0].context;
    }
    const { result } = await connection.send('script.callFunction', {
      functionDeclaration: `${look}`,
      arguments: values.map(local),
      awaitPromise: true,
      target: { context: this.#chrome },
    });
    if (result.type === 'exception') throw new Error(result.exceptionDetails.text);
    return result.result.value;
  }
}

/** A value as the protocol wants it. */
function local(value) {
  if (Array.isArray(value)) return { type: 'array', value: value.map(local) };
  if (value === null || value === undefined) return { type: String(value) };
  if (typeof value === 'object') return { type: 'object', value: Object.entries(value).map(([key, it]) => [key, local(it)]) };
  return { type: typeof value, value };
}
