// Where the sidebar stands: docked in a webmail's page, which has put a ticket into its address, or in the browser's own
// panel, where it follows the window's active tab.
"use strict";

cadence.beside = (() => {
  const ticket = location.hash.slice(1);
  const docked = window.top !== window;
  document.documentElement.toggleAttribute("data-docked", docked);
  return {
    /** What each question to the worker says of that. */
    place: docked ? { ticket } : chrome.windows.getCurrent().then(({ id }) => ({ window: id })),
    /** Calls back whenever there may be something else to show. */
    watch(look) {
      chrome.runtime.onMessage.addListener(({ tell }) => { if (tell === "changed" || tell === "beside") look(); });
      if (!docked) chrome.tabs.onActivated.addListener(look);
    },
  };
})();
