// The kill test: the worker is ended at a random moment of every round, and nothing that was acknowledged may be lost or
// done twice.
//
//   node tests/reliability/kill.mjs [--rounds 20] [--seed 1]
//
// A round does one thing that changes the store (a letter seen, a snooze, its undo, a stage, a day noted, a limit) through
// the extension's own `ask`, kills the worker somewhere between the question and a little after its usual answer, and
// then compares every record in IndexedDB with what was acknowledged so far. The same seed does the same things; when the
// worker dies within them is the machine's. Prints one line, and exits with 1 where anything was lost, doubled or left
// unanswered. CADENCE_BROWSER=firefox runs it in Firefox.

import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { BROWSER, start, until } from '../e2e/harness.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } } });
const ROUNDS = Number(values.rounds);
const SEED = Number(values.seed);
const ACCOUNT = 'robin@lumenport.example';
const CLIENTS = 12;
const MINUTE = 60_000;
const begin = Date.now() - 30 * 86_400_000;

// Mulberry32, by Tommy Ettinger: small, seeded, good enough to choose by.
let state = SEED >>> 0;
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const pick = (list) => list[Math.floor(random() * list.length)];

const legacy = (at) => (BigInt(at) << 20n).toString(16);
const clients = Array.from({ length: CLIENTS }, (_, n) => {
  const first = begin + n * MINUTE;
  return {
    email: `buyer@shop-${n}.de`, thread: legacy(first), last: first,
    // What was acknowledged.
    kept: { touches: [legacy(first)], snooze: null, stage: 'inquiry', moments: [] },
  };
});
let limit = 20;
let limitUndo = null;

const row = ({ email, thread }, last) => ({
  shape: 0,
  fields: {
    id: [[thread, null, legacy(last), legacy(last)]],
    people: [[email, 'Buyer'], [ACCOUNT, 'me']],
    subject: [['Question']],
    class: [['zA zE']],
  },
});
const see = (rows) => ({
  ask: 'see',
  site: 'gmail',
  sighting: {
    path: '/mail/u/0/#inbox',
    origin: 'https://mail.google.com',
    parts: { account: [{ shape: 0, fields: { title: [[`Inbox - ${ACCOUNT} - Gmail`]] } }], row: rows },
  },
});
const act = (action, fields = {}) => ({ ask: 'act', action, fields });

/** What a round may do: the question, and what its acknowledgement says of the store. */
const DEEDS = [
  (client) => {
    const last = client.last + MINUTE;
    client.last = last;
    return [see([row(client, last)]), () => client.kept.touches.push(legacy(last))];
  },
  (client) => {
    const former = client.kept.snooze;
    const snooze = Date.now() + 86_400_000 + Math.floor(random() * 1e6);
    const thread = { account: ACCOUNT, id: client.thread };
    return [act({ do: 'snooze', thread, client: client.email, until: snooze }), (answer) => {
      // An undo that leads to the snooze itself is the trace of a second effect.
      assert.equal(answer.ui.undo.snooze?.until ?? null, former, 'the undo leads to what was before');
      client.kept.snooze = snooze;
    }];
  },
  (client) => {
    const thread = { account: ACCOUNT, id: client.thread };
    return [act({ do: 'snooze', thread, client: client.email, until: null }), () => { client.kept.snooze = null; }];
  },
  (client) => {
    const stage = pick(['inquiry', 'quoted', 'sampled', 'negotiating']);
    return [act({ do: 'set_stage', client: { account: ACCOUNT, email: client.email }, stage }), () => { client.kept.stage = stage; }];
  },
  (client) => {
    const on = `20${27 + (client.kept.moments.length % 60)}-0${1 + (client.kept.moments.length % 9)}-11`;
    const action = { do: 'add_moment', client: { account: ACCOUNT, email: client.email } };
    return [act(action, { on, kind: 'anniversary' }), () => { if (!client.kept.moments.includes(on)) client.kept.moments.push(on); }];
  },
  () => {
    const former = limit;
    const wanted = former === 40 ? 5 : former + 1;
    return [act({ do: 'keep', change: { daily_limit: wanted } }), (answer) => {
      assert.deepEqual(answer.ui.undo.change, { daily_limit: former }, 'the undo leads to what was before');
      limit = wanted;
      limitUndo = answer.ui.undo;
    }];
  },
  () => {
    if (!limitUndo) return DEEDS[0](pick(clients));
    const undo = limitUndo;
    limitUndo = null;
    return [act(undo), () => { limit = undo.change.daily_limit; }];
  },
];

/** Every record, as it is on disk. */
const stored = (lab) => lab.driver.evaluate(() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('cadence');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const database = opening.result;
    const reading = database.transaction(['clients', 'threads', 'settings']);
    const all = Object.fromEntries(['clients', 'threads', 'settings'].map((name) => [name, reading.objectStore(name).getAll()]));
    reading.onerror = () => reject(reading.error);
    reading.oncomplete = () => {
      database.close();
      resolve(Object.fromEntries(Object.entries(all).map(([name, { result }]) => [name, result])));
    };
  };
}));

function compare({ clients: records, threads, settings }) {
  const wrong = { lost: [], doubled: [] };
  for (const { email, thread: id, kept } of clients) {
    const record = records.find((it) => it.email === email);
    const thread = threads.filter((it) => it.id === id);
    if (!record || thread.length !== 1) { wrong.lost.push(`${email}: no record`); continue; }
    const touches = thread[0].history.map((touch) => touch.id);
    const moments = (record.moments ?? []).map((moment) => moment.on);
    for (const [what, has, wanted] of [['letters', touches, kept.touches], ['days', moments, kept.moments]]) {
      if (new Set(has).size !== has.length || has.length > wanted.length) wrong.doubled.push(`${email}: ${what} ${has} for ${wanted}`);
      if (wanted.some((one) => !has.includes(one))) wrong.lost.push(`${email}: ${what} ${has} for ${wanted}`);
    }
    const one = [['stage', record.stage, kept.stage], ['snooze', thread[0].snooze?.until ?? null, kept.snooze]];
    for (const [what, has, wanted] of one) if (has !== wanted) wrong.lost.push(`${email}: ${what} ${has} for ${wanted}`);
  }
  const kept = settings[0]?.daily_limit ?? 20;
  if (kept !== limit) wrong.lost.push(`limit ${kept} for ${limit}`);
  return wrong;
}

const lab = await start({ zone: 'UTC' });
const total = { lost: 0, doubled: 0, unanswered: 0, again: 0 };
try {
  await until('the worker answers', async () => (await lab.ask({ ask: 'popup' })).answer === 'page', { timeout: 20_000 });
  const page = await lab.open('popup.html');
  await page.evaluate(() => {
    // How often the extension's own way of asking had to ask again.
    globalThis.asked = 0;
    const send = chrome.runtime.sendMessage;
    chrome.runtime.sendMessage = (...all) => {
      if (all[0].id) globalThis.asked += 1;
      return send.call(chrome.runtime, ...all);
    };
  });
  const ask = (question) => page.evaluate(async (it) => {
    const before = globalThis.asked;
    const answer = await cadence.ask(it).catch((error) => ({ answer: 'lost', message: String(error) }));
    return [answer, globalThis.asked - before];
  }, question);
  await ask(see(clients.map((client) => row(client, client.last))));
  const usual = { cold: 300, warm: 60 };
  for (let round = 1; round <= ROUNDS; round += 1) {
    const [question, keep] = pick(DEEDS)(pick(clients));
    const warm = random() < 0.7;
    if (warm) await lab.ask({ ask: 'popup' });
    const kind = warm ? 'warm' : 'cold';
    const wait = random() * 1.25 * usual[kind];
    const asked = performance.now();
    let took = null;
    const asking = ask(question).then((it) => { took = performance.now() - asked; return it; });
    await new Promise((resolve) => setTimeout(resolve, wait));
    const early = took;
    await lab.killWorker();
    const [answer, times] = await asking;
    // What an undisturbed answer takes on this machine, as the rounds go on.
    if (early !== null) usual[kind] += (early - usual[kind]) / 8;
    else usual[kind] = Math.min(usual[kind] * 1.03, 3000);
    if (times > 1) total.again += 1;
    if (!['done', 'drawn'].includes(answer.answer)) {
      total.unanswered += 1;
      console.error(`round ${round}: ${JSON.stringify(question).slice(0, 200)} → ${JSON.stringify(answer).slice(0, 200)}`);
      break;
    }
    try {
      keep(answer);
    } catch (error) {
      total.doubled += 1;
      console.error(`round ${round}: ${error.message}`);
      break;
    }
    const wrong = compare(await stored(lab));
    total.lost += wrong.lost.length;
    total.doubled += wrong.doubled.length;
    if (wrong.lost.length + wrong.doubled.length) {
      console.error(`round ${round}:`, wrong);
      break;
    }
    if (round % 100 === 0) console.error(`${round} rounds, ${total.again} asked again, usual answers ${JSON.stringify(usual)}`);
    if (round === ROUNDS) {
      console.log(`${BROWSER}, seed ${SEED}: ${ROUNDS} rounds, ${total.again} of them asked again; ` +
        `${total.lost} lost, ${total.doubled} doubled, ${total.unanswered} unanswered`);
    }
  }
} finally {
  await lab.stop();
}
process.exitCode = total.lost + total.doubled + total.unanswered ? 1 : 0;
