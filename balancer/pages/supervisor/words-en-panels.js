/** @import { panelsUk } from "./words-uk-panels.js" */

/**
 * What the panels of the left column say in English.
 *
 * @type {typeof panelsUk}
 */
export const panelsEn = {
  helpTaken: "Somebody is going to the kiosk",
  helpEnded: "The visitor at the kiosk was helped",
  transfer: {
    number: "Ticket number",
    to: "Where to",
    queueGroup: "Queues of this branch",
    deskGroup: "Desks",
    branchGroup: "Other branches",
    keepPlace: "Keep its place by time of arrival",
    note: "Note for the colleague",
    unknown: "No such ticket among those who wait or are served",
    queueOption: (name, n) => `${name}: ${n} waiting`,
    deskOption: (desk) => `Desk ${desk}`,
  },
  reinstatePanel: {
    none: "There are no tickets to reinstate today.",
    button: (number) => `Reinstate ${number}`,
    hint: "The ticket goes back to its old place in the queue.",
    loading: "Looking…",
  },
  deskPanel: {
    title: (desk) => `Desk ${desk}`,
    choose: "Which desk",
    queues: "Calls from the queues",
    save: "Save queues",
    reset: "As usual",
    changed: "Changed for today",
    open: "Open the desk",
    pause: "Send on a break",
    resume: "End the break",
    closeDesk: "Close the desk",
    release: "Release the desk",
    releaseConfirm:
      "Take the ticket from this desk and close it? A called visitor goes back into the queue, one being served is parked.",
    releaseYes: "Yes, release it",
    handOn: "Move its ticket",
    pauseReason: "A break by decision of the head",
    releaseReason: "Decision of the head",
    atLeastOne: "Leave the desk at least one queue",
  },
  devicesPanel: {
    code: "Code on the device's screen",
    name: "What to call it, such as “Kiosk 2”",
    approve: "Let it in",
    none: "There are no devices yet.",
    kinds: { kiosk: "Kiosk", display: "Display" },
    pending: "waits to be let in",
    heard: (at) => `connected, heard of at ${at}`,
    silent: (at) => `silent since ${at}`,
    never: "not heard of yet",
    revoke: "Revoke",
    revokeNamed: (name) => `Revoke: ${name}`,
    revokeConfirm: (name) => `Revoke the key of “${name}”? It stops working until it is let in again.`,
    revokeYes: "Yes, revoke it",
  },
  servicesPanel: {
    title: "Stop a service",
    button: (n) => (n ? `Stopped services: ${n}` : "Stop a service"),
    none: "All services are offered.",
    search: "Find the service to stop",
    nothing: "This branch has no such service.",
    more: (n) => `and ${n} more: say more of the name`,
    suspend: "Stop",
    restore: "Offer again",
    hint: "Whoever waits for a stopped service keeps the place. No new tickets are given for it.",
    banner: (names) => `Stopped: ${names}.`,
  },
  incidentsPanel: {
    none: "No incidents today.",
    category: "What happened",
    text: "In short: what, and how it was settled",
    ticket: "Ticket number, if any",
    record: "Record",
    categories: {
      conflict: "Incident",
      gift_refused: "Gift refused",
      register_down: "Register not responding",
      other: "Other",
    },
  },
};
