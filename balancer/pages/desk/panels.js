/** @import { CityInfo, Language } from "/pages/assets/types.js" */
/** @import { DeskRoom, StaffTicket } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { Chooser } from "./chooser.js";
import { confirmsByEnter, LONGEST_NOTE, TextQuestion, YesQuestion } from "./questions.js";
import { serviceName } from "./ticket-panel.js";

/**
 * What a desk is asked in the pad's place: which ticket, which service, why parked, why a break, what happened.
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
export function ticketPanel(scene, choose) {
  const { room, words, cancel } = scene;
  const options = [
    ...room.line.map((each) => ticketOption(each, "", scene)),
    ...room.parked.map((each) => ticketOption(each, words.parkedLabel, scene)),
  ];
  return new Chooser(
    { title: words.pickTicket, placeholder: words.searchTicket, confirm: words.verbs.call, options, choose, cancel },
    words,
  );
}

/**
 * @param {StaffTicket} ticket
 * @param {string} group
 * @param {PanelScene} scene
 */
function ticketOption(ticket, group, { city, language }) {
  return { value: ticket.id, label: `${ticket.number} · ${serviceName(city, ticket.service, language)}`, group };
}

/**
 * @param {PanelScene} scene
 * @param {"add-leg" | "quick-serve"} verb
 * @param {(service: string) => void} choose
 */
export function servicePanel({ room, city, language, words, cancel }, verb, choose) {
  const branch = city.branches.find((each) => each.branch === room.desk.branch);
  const queues = (branch?.queues ?? []).filter((queue) => verb === "add-leg" || room.desk.queues.includes(queue.queue));
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
 * @param {(reason: string) => void} choose
 */
export function breakPanel({ words, cancel }, choose) {
  const options = Object.entries(words.breaks).map(([value, label]) => ({ value, label, group: "" }));
  return new Chooser(
    {
      title: words.pickBreak,
      placeholder: words.searchReason,
      confirm: words.verbs.pause,
      options,
      own: true,
      choose,
      cancel,
    },
    words,
  );
}

/**
 * @param {PanelScene} scene
 * @param {(body: {category: string, text: string}) => void} choose
 */
export function incidentPanel({ words, cancel }, choose) {
  const text = h("textarea", { id: "incident-text", rows: 3, maxlength: LONGEST_NOTE, autocomplete: "off" });
  confirmsByEnter(text);
  const options = Object.entries(words.incidents).map(([value, label]) => ({ value, label, group: "" }));
  return new Chooser(
    {
      title: words.pickIncident,
      placeholder: words.searchIncident,
      confirm: words.writeDown,
      options,
      extras: [h("label", { class: "extra wide" }, words.incidentText, text)],
      choose: (category) => choose({ category, text: text.value.trim() }),
      cancel,
    },
    words,
  );
}

/**
 * @param {PanelScene} scene
 * @param {(text: string) => void} answer
 */
export function notePanel({ room, words, cancel }, answer) {
  const question = {
    title: words.noteTitle(room.ticket?.number ?? ""),
    label: words.noteField,
    value: room.ticket?.note ?? "",
    confirm: words.writeDown,
  };
  return new TextQuestion(question, words, answer, cancel);
}

/**
 * Out of turn: whom, by which class, and only after the document was seen.
 *
 * @param {PanelScene} scene
 * @param {(panel: {element: HTMLElement, input: HTMLElement}) => void} show
 * @param {(ticket: StaffTicket, priority: string) => void} choose
 */
export function showPriority(scene, show, choose) {
  const { room, language, words, cancel } = scene;
  /** @param {StaffTicket} ticket @param {{priority: string, name: Record<string, string>}} chosen */
  const ask = (ticket, { priority, name }) => {
    const title = words.priorityFor(ticket.number, local(name, language));
    const question = { title, text: words.documentShown, confirm: words.yesShown };
    show(new YesQuestion(question, words, () => choose(ticket, priority), cancel));
  };
  /** @param {StaffTicket} ticket */
  const pickClass = (ticket) => {
    const options = room.priorities.map(({ priority, name }) => ({
      value: priority,
      label: local(name, language),
      group: "",
    }));
    const title = words.pickPriority(ticket.number);
    const take = (/** @type {string} */ value) => {
      const chosen = room.priorities.find(({ priority }) => priority === value);
      if (chosen) ask(ticket, chosen);
    };
    const plan = { placeholder: words.searchPriority, confirm: words.further, options, choose: take, cancel };
    show(new Chooser({ title, ...plan }, words));
  };
  const options = room.line.map((each) => ticketOption(each, each.priority ? words.priority : "", scene));
  const take = (/** @type {string} */ id) => {
    const ticket = room.line.find((each) => each.id === id);
    if (ticket) pickClass(ticket);
  };
  const plan = { placeholder: words.searchTicket, confirm: words.further, options, choose: take, cancel };
  show(new Chooser({ title: words.priorityWhom, ...plan }, words));
}
