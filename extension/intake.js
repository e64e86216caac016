// What the user brings from outside, on its way into the store: the page lays all of it down at once, and from then on the
// worker takes it over piece by piece, going on where it was if it is ended in between. Taking a piece twice is taking it once.

import { answer, letGo, settled } from "./promised.js";

const NAME = "cadence-intake";

async function within(mode, job) {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("pieces", { autoIncrement: true });
  const database = letGo(await answer(request));
  try {
    const transaction = database.transaction("pieces", mode, { durability: "strict" });
    const done = settled(transaction);
    done.catch(() => {});
    const result = await job(transaction.objectStore("pieces"));
    await done;
    return result;
  } finally {
    database.close();
  }
}

/** Lays pieces down, all or none. With `instead` they come in place of everything that is held. */
export function lay(pieces, instead) {
  return within("readwrite", (store) => {
    if (instead) store.add({ clear: true });
    for (const piece of pieces) store.add({ piece });
  });
}

/** Takes over whatever lies there, first things first. `take` takes one piece, `clear` empties the store. */
export async function takeAll(take, clear) {
  for (;;) {
    const cursor = await within("readonly", async (store) => {
      const found = await answer(store.openCursor());
      return found && { key: found.key, value: found.value };
    });
    if (!cursor) return;
    const { key, value } = cursor;
    if (value.clear) await clear();
    else {
      const response = await take(value.piece);
      if (response.answer !== "done") throw Object.assign(new Error(response.message), { code: response.code });
    }
    await within("readwrite", (store) => void store.delete(key));
  }
}
