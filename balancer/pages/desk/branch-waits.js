/** @import { BoardView } from "/pages/assets/types.js" */
/** @import { StaffApi } from "/pages/assets/staff-api.js" */
/** @import { Words } from "./words.js" */

/** The waits beside the places to which a ticket may go, from the public board, for as long as the choice is open. */

const AGAIN_MS = 5_000;

/**
 * @param {StaffApi} api
 * @param {string} city
 * @param {(board: BoardView) => void} take
 * @returns {() => void} ends it
 */
export function watchBoard(api, city, take) {
  const stop = new AbortController();
  /** @type {number | undefined} */
  let timer;
  const look = async () => {
    try {
      const answer = await api.fetch(`/api/v1/cities/${encodeURIComponent(city)}/board`, undefined, stop.signal);
      const board = await answer.json();
      if (!stop.signal.aborted) take(board);
    } catch {
      // Without an answer the last waits stand; the desk itself tells that the server is away.
    }
    if (!stop.signal.aborted) timer = setTimeout(() => void look(), AGAIN_MS);
  };
  void look();
  return () => {
    stop.abort();
    clearTimeout(timer);
  };
}

/**
 * @param {BoardView} board
 * @param {{branch: string, service: string, queueOf: (branch: string, service: string) => string | undefined}} what
 * @param {Words} words
 * @returns {Map<string, string>} the wait in words by place: `to_queue:…` of that branch, `to_branch:…` of the others
 */
export function asidesOf(board, { branch, service, queueOf }, words) {
  /** @type {Map<string, string>} */
  const asides = new Map();
  for (const load of board.branches) {
    const closed = load.state === "closed" ? words.branchIsClosed : load.state === "paused" ? words.branchIsPaused : "";
    const mine = load.branch === branch;
    const queue = queueOf(load.branch, service);
    for (const each of load.queues) {
      const told = closed || (each.wait ? words.waitRange(each.wait.p50, each.wait.p90) : words.waitUnknown);
      if (mine) asides.set(`to_queue:${each.queue}`, told);
      else if (each.queue === queue) asides.set(`to_branch:${load.branch}`, told);
    }
  }
  return asides;
}
