/** @import { DeskRoom, StaffTicket, Verb } from "./types.js" */
/** @import { Slot } from "./keys.js" */

/**
 * What the desk may do now: pure, from the room as the server showed it. It only spares the clerk useless presses; the
 * server decides.
 */

/**
 * @param {DeskRoom} room
 * @returns {Verb} what Enter does: open or resume, then call next → start → finish → call next
 */
export function mainVerb({ desk, ticket }) {
  if (desk.state === "closed") return "open";
  if (desk.state === "paused") return "resume";
  if (!ticket) return "call-next";
  if (ticket.state === "called") return "start";
  return legsLeft(ticket) > 0 ? "next-leg" : "finish";
}

/**
 * @param {StaffTicket} ticket
 * @returns {number} services that are still to come in this visit
 */
export function legsLeft(ticket) {
  return Math.max(0, ticket.legs.length - 1 - ticket.leg);
}

/**
 * @param {DeskRoom} room
 * @returns {Record<Slot, boolean>} which keys are alive
 */
export function alive({ desk, branch, ticket, line, parked }) {
  const paused = branch.state === "paused";
  const receives = desk.state === "open" && !paused && branch.state !== "closed";
  const free = receives && !ticket;
  const called = ticket?.state === "called";
  const inHand = called || ticket?.state === "serving";
  const main = ticket ? !(called && paused) : desk.state !== "open" || receives;
  return {
    main,
    recall: called && !paused,
    "no-show": called,
    requeue: inHand,
    park: inHand,
    payment: ticket?.state === "serving",
    register: inHand,
    note: inHand,
    priority: line.length > 0 && branch.state !== "closed",
    incident: desk.state !== "closed",
    transfer: inHand,
    left: inHand,
    "add-leg": ticket?.state === "serving",
    find: free && line.length + parked.length > 0,
    "quick-serve": free,
    break: desk.state === "paused" || (desk.state === "open" && !ticket),
  };
}

/** @type {ReadonlySet<Verb>} verbs whose expected version is the desk's; all others expect the ticket's */
const OF_DESK = new Set(/** @type {Verb[]} */ (["open", "close", "pause", "resume", "call-next", "quick-serve"]));

/**
 * @param {Verb} verb
 * @param {DeskRoom} room
 * @param {StaffTicket | null} ticket that the verb names, where it names one
 * @returns {number | null} the version that the clerk has seen
 */
export function versionFor(verb, room, ticket) {
  if (OF_DESK.has(verb)) return room.desk.version;
  return (ticket ?? room.ticket)?.version ?? null;
}

/**
 * @param {number} minutes of service
 * @param {{service_amber_minutes: number, service_red_minutes: number}} policy when the timer asks for attention, and
 *   when it is too long
 * @returns {"" | "amber" | "red"}
 */
export function timerTone(minutes, { service_amber_minutes, service_red_minutes }) {
  if (minutes >= service_red_minutes) return "red";
  return minutes >= service_amber_minutes ? "amber" : "";
}

/**
 * @param {number} milliseconds
 * @returns {string} like 21:08, or 1:02:07
 */
export function clockText(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = `${h ? String(m).padStart(2, "0") : m}:${String(s).padStart(2, "0")}`;
  return h ? `${h}:${tail}` : tail;
}
