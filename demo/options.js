// What the page's address asks for.

/**
 * - `now`: Unix milliseconds that everything is dated from; else when the server came up
 * - `lang`: en, ru, zh, vi, ar · `theme`: light, dark · `density`: default, comfortable, compact
 * - `late=1`: a thread's ids read "undefined" for 300 ms
 * - `pane=1`: reading pane · `rows`: how many `<tr>` a thread has in the list, 1 to 3 (in a pane 3)
 * - `conversations=off`: each message is a row
 * - `count`: at least so many threads · `open`: a thread (by its short name) that is open at first
 * - `popout=1`: a letter in a window of the browser's own, with nothing beside it
 * - `later=0`: no way to send later
 * - `bar=0`: without the bar of demo controls
 */
export function options(path, query, began) {
  const params = new URLSearchParams(query);
  const choice = (name, ...allowed) =>
    allowed.includes(params.get(name)) ? params.get(name) : allowed[0];
  const pane = params.get('pane') === '1';
  return {
    account: Number(/^\/mail\/u\/(\d+)/.exec(path)?.[1] ?? 0),
    now: Number(params.get('now')) || began,
    lang: choice('lang', 'en', 'ru', 'zh', 'vi', 'ar'),
    theme: choice('theme', 'light', 'dark'),
    density: choice('density', 'default', 'comfortable', 'compact'),
    late: params.get('late') === '1',
    pane,
    rows: Number(choice('rows', pane ? '3' : '1', '1', '2', '3')),
    conversations: params.get('conversations') !== 'off',
    count: Number(params.get('count')) || 0,
    open: params.get('open'),
    popout: params.get('popout') === '1',
    schedules: params.get('later') !== '0',
    bar: params.get('bar') !== '0',
  };
}
