/** @import { HallCall, HallQueue, HallView } from "./types.js" */

/** What changed between two views of a hall, and what is not worth changing. Pure. */

const ANNOUNCED_WITHIN_MS = 90_000;
const SHIFT_MINUTES = 2;

/** Which calls are new. A display that starts calls nobody again who was called long before. */
export class CallNews {
  /** @type {Set<string>} */
  #known = new Set();

  /**
   * @param {HallView} view
   * @param {number} speed city seconds a real second
   * @returns {HallCall[]} calls and recalls that were not there before, oldest first
   */
  take(view, speed) {
    const now = Date.parse(view.city_time);
    const calls = view.called.filter((call) => call.state === "called");
    const fresh = calls.filter(
      (call) => !this.#known.has(keyOf(call)) && (now - Date.parse(call.at)) / speed < ANNOUNCED_WITHIN_MS,
    );
    this.#known = new Set(calls.map(keyOf));
    return fresh.reverse();
  }
}

/**
 * Instants come in whole seconds: a desk that repeats its call within one is told apart by the mark.
 *
 * @param {{number: string, at: string, recalled?: boolean}} call
 */
export function keyOf(call) {
  return `${call.number}@${call.at}${call.recalled ? " again" : ""}`;
}

/**
 * The waits as they are shown: a figure moves only when its median does by two minutes, so that nobody watches noise.
 *
 * @param {Map<string, HallQueue>} shown by queue
 * @param {HallQueue[]} queues
 * @returns {Map<string, HallQueue>}
 */
export function steadyWaits(shown, queues) {
  return new Map(
    queues.map((queue) => {
      const before = shown.get(queue.queue);
      const stays =
        before?.wait && queue.wait && before.level === queue.level && Math.abs(before.wait.p50 - queue.wait.p50) < SHIFT_MINUTES;
      return [queue.queue, stays ? { ...queue, wait: before.wait } : queue];
    }),
  );
}

/**
 * @param {HallQueue} queue
 * @returns {string} like "34–46", "" where nobody knows
 */
export function waitRange(queue) {
  if (!queue.wait) return "";
  const low = Math.round(queue.wait.p50);
  const high = Math.max(low, Math.round(queue.wait.p90));
  return low === high ? String(low) : `${low}–${high}`;
}
