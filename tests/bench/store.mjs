// What the worker costs as the store grows: the badge, the list, a write, a plan of everybody, and waking up, beside the
// least that the browser's own database needs for the same, in the same page. Prints a section of docs/BENCHMARKS.md, which
// `cargo xtask bench` writes.
//
// The worker's module runs in a page of the extension's, where it can be timed without messages; the database is the same.

import { start, until } from '../e2e/harness.mjs';

const SIZES = (process.env.CADENCE_BENCH_CLIENTS ?? '1000,10000,100000').split(',').map(Number);
const DUE = 40;
const lab = await start();
const found = [];
try {
  const tab = await lab.mail({});
  await tab.openThread('weber');
  await until('the strip speaks', async () => (await tab.strip()).text());
  await tab.page.close();
  const page = await lab.open('options.html');
  await page.evaluate(prepare);
  for (const size of SIZES) {
    // What takes minutes is begun and asked for: one call may not last that long.
    await page.evaluate(`globalThis.bench.result = null;
      void (${measure})(${size}, ${DUE}).then((it) => { globalThis.bench.result = it; }, (error) => { globalThis.bench.result = { error: String(error) }; })`);
    const result = await until('it is measured', () => page.evaluate(() => globalThis.bench.result), { timeout: 1_800_000 });
    if (result.error) throw new Error(result.error);
    found.push({ size, ...result });
  }
} finally {
  await lab.stop();
}
report();

// ---- What runs in the page.

/** Makes `bench` known: the worker's module, and the records of one client and her thread as patterns for more. */
async function prepare() {
  const worker = await import(chrome.runtime.getURL('wasm/worker.js'));
  await worker.default({ module_or_path: chrome.runtime.getURL('wasm/worker_bg.wasm') });
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open('cadence');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all = (name) => done(database.transaction(name).objectStore(name).getAll());
  const client = (await all('clients')).find(({ email }) => email.includes('weber'));
  const thread = (await all('threads')).find(({ client: of }) => of === client.email);
  globalThis.bench = { worker, database, done, client, thread };
}

async function measure(size, due) {
  const { worker, database, done, client, thread } = globalThis.bench;
  const now = Date.now();
  const day = 86_400_000;
  const name = (n) => `buyer@shop-${String(n).padStart(7, '0')}.de`;
  const write = (job, durability = 'strict') => new Promise((resolve, reject) => {
    const transaction = database.transaction(['clients', 'threads'], 'readwrite', { durability });
    job(transaction.objectStore('clients'), transaction.objectStore('threads'));
    transaction.oncomplete = resolve;
    transaction.onerror = () => reject(transaction.error);
  });
  const record = (n) => ({ ...client, email: name(n), company: name(n).slice(6), name: `Buyer ${n}`, thread: `t${n}`, due_at: now + (n < due ? -1 : 30) * day, lapses_at: undefined });
  await write((clients, threads) => { clients.clear(); threads.clear(); });
  for (let from = 0; from < size; from += 5000) {
    await write((clients, threads) => {
      for (let n = from; n < Math.min(size, from + 5000); n += 1) {
        clients.put(JSON.parse(JSON.stringify(record(n))));
        threads.put({ ...thread, id: `t${n}`, client: name(n), company: name(n).slice(6) });
      }
    }, 'relaxed');
  }
  const ask = async (question) => {
    const answer = await worker.answer({ v: 1, guest: false, demo: false, ...question });
    if (answer.answer === 'failed') throw new Error(answer.message);
    return answer;
  };
  const timed = async (times, job, before) => {
    const samples = [];
    for (let n = 0; n < times; n += 1) {
      await before?.();
      const began = performance.now();
      await job();
      samples.push(performance.now() - began);
    }
    return samples;
  };
  // Waking up: the module read, compiled and made ready, as the browser does for a worker that it starts, and the first badge.
  const wake = await timed(5, async () => {
    globalThis.bench.woken = (globalThis.bench.woken ?? 0) + 1;
    const fresh = await import(chrome.runtime.getURL(`wasm/worker.js?${globalThis.bench.woken}`));
    await fresh.default({ module_or_path: chrome.runtime.getURL('wasm/worker_bg.wasm') });
    await fresh.refresh(true);
    fresh.let_go();
  });
  worker.let_go();
  await worker.refresh(true);
  const stages = ['quoted', 'sampled'];
  const of = (store, index) => database.transaction(store).objectStore(store).index(index);
  const range = IDBKeyRange.upperBound(now);
  const key = [client.account, name(7)];
  const change = () => ask({ ask: 'act', action: { do: 'set_stage', client: { account: client.account, email: name(7) }, stage: stages.reverse()[0] }, fields: {}, ui: {} });
  const result = {
    wake,
    // After a change: until the next one the worker knows what it has counted.
    badge: await timed(20, () => worker.refresh(true), change),
    count: await timed(20, () => done(of('clients', 'by_due').count(range))),
    list: await timed(10, () => ask({ ask: 'popup', ui: {} })),
    rows: await timed(10, () => done(of('clients', 'by_due').getAll(range, due))),
    write: await timed(10, change),
    put: await timed(10, async () => {
      const old = await done(database.transaction('clients').objectStore('clients').get(key));
      await write((clients) => clients.put({ ...old, stage: stages.reverse()[0] }));
    }),
  };
  // A rule is changed, and everybody is planned anew.
  const plan = performance.now();
  globalThis.bench.gap = (globalThis.bench.gap ?? 4) + 1;
  await ask({ ask: 'act', action: { do: 'set_rule', scope: 'everywhere', setting: 'gap_days' }, fields: { value: String(globalThis.bench.gap) }, ui: {} });
  result.slices = [];
  for (let told = { more: true }; told.more;) {
    const began = performance.now();
    told = await worker.go_on();
    result.slices.push(performance.now() - began);
  }
  result.plan = [performance.now() - plan];
  // The least for the same: every record read and written once, in the same pieces.
  const least = performance.now();
  let last = null;
  for (;;) {
    const from = last ? IDBKeyRange.lowerBound(last, true) : null;
    const clients = await done(database.transaction('clients').objectStore('clients').getAll(from, 200));
    if (!clients.length) break;
    last = [clients.at(-1).account, clients.at(-1).email];
    await done(database.transaction('threads').objectStore('threads').index('by_company').getAll(IDBKeyRange.bound([client.account, clients[0].company], [client.account, clients.at(-1).company])));
    await write((store) => clients.forEach((one) => store.put(one)));
  }
  result.least = [performance.now() - least];
  return result;
}

// ---- The report.

function report() {
  const spread = (samples) => {
    const sorted = [...samples].sort((a, b) => a - b);
    return { min: sorted[0], median: sorted[Math.floor(sorted.length / 2)], max: sorted.at(-1) };
  };
  const number = (value) => (value < 100 ? value.toFixed(value < 10 ? 2 : 1) : value.toFixed(0));
  const row = (what, samples, peer) => {
    const { min, median, max } = spread(samples);
    const ratio = peer ? `${(median / spread(peer).median).toFixed(1)} ×` : '';
    return `| ${what} | ${number(min)} | ${number(median)} | ${number(max)} | ${ratio} |`;
  };
  const median = (samples) => spread(samples).median;
  const [small, large] = [found[0], found.at(-1)];
  const goals = [
    [`the badge costs at ${large.size.toLocaleString('en')} clients at most 3 times as much as at ${small.size.toLocaleString('en')}`, median(large.badge) <= 3 * median(small.badge)],
    ['so does the list of those who are due', median(large.list) <= 3 * median(small.list)],
    ['and so does waking up', median(large.wake) <= 3 * median(small.wake)],
    ['planning everybody anew costs each client at most twice as much there', large.plan[0] / large.size <= 2 * (small.plan[0] / small.size)],
    ['and keeps a question waiting for 100 ms at most, in the median of its slices', median(large.slices) <= 100],
  ];
  const tables = found.map((one) => `${one.size.toLocaleString('en')} clients with a thread each, ${DUE} of them due:

| ms | min | median | max | to the least |
| --- | ---: | ---: | ---: | ---: |
${[
    row('woken: the module made ready, then the first badge', one.wake),
    row('the badge', one.badge, one.count),
    row('the least: a count of an index', one.count),
    row('the list of those who are due', one.list, one.rows),
    row('the least: their records', one.rows),
    row('one fact of a client changed, on disk', one.write, one.put),
    row('the least: a record read and written, on disk', one.put),
    row('a rule changed, and everybody planned anew', one.plan, one.least),
    row('the least: every record read and written once', one.least),
    row('a slice of that planning, which a question may have to wait for', one.slices),
  ].join('\n')}
`).join('\n');
  console.log(`## The worker and its store

${goals.map(([what, kept]) => `- ${kept ? '✓' : '✗ missed:'} ${what}`).join('\n')}

The worker's own module, timed without messages in a page of the extension, on the same database. The peer is what a script by hand
needs at least in the same page and on the same database, knowing nothing of clients.

${tables}`);
  process.exitCode = goals.every(([, kept]) => kept) ? 0 : 1;
}
