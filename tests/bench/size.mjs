// What the package weighs: every file raw, by gzip and by brotli, and what the code of each crate and each table costs of the
// worker's and the pages' module. Prints a section of docs/BENCHMARKS.md, which `cargo xtask bench` writes.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { crateOf, read } from './size/wasm.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGE = join(ROOT, 'pkg/chrome');
/** What each part is to come down to, gzipped. xtask/src/weigh.rs holds how much it may weigh by now. */
const GOALS = [
  ['the worker’s WebAssembly, with all data', /^wasm\/worker.*\.wasm$/, 400_000],
  ['the pages’ own WebAssembly', /^wasm\/mail.*\.wasm$/, 150_000],
  ['the scripts in a webmail’s page', /^content\/.*\.js$/, 12_000],
];

const target = JSON.parse(execFileSync('cargo', ['metadata', '--format-version', '1', '--no-deps'], { cwd: ROOT, maxBuffer: 1 << 26 })).target_directory;
const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length;
const files = readdirSync(PACKAGE, { recursive: true, withFileTypes: true }).filter((it) => it.isFile())
  .map((it) => join(it.parentPath, it.name).slice(PACKAGE.length + 1)).sort()
  .map((name) => {
    const bytes = readFileSync(join(PACKAGE, name));
    return { name, raw: bytes.length, gzip: gzipped(bytes), brotli: brotliCompressSync(bytes).length };
  });
const sum = (list, key) => list.reduce((total, it) => total + it[key], 0);

/** The code of each crate: the functions of the module as rustc left it, with names, each crate's gzipped by itself. */
function crates(module) {
  const { functions } = read(readFileSync(join(target, 'wasm32-unknown-unknown/release', module)));
  const parts = new Map();
  for (const { name, code } of functions) {
    // What only tells wasm-bindgen how to make the glue is not shipped.
    if (name.includes('wbindgen_describe')) continue;
    const part = crateOf(name);
    parts.set(part, [...(parts.get(part) ?? []), code]);
  }
  return [...parts].map(([name, codes]) => ({ name, raw: sum(codes, 'length'), gzip: gzipped(Buffer.concat(codes)) }))
    .sort((a, b) => b.gzip - a.gzip);
}

/** The tables under data/ that lie in a module as they are. */
function tables(module) {
  const bytes = readFileSync(join(target, 'wasm32-unknown-unknown/release', module));
  // A module leaves out zeros in a row, which divides a packed table: its beginning tells that it is there.
  const all = readdirSync(join(ROOT, 'data'), { recursive: true, withFileTypes: true }).filter((it) => it.isFile() && /\.(tsv|bin|txt)$/.test(it.name))
    .map((it) => join(it.parentPath, it.name));
  const held = all.filter((path) => bytes.includes(readFileSync(path).subarray(0, 80)));
  const group = (path) => path.slice(join(ROOT, 'data/').length).replace(/^letters\/.*/, 'letters/*');
  const groups = new Map();
  for (const path of held) groups.set(group(path), [...(groups.get(group(path)) ?? []), path]);
  return [...groups].map(([name, paths]) => {
    const content = Buffer.concat(paths.map((path) => readFileSync(path)));
    return { name: `data/${name}`, raw: content.length, gzip: gzipped(content) };
  }).sort((a, b) => b.gzip - a.gzip);
}

const number = (value) => value.toLocaleString('en');
const part = (list, least) => {
  const small = list.filter((it) => it.gzip < least);
  const rows = list.filter((it) => it.gzip >= least).map((it) => `| ${it.name} | ${number(it.raw)} | ${number(it.gzip)} |`);
  if (small.length) rows.push(`| ${small.length} smaller ones | ${number(sum(small, 'raw'))} | ${number(sum(small, 'gzip'))} |`);
  return `| | bytes | gzipped alone |\n| --- | ---: | ---: |\n${rows.join('\n')}\n`;
};
const weights = GOALS.map(([what, pattern, goal]) => {
  const weight = sum(files.filter(({ name }) => pattern.test(name)), 'gzip');
  return `- ${weight <= goal ? '✓' : '✗ missed:'} ${what}: ${number(weight)} bytes gzipped of ${number(goal)}`;
});
console.log(`## Size

${weights.join('\n')}

Each file of the package for Chrome and Edge:

| | bytes | gzip | brotli |
| --- | ---: | ---: | ---: |
${files.map((it) => `| ${it.name} | ${number(it.raw)} | ${number(it.gzip)} | ${number(it.brotli)} |`).join('\n')}
| together | ${number(sum(files, 'raw'))} | ${number(sum(files, 'gzip'))} | ${number(sum(files, 'brotli'))} |

What the code of each crate costs, before wasm-opt; what is made of a generic of one crate for the types of another counts to the
former. “core” and “alloc” are Rust's own. The worker:

${part(crates('cadence_worker.wasm'), 2000)}
The page of the user's data:

${part(crates('cadence_mail.wasm'), 2000)}
The tables in the worker:

${part(tables('cadence_worker.wasm'), 1000)}
In the page of the user's data:

${part(tables('cadence_mail.wasm'), 1000)}`);
if (weights.some((line) => line.includes('✗'))) process.exitCode = 1;
