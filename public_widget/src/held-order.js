/**
 * The order of rows on the page, which never moves under a reader.
 *
 * A changed ranking is only noted; it is applied when the reader asks, when he asks another question (`key`), or once
 * the page has lain untouched for 30 s with neither pointer nor focus inside. A row's group (the list it stands in) is
 * held with its place.
 *
 * @typedef {{id: string, group: string}} Place
 */

const IDLE_SECONDS = 30;

export class HeldOrder {
  /** @type {Place[]} */
  #shown = [];
  /** @type {Place[]} */
  #wanted = [];
  /** @type {string | null} */
  #key = null;

  /**
   * @param {Place[]} wanted the ranking as it is now
   * @param {string} key what was asked: another key takes the new order at once
   * @param {{idleSeconds: number, inside: boolean}} reader
   * @returns {boolean} whether rows have moved
   */
  update(wanted, key, { idleSeconds, inside }) {
    const before = textOf(this.#shown);
    this.#wanted = wanted;
    const untouched = idleSeconds >= IDLE_SECONDS && !inside;
    if (key !== this.#key || untouched) this.apply();
    else this.#shown = followMembers(this.#shown, wanted);
    this.#key = key;
    return before !== textOf(this.#shown);
  }

  /** Takes the ranking as it is now. */
  apply() {
    this.#shown = this.#wanted;
  }

  /** @returns {Place[]} */
  get shown() {
    return this.#shown;
  }

  /** @returns {boolean} whether the ranking differs from what is shown */
  get differs() {
    return textOf(this.#shown) !== textOf(this.#wanted);
  }
}

/** @param {Place[]} places */
function textOf(places) {
  return places.map(({ id, group }) => `${group}/${id}`).join();
}

/**
 * @param {Place[]} shown
 * @param {Place[]} wanted
 * @returns {Place[]} the order shown, without those that are gone, with newcomers at the end
 */
function followMembers(shown, wanted) {
  const kept = shown.filter(({ id }) => wanted.some((each) => each.id === id));
  return [...kept, ...wanted.filter(({ id }) => !kept.some((each) => each.id === id))];
}
