// The webmail's own way to send a letter later, opened with a time filled in. The user does the rest: nothing here sends
// or schedules anything, and where the page is not as the table has it, nothing more is touched. The worker puts this
// script into the page when it is first needed.
"use strict";

globalThis.cadence ??= {};

cadence.schedule = ({ writing: { schedule: steps, send } }) => {
  const PATIENCE = 60; // so many times a menu or a dialog of the page's is looked for, 50 ms apart
  const DAY = 86_400_000;
  const pause = () => new Promise((resolve) => { setTimeout(resolve, 50); });
  const plain = (text) => text.replace(/\s/g, " ");

  // What comes up on the page, once there are so many of it; else nothing.
  async function comes(selectors, count, within = document) {
    for (let tries = 0; tries < PATIENCE; tries += 1) {
      const found = [...within.querySelectorAll(selectors.join())].filter((it) => it.checkVisibility());
      if (found.length === count) return found;
      await pause();
    }
    return [];
  }

  // As the mouse does. Never what sends.
  function press(element) {
    if (!element || send.some((one) => element.closest(one) ?? element.querySelector(one))) return false;
    for (const type of ["mouseover", "mousedown", "mouseup", "click"]) {
      element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, view: window }));
    }
    return true;
  }

  // Fills in an instant as the page words it: in the way that gives what stands in the field for some instant near.
  // Whether the page takes it.
  function fill(field, ways, near, at) {
    const formats = ways.map((way) => new Intl.DateTimeFormat(document.documentElement.lang || [], way));
    const same = formats.find((format) => near.some((one) => plain(format.format(one)) === plain(field.value)));
    const text = plain((same ?? formats[0]).format(at));
    field.focus();
    field.select();
    document.execCommand("insertText", false, text);
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.blur();
    return () => field.isConnected && plain(field.value) === text && field.ariaInvalid !== "true";
  }

  const DAYS = [{ dateStyle: "medium" }, { dateStyle: "short" }, { year: "numeric", month: "2-digit", day: "2-digit" }];
  const HOURS = [{ timeStyle: "short" }, { hour: "numeric", minute: "2-digit", hour12: true }, { timeStyle: "short", hourCycle: "h23" }];
  const range = (count, step) => Array.from({ length: count }, (_, at) => new Date().setHours(0, 0, 0, 0) + at * step);

  // Opens it for the letter with this root at this instant; whether that was done.
  return async (root, at) => {
    if (!steps) return false;
    for (const [selectors, within] of [[steps.menu, root], [steps.item], [steps.pick]]) {
      if (!press((await comes(selectors, 1, within))[0])) return false;
    }
    const [date, time] = await comes(steps.fields, 2);
    if (!time) return false;
    const taken = [fill(date, DAYS, range(45, DAY), at), fill(time, HOURS, range(96, 900_000), at)];
    await pause();
    return taken.every((is) => is());
  };
};
