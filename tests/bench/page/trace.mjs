// What Chromium's own trace tells of a page's main thread, in milliseconds of processor time.

/** A task of the page's that takes longer is a long one, by the W3C's definition. */
export const LONG_TASK = 50;

/** Begins to trace. Looking on from outside would cost the page, too. */
export const begin = (page) => page.tracing.start({ categories: ['toplevel', 'devtools.timeline'] });

/**
 * Ends it and sums up; `id` is the extension whose script is told apart. `thread` names the page's main thread: where it may have
 * been idle, it has to be known from an earlier trace.
 */
export async function end(page, id, thread = null) {
  const trace = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
  return tasks(trace.traceEvents, id, thread);
}

function tasks(events, id, known) {
  const thread = (it) => `${it.pid} ${it.tid}`;
  // Of all renderers the page's is the one that has run the demo mailbox.
  const main = new Set(events.filter((it) => it.args?.name === 'CrRendererMain').map(thread));
  const page = known ?? thread(events.find((it) => main.has(thread(it)) && JSON.stringify(it.args).includes('/demo/')));
  const here = events.filter((it) => it.ph === 'X' && it.tdur !== undefined && thread(it) === page);
  const run = outermost(here.filter((it) => it.name.endsWith('RunTask')));
  const isTheirs = (it) => String(it.args?.data?.url).startsWith(`chrome-extension://${id}/`);
  // Whose work it is that goes on after an answer the trace does not say. The page itself has next to none.
  const calls = here.filter((it) => it.name === 'RunMicrotasks' || (['FunctionCall', 'EvaluateScript'].includes(it.name) && isTheirs(it)));
  const longest = (all) => Math.max(0, ...all.map((it) => it.tdur)) / 1000;
  const sum = (all) => all.reduce((total, it) => total + it.tdur, 0) / 1000;
  const long = run.filter((it) => it.tdur > LONG_TASK * 1000).length;
  return { thread: page, long, longest: longest(run), total: sum(run), stretch: longest(calls), script: sum(outermost(calls)) };
}

/** Those that lie within no other. */
function outermost(tasks) {
  let end = 0;
  return [...tasks].sort((a, b) => a.ts - b.ts || b.dur - a.dur).filter((it) => {
    const inside = it.ts + it.dur <= end;
    end = Math.max(end, it.ts + it.dur);
    return !inside;
  });
}
