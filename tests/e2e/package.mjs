// The package under test.

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The package of a browser family, or a copy of it in which one language is the only one: a browser takes
 * a page's language from the machine's own packages of languages, which a test cannot count on.
 * `clear` removes what was made for it. A copy for a profile that outlives the browser stays beside it: Chromium knows an
 * extension again by its place.
 */
export function packageOf(family, { locale = null, grants = [], profile } = {}) {
  const source = `${ROOT}pkg/${family}`;
  if (!existsSync(`${source}/manifest.json`)) throw new Error(`No pkg/${family}: run \`cargo xtask build\``);
  if (!locale && !grants.length) return { directory: source, clear() {} };
  const directory = profile ? `${profile}-package` : mkdtempSync(join(tmpdir(), 'cadence-'));
  cpSync(source, directory, { recursive: true });
  const manifest = JSON.parse(readFileSync(`${directory}/manifest.json`, 'utf8'));
  if (locale) {
    rmSync(`${directory}/_locales`, { recursive: true });
    cpSync(`${source}/_locales/${locale}`, `${directory}/_locales/${locale}`, { recursive: true });
    manifest.default_locale = locale;
  }
  manifest.host_permissions.push(...grants);
  writeFileSync(`${directory}/manifest.json`, JSON.stringify(manifest));
  return { directory, clear: () => profile ?? rmSync(directory, { recursive: true }) };
}
