// A page of the extension: asks for the view it is named after, draws it, and passes on what the user does in it.
"use strict";

(async () => {
  const { hands, speak, words } = cadence;
  const name = document.body.dataset.page;
  // The question need not wait for the words that its answer is told in.
  const spoken = speak();
  const [, query] = location.hash.match(/^#find=(.+)/) ?? [];
  let ui = query ? { list: { query: decodeURIComponent(query) } } : {};
  let timer = 0;
  let shown = false;
  let said = false; // whether something was said that stands until the user does something else
  let waiting = 0; // how much the user did that the worker has not heard of yet

  const { begun, beside } = cadence;
  const place = await beside?.place;
  const ask = (question) => cadence.ask({ ...question, ...place });

  const explain = ({ code, message }) => words.message(`error_${code}`) || message;

  // Hardly ever was a letter begun: the first question does not wait to hear of it.
  async function begin() {
    const first = ask({ ask: name, ui });
    const letter = await begun?.ui();
    if (letter) ui = letter;
    await show(letter ? undefined : first);
  }

  async function show(asked = ask({ ask: name, ui })) {
    const answer = await asked;
    await spoken;
    if (answer.code === "stranger") return document.body.replaceChildren();
    // What the user has done meanwhile is drawn with what comes of it.
    if (waiting) return;
    if (answer.answer !== "page") throw new Error(explain(answer));
    hands.draw(document.body, answer.view, said);
    begun?.drawn(ui);
    if (!shown && location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
    shown = true;
    requestAnimationFrame(() => setTimeout(fill));
    clearTimeout(timer);
    if (answer.fresh_until) timer = setTimeout(anew, Math.min(answer.fresh_until - Date.now(), 2 ** 31 - 1));
  }

  // Once it is painted: of a long list only a few rows came at first, and a high window has room for more.
  function fill() {
    document.querySelector("[data-before]")?.dispatchEvent(new Event("scroll"));
  }

  // A browser asks for the grant of a host only while the user's click is being handled: before anything is waited for.
  function grant(action, fields) {
    if (action.do === "weigh_form" && action.form === "call_at" && fields.on) {
      return chrome.permissions.request({ permissions: ["notifications"] }).catch(() => true);
    }
    const address = action.do === "add_webmail" ? fields.address : action.change?.add_webmail?.base;
    if (!address) return true;
    const url = URL.parse(address.includes("://") ? address.trim() : `https://${address.trim()}`);
    // What is no host's name at all is for the worker to refuse.
    const sound = url && /^[a-z0-9.-]+$/.test(url.hostname);
    return sound ? chrome.permissions.request({ origins: [`${url.protocol}//${url.hostname}/*`] }).catch(() => true) : true;
  }

  // Saves what the eyes find on the open pages of webmails, as a file.
  async function saveReport() {
    const { cadence, pages } = await ask({ ask: "checks" });
    if (!pages?.length) return say("report_none");
    const report = JSON.stringify({ cadence, browser: navigator.userAgent, pages }, null, 1);
    const href = URL.createObjectURL(new Blob([report], { type: "application/json" }));
    Object.assign(document.createElement("a"), { href, download: "cadence-report.json" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    say("report_saved");
  }

  async function act(granted, action, fields, element) {
    said = false;
    if (action.do === "save_report") return saveReport();
    if (!(await granted)) throw new Error(words.message("refused_permission"));
    // What was typed or chosen stays as it is meanwhile; what takes long says so, unless it only shows more.
    const slow = action.do !== "scroll" && setTimeout(() => hands.notice(document.body, words.message("saving"), { calm: true }), 300);
    const answer = await ask({ ask: "act", action, fields, ui }).finally(() => clearTimeout(slow));
    if (answer.answer !== "done") throw new Error(explain(answer));
    if (answer.open && name === "popup") return window.close();
    ui = answer.ui;
    if (action.do === "insert_draft") begun?.placed();
    if (name === "options") {
      await words.load();
      await speak();
    }
    if (!waiting) await show();
    if (answer.copy) copy(words.text(answer.copy));
    if (element?.matches("[data-once]")) element.reset();
  }

  // Within a webmail's page the clipboard is the page's to grant; what is selected may be copied.
  function copy(text) {
    const field = Object.assign(document.createElement("textarea"), { value: text });
    const { activeElement } = document;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    activeElement.focus();
    say("copied");
  }

  function say(key) {
    said = true;
    hands.notice(document.body, words.message(key), { calm: true });
  }

  const guarded = (job) => (...args) => job(...args).catch((problem) => {
    said = job === act;
    hands.notice(document.body, problem.message, { tools: [
      [words.message("tool_again"), () => {
        said = false;
        doing = doing.then(() => guarded(show)());
      }],
      // Not through the worker, which may be what is broken.
      [words.message("tool_report"), () => window.open("report.html")],
    ] });
  });

  // One thing after another, so that an older answer never paints over a newer one.
  let doing = guarded(begin)();
  const anew = () => { doing = doing.then(() => guarded(show)()); };
  if (beside) beside.watch(anew);
  else chrome.runtime.onMessage.addListener(({ tell }) => { if (tell === "changed") anew(); });
  const queue = (action, fields, element) => {
    const granted = grant(action, fields);
    waiting += 1;
    doing = doing.then(() => {
      waiting -= 1;
      return guarded(act)(granted, action, fields, element);
    });
  };
  // The invented client of the first steps goes with the page.
  if (name === "welcome") addEventListener("pagehide", () => { ask({ ask: "end_demo" }); });
  hands.listen(document.body, queue);
  cadence.keys?.(document.body, queue);
  await doing;
  hands.keepTime();
})();
