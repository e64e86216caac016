// The extensions that Cadence is measured beside, each made for one run: one that does nothing, and one each that does with
// another library on a Gmail page what is nearest to what Cadence does there.

import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = fileURLToPath(new URL('../../../node_modules/', import.meta.url));
const MAIL = ['https://mail.google.com/*'];

/** A folder with these files, and copies of these of npm's: `{ directory, clear }`. */
function made({ manifest, files = {}, copies = {} }) {
  const directory = mkdtempSync(join(tmpdir(), 'cadence-bench-'));
  const whole = { manifest_version: 3, version: '1', ...manifest };
  for (const [name, text] of Object.entries({ 'manifest.json': JSON.stringify(whole), ...files })) writeFileSync(join(directory, name), text);
  for (const [name, path] of Object.entries(copies)) cpSync(join(MODULES, path), join(directory, name));
  return { directory, clear: () => rmSync(directory, { recursive: true }) };
}

/** A script in the page, and a worker that answers every message with nothing. */
export const empty = () => made({
  manifest: { name: 'Empty', background: { service_worker: 'worker.js' }, content_scripts: [{ matches: MAIL, js: ['page.js'] }] },
  files: {
    'worker.js': 'chrome.runtime.onMessage.addListener((call, sender, send) => { send({}); });',
    'page.js': '',
  },
});

/** gmail-js in the page's own world, where it reads along whatever the page fetches; it marks nothing. */
export const gmailJs = () => made({
  manifest: { name: 'gmail-js', content_scripts: [{ matches: MAIL, js: ['gmail.js', 'page.js'], world: 'MAIN', run_at: 'document_start' }] },
  files: {
    'page.js': `{
      const gmail = new Gmail();
      const started = () => { document.documentElement.dataset.peer = gmail.get.user_email() || 'started'; };
      gmail.observe.on('load', started);
      gmail.observe.on('view_thread', () => {});
    }`,
  },
  copies: { 'gmail.js': 'gmail-js/src/gmail.js' },
});

/** InboxSDK with a label on every row of a list and a handler of every thread. It needs the name of an app; this one is nobody's. */
export const inboxSdk = () => made({
  manifest: {
    name: 'InboxSDK',
    permissions: ['scripting'],
    host_permissions: MAIL,
    background: { service_worker: 'background.js' },
    content_scripts: [{ matches: MAIL, js: ['inboxsdk.js', 'page.js'], run_at: 'document_end' }],
  },
  files: {
    'page.js': `InboxSDK.load(2, 'sdk_cadence-bench_0000000000').then((sdk) => {
      document.documentElement.dataset.peer = 'started';
      sdk.Lists.registerThreadRowViewHandler((row) => row.addLabel({ title: 'In 3 days' }));
      sdk.Conversations.registerThreadViewHandler(() => {});
    });`,
  },
  copies: {
    'inboxsdk.js': '@inboxsdk/core/inboxsdk.js',
    'pageWorld.js': '@inboxsdk/core/pageWorld.js',
    'background.js': '@inboxsdk/core/background.js',
  },
});
