// A question to the worker. It may have been asleep, or killed as it woke or after it had done what it was asked: then it is
// asked once more, by the same name, and answers without doing it again.
"use strict";

globalThis.cadence ??= {};

cadence.ask = async (question) => {
  const id = crypto.randomUUID();
  const call = async () => chrome.runtime.sendMessage({ v: 1, id, ...question });
  const answer = await call().catch(() => undefined);
  if (answer && answer.code !== "crash") return answer;
  return (await call()) ?? { answer: "failed", code: "crash", message: "no answer" };
};
