// Words: turns what a view says (message keys, numbers, instants, countries) into the reader's language.
"use strict";

globalThis.cadence ??= {};

cadence.words = (() => {
  let own = null; // the messages of the language that the user chose for Cadence, where that is not the browser's own
  // Each message, once it was asked for, with a mark where each of its arguments goes: asking the browser takes longer
  // than putting them in.
  const known = new Map();
  const MARKS = [..."\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008"];
  const chosen = (key) => own[key]?.replace(/\$([$\d])/g, (_, at) => (at === "$" ? at : MARKS[at - 1] ?? "")) ?? "";
  function message(key, all = []) {
    if (!known.has(key)) known.set(key, own ? chosen(key) : chrome.i18n.getMessage(key, MARKS));
    return known.get(key).replace(/[\ue000-\ue008]/g, (mark) => all[MARKS.indexOf(mark)] ?? "");
  }
  // The language that the messages are in, which need not be the browser's own.
  let language;
  async function load() {
    own = (await chrome.storage.local.get("messages")).messages ?? null;
    // Seen in Chromium under load: the browser answers every key with nothing.
    if (!own && !chrome.i18n.getMessage("language")) own = (await cadence.ask({ ask: "messages" })).messages ?? null;
    known.clear();
    language = message("language") || "en";
  }
  const ready = load().catch(() => { language = message("language") || "en"; });
  // Each of these takes the browser milliseconds to make, so it is made when it is first needed.
  const lazy = (make) => {
    let [made, of] = [];
    return () => {
      if (of !== language) [made, of] = [make(), language];
      return made;
    };
  };
  const plurals = lazy(() => new Intl.PluralRules(language));
  const numbers = lazy(() => new Intl.NumberFormat(language));
  const countries = lazy(() => new Intl.DisplayNames(language, { type: "region" }));
  const languages = lazy(() => new Intl.DisplayNames(language, { type: "language" }));
  const ages = lazy(() => new Intl.RelativeTimeFormat(language, { numeric: "auto" }));
  const lists = lazy(() => new Intl.ListFormat(language, { style: "narrow" }));
  const collator = lazy(() => new Intl.Collator(language));
  // Instants carry their own offset from UTC, so every date is worded as if it were in UTC.
  const dates = (options) => lazy(() => new Intl.DateTimeFormat(language, { timeZone: "UTC", ...options }));
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const day = { weekday: "short", day: "numeric", month: "short" };
  const styles = {
    time: dates(time),
    day: dates(day),
    moment: dates({ ...day, ...time }),
    stamp: dates({ day: "numeric", month: "short", year: "numeric", ...time }),
    date: dates({ dateStyle: "long" }),
    weekday: dates({ weekday: "short" }),
  };
  const shown = (ms, offsetS, style) => styles[style]().format(ms + offsetS * 1000);
  function sized(bytes) {
    const step = Math.min(3, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
    const unit = ["byte", "kilobyte", "megabyte", "gigabyte"][step];
    return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: step > 1 ? 1 : 0 }).format(bytes / 1000 ** step);
  }
  // A stranger's text keeps its own direction within a sentence (Unicode UAX #9, 2.7).
  const isolated = (text) => `\u2068${text}\u2069`;

  const say = (key, args) => message(key, args.map(within)) || key;
  const within = (words) => ("raw" in words || "holiday" in words ? isolated(text(words)) : text(words));
  function holiday(name) {
    const [day, observed] = name.split(" (observed)");
    const said = message(`holiday_${day.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`) || day;
    return observed === undefined ? said : message("holiday_observed", [said]);
  }

  function text(words) {
    const [kind, value] = Object.entries(words)[0];
    switch (kind) {
      case "raw": return value;
      case "say": return say(value[0], value[1]);
      case "count": {
        const [key, n, args] = value;
        const one = `${key}_${plurals().select(n)}`;
        const all = [numbers().format(n), ...args.map(within)];
        return message(one, all) || message(`${key}_other`, all) || key;
      }
      case "number": return numbers().format(value);
      case "size": return sized(value);
      case "at": return shown(value.ms, value.offsetS, value.style);
      case "clock": return shown(Date.now(), value.offsetS, "time");
      case "ago": return ages().format(Math.ceil((value - Date.now()) / 86_400_000), "day");
      case "country": return countries().of(value);
      case "language": return languages().of(value);
      case "holiday": return value.split("; ").map(holiday).join("; ");
      case "list": return lists().format(value.map(within));
      case "zone": return value.split("/").at(-1).replaceAll("_", " ");
      default: return "";
    }
  }

  const ticks = (words) => "clock" in words;
  const compare = (a, b) => collator().compare(a, b);
  return {
    text, ticks, compare, message, load, ready,
    get language() { return language; },
  };
})();
