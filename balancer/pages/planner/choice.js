/**
 * What the reader has chosen: the branch, the day, and what would be otherwise. It stands in the page's address, so
 * that a plan can be sent to somebody. Pure but for reading and writing the address.
 *
 * @typedef {Record<string, string>} WhatIf the staffing door's own parameters: desks, adoption, arrivals, move_to, …
 *
 * @typedef {{branch: string, view: string, whatIf: WhatIf}} Choice `view`: "today", "tomorrow", "week" or a date
 */

export const WHAT_IF = ["desks", "move_to", "rush", "arrivals", "alarm", "adoption"];

/** @param {string[]} branches ids, the first is the default @returns {Choice} */
export function readChoice(branches) {
  const asked = new URL(location.href).searchParams;
  const branch = asked.get("branch") ?? "";
  /** @type {WhatIf} */
  const whatIf = {};
  for (const name of WHAT_IF) {
    const value = asked.get(name);
    if (value) whatIf[name] = value;
  }
  return {
    branch: branches.includes(branch) ? branch : (branches[0] ?? ""),
    view: asked.get("day") ?? "tomorrow",
    whatIf,
  };
}

/** @param {Choice} choice */
export function writeChoice(choice) {
  const url = new URL(location.href);
  url.searchParams.set("branch", choice.branch);
  url.searchParams.set("day", choice.view);
  for (const name of WHAT_IF) {
    const value = choice.whatIf[name];
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  history.replaceState(null, "", url);
}

/**
 * @param {string} view
 * @param {string} today a date of the city's calendar
 * @returns {{date: string, days: number}} what to ask the forecast for
 */
export function spanOf(view, today) {
  if (view === "today") return { date: today, days: 1 };
  if (view === "tomorrow") return { date: shifted(today, 1), days: 1 };
  if (view === "week") return { date: shifted(today, 1), days: 7 };
  return { date: view, days: 1 };
}

/**
 * @param {string} date
 * @param {number} days
 * @returns {string} the date so many days later
 */
export function shifted(date, days) {
  const at = new Date(`${date}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** @param {string} time "HH:MM" @returns {number} minutes after midnight */
export function minutesOf(time) {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}

/** @param {number} minutes @returns {string} "HH:MM" */
export function clockOf(minutes) {
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

/**
 * The longest run of slots that are short of desks, and the longest that have some to spare: where a plan is worth
 * changing. Each null where there is none.
 *
 * @param {{at: string, need: number, plan: number}[]} slots
 * @param {number} slotMinutes
 * @returns {{short: Stretch | null, spare: Stretch | null}}
 *
 * @typedef {{from: string, to: string, plan: number, low: number, high: number}} Stretch
 */
export function stretches(slots, slotMinutes) {
  return {
    short: longest(slots, slotMinutes, (slot) => slot.need - slot.plan),
    spare: longest(slots, slotMinutes, (slot) => slot.plan - slot.need),
  };
}

/**
 * @param {{at: string, need: number, plan: number}[]} slots
 * @param {number} slotMinutes
 * @param {(slot: {need: number, plan: number}) => number} by
 * @returns {Stretch | null}
 */
function longest(slots, slotMinutes, by) {
  /** @type {typeof slots} */
  let best = [];
  /** @type {typeof slots} */
  let run = [];
  for (const slot of slots) {
    run = by(slot) > 0 ? [...run, slot] : [];
    if (run.length > best.length) best = run;
  }
  const [first] = best;
  const last = best.at(-1);
  if (!first || !last) return null;
  const amounts = best.map(by);
  return {
    from: first.at,
    to: clockOf(minutesOf(last.at) + slotMinutes),
    plan: Math.round(best.reduce((sum, slot) => sum + slot.plan, 0) / best.length),
    low: Math.min(...amounts),
    high: Math.max(...amounts),
  };
}

/**
 * @param {string | undefined} text "09:30-11:30:28,16:30-18:00:12"
 * @returns {Map<string, number>} desks by stretch of hours
 */
export function readDesks(text) {
  const parts = (text ?? "").split(",").filter(Boolean);
  return new Map(
    parts.map((part) => {
      const cut = part.lastIndexOf(":");
      return [part.slice(0, cut), Number(part.slice(cut + 1))];
    }),
  );
}

/** @param {Map<string, number>} desks @returns {string} */
export function writeDesks(desks) {
  return [...desks].map(([hours, count]) => `${hours}:${count}`).join(",");
}
