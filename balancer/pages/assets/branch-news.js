/**
 * What stands in the way of a branch's usual work, for its staff. Pure.
 *
 * @typedef {object} BranchFacts
 * @property {string} state
 * @property {string} alarm
 * @property {string} power
 * @property {string | null} hold why it is paused without an alarm
 * @property {string | null} [resumes_at] when it goes on after the all-clear
 *
 * @typedef {object} NewsWords
 * @property {string} branchPaused
 * @property {string} branchAlarm
 * @property {(time: string) => string} branchResumes
 * @property {string} branchShelter
 * @property {string} branchGoesOn
 * @property {string} branchClosed
 * @property {string} ticketsClosed
 * @property {string} noPower
 */

/**
 * @param {BranchFacts} branch
 * @param {NewsWords} words
 * @param {(at: number) => string} time
 * @returns {{text: string, alarm: boolean}} "" for nothing; whether the all-clear is still to come
 */
export function branchNews({ state, alarm, power, hold, resumes_at }, words, time) {
  const resumes = Date.parse(resumes_at ?? "");
  const raid = alarm !== "none" && !resumes;
  const held = hold ? `${words.branchPaused} ${hold}` : words.branchPaused;
  const paused = resumes ? words.branchResumes(time(resumes)) : alarm === "pause" ? words.branchAlarm : held;
  /** @type {Record<string, string>} */
  const told = { paused, shelter: words.branchShelter, closed: words.branchClosed, tickets_closed: words.ticketsClosed };
  const goesOn = alarm === "continue" ? words.branchGoesOn : power === "off" ? words.noPower : "";
  return { text: told[state] ?? goesOn, alarm: raid };
}
