// Who asks: a page of ours, or our script within a webmail's page, which may ask for less (src/service/border.rs).

/** Whether this comes from within our extension at all. */
export const isOurs = (sender) => sender.id === chrome.runtime.id;

/** Whether it comes from a webmail's page. What cannot be told is taken for one. */
export const isGuest = (sender) => !/^(chrome|moz)-extension:/.test(sender.url ?? "");
