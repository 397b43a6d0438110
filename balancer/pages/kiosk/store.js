/** @import { Order, Slip } from "./types.js" */

/**
 * What outlives a power cut, in IndexedDB: facts by name, slips by ticket, orders in the order in which they were given.
 * Each change is on the disk before its promise resolves (`durability: "strict"`). A full disk takes no change; one that
 * cannot be opened is as good as empty and full: what is asked is answered, what is changed is refused.
 */

const STORES = /** @type {const} */ (["facts", "slips", "orders", "refused"]);

export class KioskStore {
  #db;

  /** @param {IDBDatabase | null} db null where there is none to be had */
  constructor(db) {
    this.#db = db;
  }

  /**
   * @param {string} branch
   * @returns {Promise<KioskStore>}
   */
  static async open(branch) {
    try {
      return new KioskStore(await opened(`kiosk:${branch}`));
    } catch {
      return new KioskStore(null);
    }
  }

  /**
   * @template T
   * @param {string} name
   * @returns {Promise<T | undefined>}
   */
  fact(name) {
    return this.#run(["facts"], "readonly", (store) => store("facts").get(name));
  }

  /** @param {string} name @param {unknown} value */
  keep(name, value) {
    return this.#run(["facts"], "readwrite", (store) => store("facts").put(value, name));
  }

  /**
   * What only spares a question at the next start: a full disk does without it.
   *
   * @param {string} name
   * @param {unknown} value
   */
  async remember(name, value) {
    await this.keep(name, value).catch(() => {});
  }

  /** @returns {Promise<Slip[]>} by number */
  async slips() {
    const found = /** @type {Slip[]} */ (await this.#all("slips"));
    return found.sort((a, b) => a.number.localeCompare(b.number, "en", { numeric: true }));
  }

  /** @param {Slip[]} slips new ones, or known ones with their picture */
  addSlips(slips) {
    return this.#run(["slips"], "readwrite", (store) => {
      for (const slip of slips) store("slips").put(slip);
    });
  }

  /** @param {(slip: Slip) => boolean} isUseless */
  async dropSlips(isUseless) {
    const useless = (await this.slips()).filter(isUseless);
    if (!useless.length) return;
    await this.#run(["slips"], "readwrite", (store) => {
      for (const slip of useless) store("slips").delete(slip.ticket);
    });
  }

  /**
   * The pictures of slips that may have been given out meanwhile: those are not put back.
   *
   * @param {Slip[]} drawn
   */
  keepPictures(drawn) {
    return this.#run(["slips"], "readwrite", (store) => {
      for (const { ticket, qr } of drawn) {
        const asked = store("slips").get(ticket);
        asked.onsuccess = () => asked.result && store("slips").put({ ...asked.result, qr });
      }
    });
  }

  /**
   * Takes a slip off the pile and puts the order down, in one step.
   *
   * @param {Omit<Order, "seq">} order
   * @returns {Promise<Order | null>} null where another page of this kiosk was quicker
   */
  async give(order) {
    let seq = -1;
    let gone = false;
    await this.#run(["slips", "orders"], "readwrite", (store) => {
      const put = () => {
        const added = store("orders").add({ ...order });
        added.onsuccess = () => (seq = Number(added.result));
      };
      if (!order.slip) return put();
      const { ticket } = order.slip;
      const asked = store("slips").get(ticket);
      asked.onsuccess = () => {
        gone = asked.result === undefined;
        if (gone) return;
        store("slips").delete(ticket);
        put();
      };
    });
    return gone ? null : { ...order, seq };
  }

  /** @returns {Promise<Order[]>} oldest first */
  orders() {
    return this.#all("orders");
  }

  /**
   * Changes orders in one step: one that was settled meanwhile does not come back.
   *
   * @param {(order: Order) => Order | null} change null leaves it as it is
   */
  amend(change) {
    return this.#run(["orders"], "readwrite", (store) => {
      const asked = store("orders").getAll();
      asked.onsuccess = () => {
        for (const order of asked.result) {
          const changed = change(order);
          if (changed) store("orders").put(changed);
        }
      };
    });
  }

  /** @param {Order} order the server has it */
  settle(order) {
    return this.#run(["orders"], "readwrite", (store) => store("orders").delete(Number(order.seq)));
  }

  /** @param {Order} order @param {string} code why the server will never take it */
  refuse(order, code) {
    return this.#run(["orders", "refused"], "readwrite", (store) => {
      store("orders").delete(Number(order.seq));
      store("refused").put({ ...order, code });
    });
  }

  /** @param {string} day whose numbers may still matter; those of days before do not */
  async dropRefused(day) {
    const old = (await this.refused()).filter(({ slip }) => (slip?.day ?? "") < day);
    if (!old.length) return;
    await this.#run(["refused"], "readwrite", (store) => {
      for (const { seq } of old) store("refused").delete(Number(seq));
    });
  }

  /** @returns {Promise<(Order & {code: string})[]>} what people must enter by hand */
  refused() {
    return this.#all("refused");
  }

  /** @param {"slips" | "orders" | "refused"} name @returns {Promise<any[]>} all that is in there */
  async #all(name) {
    return (await this.#run([name], "readonly", (store) => store(name).getAll())) ?? [];
  }

  /**
   * @param {(typeof STORES[number])[]} names
   * @param {IDBTransactionMode} mode
   * @param {(store: (name: typeof STORES[number]) => IDBObjectStore) => IDBRequest | void} work
   * @returns {Promise<any>} the result of the request that `work` returns
   */
  async #run(names, mode, work) {
    if (!this.#db && mode === "readonly") return undefined;
    if (!this.#db) throw new DOMException("no disk", "InvalidStateError");
    const step = this.#db.transaction(names, mode, { durability: "strict" });
    const request = work((name) => step.objectStore(name));
    await new Promise((resolve, reject) => {
      step.oncomplete = resolve;
      step.onerror = step.onabort = () => reject(step.error);
    });
    return request?.result;
  }
}

/**
 * @param {string} name
 * @returns {Promise<IDBDatabase>}
 */
function opened(name) {
  const asked = indexedDB.open(name, 1);
  asked.onupgradeneeded = () => {
    const db = asked.result;
    db.createObjectStore("facts");
    db.createObjectStore("slips", { keyPath: "ticket" });
    db.createObjectStore("orders", { keyPath: "seq", autoIncrement: true });
    db.createObjectStore("refused", { keyPath: "seq" });
  };
  return done(asked);
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
