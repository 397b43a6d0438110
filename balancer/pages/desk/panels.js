/** @import { CityInfo, Language } from "/pages/assets/types.js" */
/** @import { DeskRoom } from "./types.js" */
/** @import { Option } from "./chooser.js" */
/** @import { Words } from "./words.js" */
import { h } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { Chooser } from "./chooser.js";
import { serviceName } from "./ticket-panel.js";

/**
 * The four choices of a desk: which ticket, which service, why parked, where to.
 *
 * @typedef {object} PanelScene
 * @property {DeskRoom} room
 * @property {CityInfo} city
 * @property {Language} language
 * @property {Words} words
 * @property {() => void} cancel
 */

const PARK_MINUTES = [5, 10, 15, 20, 30, 60];

/**
 * @param {PanelScene} scene
 * @param {(ticket: string) => void} choose
 */
export function ticketPanel({ room, city, language, words, cancel }, choose) {
  /** @param {import("./types.js").StaffTicket} ticket @param {string} group */
  const option = (ticket, group) => ({
    value: ticket.id,
    label: `${ticket.number} · ${serviceName(city, ticket.service, language)}`,
    group,
  });
  const options = [
    ...room.line.map((each) => option(each, "")),
    ...room.parked.map((each) => option(each, words.parkedLabel)),
  ];
  return new Chooser(
    { title: words.pickTicket, placeholder: words.searchTicket, confirm: words.verbs.call, options, choose, cancel },
    words,
  );
}

/**
 * @param {PanelScene} scene
 * @param {"add-leg" | "quick-serve"} verb
 * @param {(service: string) => void} choose
 */
export function servicePanel({ room, city, language, words, cancel }, verb, choose) {
  const branch = city.branches.find((each) => each.branch === room.desk.branch);
  const skills = branch?.desks.find((each) => each.desk === room.desk.desk)?.queues ?? [];
  const queues = (branch?.queues ?? []).filter((queue) => verb === "add-leg" || skills.includes(queue.queue));
  const options = queues.flatMap((queue) =>
    queue.services.map((service) => ({
      value: service,
      label: serviceName(city, service, language),
      group: queue.letter,
    })),
  );
  return new Chooser(
    { title: words.pickService, placeholder: words.searchService, confirm: words.verbs[verb], options, choose, cancel },
    words,
  );
}

/**
 * @param {PanelScene} scene
 * @param {(body: {reason: string, minutes?: number}) => void} choose
 */
export function parkPanel({ words, cancel }, choose) {
  const minutes = h(
    "select",
    { id: "park-minutes" },
    h("option", { value: "" }, words.usualTime),
    ...PARK_MINUTES.map((each) => h("option", { value: each }, words.inMinutes(each))),
  );
  const extras = [h("label", { class: "extra" }, words.returnIn, " ", minutes)];
  const options = words.reasons.map((reason) => ({ value: reason, label: reason, group: "" }));
  return new Chooser(
    {
      title: words.pickReason,
      placeholder: words.searchReason,
      confirm: words.verbs.park,
      options,
      own: true,
      extras,
      cancel,
      choose: (reason) => choose({ reason, ...(minutes.value ? { minutes: Number(minutes.value) } : {}) }),
    },
    words,
  );
}

/**
 * @param {PanelScene} scene
 * @param {(body: object) => void} choose
 */
export function transferPanel(scene, choose) {
  const { words, cancel } = scene;
  const keep = h("input", { type: "checkbox", checked: true });
  const back = h("input", { type: "checkbox" });
  const note = h("input", { type: "text", maxlength: 200, autocomplete: "off" });
  const extras = [
    h("label", { class: "extra" }, keep, " ", words.keepPlace),
    h("label", { class: "extra" }, back, " ", words.comeBack),
    h("label", { class: "extra wide" }, words.noteField, note),
  ];
  return new Chooser(
    {
      title: words.pickPlace,
      placeholder: words.searchPlace,
      confirm: words.verbs.transfer,
      options: places(scene),
      extras,
      cancel,
      choose: (place) => {
        const [kind = "", id = ""] = place.split(/:(.*)/s);
        const text = note.value.trim();
        choose({
          [kind]: id,
          keep_place: keep.checked,
          come_back: back.checked && kind !== "to_branch",
          ...(text ? { note: text } : {}),
        });
      },
    },
    words,
  );
}

/**
 * @param {PanelScene} scene
 * @returns {Option[]} queues and desks of this branch that fit, then the other branches that give the service
 */
function places({ room, city, language, words }) {
  const { ticket, desk } = room;
  const branch = city.branches.find((each) => each.branch === desk.branch);
  if (!branch || !ticket) return [];
  const queues = branch.queues
    .filter((queue) => queue.queue !== ticket.queue)
    .map((queue) => ({
      value: `to_queue:${queue.queue}`,
      label: `${queue.letter} · ${local(queue.name, language)}`,
      group: words.queueGroup,
    }));
  const desks = branch.desks
    .filter((each) => each.desk !== desk.desk && each.queues.includes(ticket.queue))
    .map((each) => ({
      value: `to_desk:${each.desk}`,
      label: local(each.name, language) || each.desk,
      group: words.deskGroup,
    }));
  const branches = city.branches
    .filter(
      (each) => each.branch !== desk.branch && each.queues.some((queue) => queue.services.includes(ticket.service)),
    )
    .map((each) => ({
      value: `to_branch:${each.branch}`,
      label: local(each.name, language),
      group: words.branchGroup,
    }));
  return [...queues, ...desks, ...branches];
}
