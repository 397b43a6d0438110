/** @import { BoardView, BranchFrame, BranchLoad, Hello } from "/pages/assets/types.js" */

/**
 * What is known of every branch, from frames and polled boards alike. Pure: no clock, no socket, no page.
 *
 * Rules of the wire: within one epoch an equal or newer `seq` replaces a branch's state whole; another epoch means that
 * the city's data were restored or lost, so everything known is dropped.
 */
export class BoardState {
  /** @type {string | null} */
  epoch = null;
  /** @type {Map<string, BranchLoad>} */
  branches = new Map();

  /**
   * @param {Hello} hello
   * @returns {boolean} whether what was known has been dropped
   */
  takeHello(hello) {
    return this.#enter(hello.epoch);
  }

  /**
   * @param {BranchFrame} frame
   * @returns {boolean} whether anything changed
   */
  takeFrame(frame) {
    this.#enter(frame.epoch);
    return this.#replace(frame);
  }

  /**
   * @param {BoardView} board
   * @returns {boolean} whether anything changed
   */
  takeBoard(board) {
    const dropped = this.#enter(board.epoch);
    return board.branches.map((load) => this.#replace(load)).includes(true) || dropped;
  }

  /** @param {string} epoch */
  #enter(epoch) {
    if (epoch === this.epoch) return false;
    const dropped = this.branches.size > 0;
    this.epoch = epoch;
    this.branches.clear();
    return dropped;
  }

  /** @param {BranchLoad} load */
  #replace(load) {
    const known = this.branches.get(load.branch);
    if (known && load.seq < known.seq) return false;
    this.branches.set(load.branch, load);
    return true;
  }
}
