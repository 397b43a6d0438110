/** @import { CityInfo } from "/pages/assets/types.js" */
/** @import { StaffApi } from "/pages/assets/staff-api.js" */
/** @import { Option } from "./chooser.js" */
/** @import { PanelScene } from "./panels.js" */
import { h } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { asidesOf, watchBoard } from "./branch-waits.js";
import { Chooser } from "./chooser.js";
import { LONGEST_NOTE } from "./questions.js";

/**
 * Where a ticket goes: a queue or desk of this branch, or another branch, each with the wait there as it is now.
 *
 * @param {PanelScene} scene
 * @param {StaffApi} api
 * @param {(body: object) => void} choose
 * @returns {{panel: Chooser, stop: () => void}} `stop` once it is closed
 */
export function transferPanel(scene, api, choose) {
  const { room, city, words, cancel } = scene;
  const keep = h("input", { type: "checkbox", checked: true });
  const back = h("input", { type: "checkbox" });
  const note = h("input", { type: "text", maxlength: LONGEST_NOTE, autocomplete: "off" });
  note.value = room.ticket?.note ?? "";
  const extras = [
    h("label", { class: "extra" }, keep, " ", words.keepPlace),
    h("label", { class: "extra" }, back, " ", words.comeBack),
    h("label", { class: "extra wide" }, words.noteField, note),
  ];
  const panel = new Chooser(
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
  const what = { branch: room.desk.branch, service: room.ticket?.service ?? "", queueOf: queuesOf(city) };
  const stop = watchBoard(api, city.city, (board) => panel.tell(asidesOf(board, what, words)));
  return { panel, stop };
}

/**
 * @param {CityInfo} city
 * @returns {(branch: string, service: string) => string | undefined} the queue that serves it there
 */
function queuesOf(city) {
  return (branch, service) =>
    city.branches
      .find((each) => each.branch === branch)
      ?.queues.find((queue) => queue.services.includes(service))?.queue;
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
      aside: "",
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
      (each) =>
        each.branch !== desk.branch &&
        (each.mode === "training") === (branch.mode === "training") &&
        each.queues.some((queue) => queue.services.includes(ticket.service)),
    )
    .map((each) => ({
      value: `to_branch:${each.branch}`,
      label: local(each.name, language),
      group: words.branchGroup,
      aside: "",
    }));
  return [...queues, ...desks, ...branches];
}
