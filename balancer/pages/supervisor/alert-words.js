/** @import { Alert, AlertAction } from "./types.js" */
/** @import { Scene } from "./scene.js" */
import { letterOf, letters } from "./scene.js";

/**
 * What an alert says: a title, a detail, and what its button does.
 *
 * @param {Alert} alert
 * @param {Scene} scene
 * @returns {{title: string, detail: string, help: string}}
 */
export function alertWords(alert, scene) {
  return { title: titleOf(alert, scene), detail: detailOf(alert, scene), help: helpOf(alert.action, scene) };
}

/**
 * @param {Alert} alert
 * @param {Scene} scene
 */
function titleOf({ kind, queue, desk, ticket, device, count, minutes, paused }, scene) {
  const { alertTitles: titles } = scene.words;
  const letter = letterOf(scene, queue);
  const whole = Math.floor(minutes ?? 0);
  switch (kind) {
    case "queue_unserved":
      return titles.queue_unserved(letter, count ?? 0);
    case "starving_ticket":
      return titles.starving_ticket(ticket ?? "", whole);
    case "hall_full":
      return titles.hall_full(count ?? 0);
    case "over_red":
      return titles.over_red(desk ?? "", whole);
    case "standard_at_risk":
      return titles.standard_at_risk(letter, paused, count ?? 0);
    case "stale_desk":
      return titles.stale_desk(desk ?? "", whole);
    case "silent_device":
      return titles.silent_device(device ?? "");
    case "printer_needs_hand":
      return titles.printer_needs_hand(device ?? "");
    case "feed_silent":
      return titles.feed_silent;
    case "help_asked":
      return titles.help_asked(device ?? "");
    case "rest_due":
      return titles.rest_due(desk ?? "", whole);
  }
}

/**
 * @param {Alert} alert
 * @param {Scene} scene
 */
function detailOf(alert, scene) {
  const { alertDetails: details, printer } = scene.words;
  const at = (/** @type {string | null} */ text) => (text === null ? "" : scene.format.time(Date.parse(text)));
  switch (alert.kind) {
    case "queue_unserved":
      return details.queue_unserved(Math.floor(alert.minutes ?? 0), alert.paused);
    case "starving_ticket":
      return alert.action?.desk && alert.free_queues.length
        ? details.spare(alert.action.desk, letters(scene, alert.free_queues))
        : details.moreStarving(alert.count ?? 1);
    case "hall_full":
      return details.hall_full;
    case "over_red":
      return details.over_red(alert.ticket ?? "");
    case "standard_at_risk":
      return details[alert.mark ?? "target"](at(alert.at));
    case "stale_desk":
      return alert.ticket ? details.staleCalled(alert.ticket) : details.staleWaiting(alert.count ?? 0);
    case "silent_device":
      return alert.since === null ? details.neverHeard : details.silentSince(at(alert.since));
    case "printer_needs_hand":
      return printer(alert.printer ?? "");
    case "feed_silent":
      return details.feed_silent;
    case "help_asked":
      return alert.action?.verb === "end_help" ? details.helpMine : details.helpWaits(Math.floor(alert.minutes ?? 0));
    case "rest_due":
      return (alert.count ?? 1) > 1 ? details.restMore((alert.count ?? 1) - 1) : details.rest;
  }
}

/**
 * @param {AlertAction | null} action
 * @param {Scene} scene
 */
function helpOf(action, scene) {
  const { help, closeTickets } = scene.words;
  if (!action) return "";
  const desk = action.desk ?? "";
  switch (action.verb) {
    case "set_skills":
      return help.set_skills(desk, letterOf(scene, action.queue));
    case "open_desk":
      return help.open_desk(desk);
    case "resume_desk":
      return help.resume_desk(desk);
    case "pause_desk":
      return help.pause_desk(desk);
    case "close_tickets":
      return closeTickets;
    default:
      return help[action.verb];
  }
}
