// The flight recorder's page. It draws itself, without the worker, since it is wanted when the worker is what has failed.
"use strict";

(async () => {
  const { words } = cadence;
  await cadence.speak();
  const root = document.body.appendChild(document.createElement("main"));
  const make = (tag, text, parent = root) => {
    const element = parent.appendChild(document.createElement(tag));
    element.textContent = text;
    return element;
  };
  const { flight = [] } = await chrome.storage.local.get("flight");
  const { version } = chrome.runtime.getManifest();
  const report = { cadence: version, browser: navigator.userAgent, language: words.language, made: new Date().toISOString(), events: flight };

  make("h1", words.message("report_heading"));
  make("p", words.message("report_hint"));
  const save = make("button", words.message("report_save"));
  save.type = "button";
  save.className = "tool";
  save.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(report, null, 2)], { type: "application/json" }));
    link.download = "cadence-report.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
  if (!flight.length) return make("p", words.message("report_empty"));
  const when = new Intl.DateTimeFormat(words.language, { dateStyle: "medium", timeStyle: "medium" });
  const table = make("table", "");
  for (const { at, what, ...facts } of flight.toReversed()) {
    const row = table.insertRow();
    for (const text of [when.format(at), what, Object.entries(facts).map((fact) => fact.join(" ")).join(" · ")]) {
      row.insertCell().textContent = text;
    }
  }
})();
