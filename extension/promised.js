// What IndexedDB tells by events, as promises.

/** What a request comes to. */
export const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** That a transaction is on disk, or why it is not: who has written may be ended as soon as it is. */
export const settled = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });

/** What kind of failure it is, as answers name it. The browser names its own in another way. */
export const codeOf = ({ name, code }) => (typeof code === "string" ? code : name === "QuotaExceededError" ? "full" : "store");

/** A database that whoever wants to delete it, or to change its shape, need not wait for. */
export function letGo(database) {
  database.onversionchange = () => database.close();
  return database;
}
