/** @import { StaffApi } from "/pages/assets/staff-api.js" */
/** @import { Deed } from "./deeds.js" */
/** @import { Panel } from "./forms.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Ticket } from "./types.js" */
import { h } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { reinstateDeed, transferDeed } from "./deeds.js";
import { field, form, panel, tick } from "./forms.js";
import { queueName } from "./scene.js";

/**
 * What is done with one ticket: moved to another queue, desk or branch, or put back after its visitor was missed.
 *
 * @typedef {object} Reach
 * @property {StaffApi} api
 * @property {string} city path of the city
 * @property {string} branch path of the branch
 * @property {(deed: Deed) => Promise<boolean>} run whether it was done
 * @property {() => void} close
 * @property {(error: unknown) => void} failed
 */

const MOVABLE = ["waiting", "called", "serving", "parked"];
const LOOKALIKES = new Map(Object.entries({ А: "A", В: "B", С: "C", Е: "E", Н: "H", К: "K", М: "M", Р: "P", Т: "T", Х: "X" }));

/**
 * @param {string} typed
 * @returns {string} a ticket's number, whichever script its letter was typed in
 */
export function numberOf(typed) {
  return [...typed.trim().toUpperCase()].map((sign) => LOOKALIKES.get(sign) ?? sign).join("");
}

/**
 * @param {Reach} reach
 * @returns {Promise<Ticket[]>} everybody who waits, is served, is parked or was missed
 */
async function ticketsOf({ api, branch }) {
  const { tickets } = await api.ask("GET", branch);
  return tickets;
}

/**
 * @param {Scene} scene
 * @param {string} given number of a ticket, or ""
 * @param {Reach} reach
 * @returns {Panel}
 */
export function transferPanel(scene, given, reach) {
  const { words } = scene;
  const number = field(words.transfer.number, h("input", { value: given, autocomplete: "off", spellcheck: "false", required: true }));
  const goals = goalsOf(scene);
  const goal = h("select", { required: true }, h("option", { value: "" }, ""), ...goals.map(({ element }) => element));
  const where = field(words.transfer.to, goal);
  const keep = tick(words.transfer.keepPlace, true);
  const note = field(words.transfer.note, h("input", { maxlength: 500, autocomplete: "off" }));
  const asked = form(words.transferTicket, submit, number.element, where.element, keep.element, note.element);
  async function submit() {
    const wanted = numberOf(number.input.value);
    if (!wanted) return number.refuse(words.required);
    if (!goal.value) return where.refuse(words.required);
    const tickets = await ticketsOf(reach).catch(reach.failed);
    if (!tickets) return;
    const ticket = tickets.find((each) => each.number === wanted && MOVABLE.includes(each.state));
    if (!ticket) return number.refuse(words.transfer.unknown);
    const body = { ...JSON.parse(goal.value), keep_place: keep.input.checked, ...(note.input.value ? { note: note.input.value } : {}) };
    const name = goal.selectedOptions[0]?.label ?? "";
    const from = { branch: scene.view.branch, queueName: queueName(scene, ticket.queue) };
    if (await reach.run(transferDeed(reach.city, ticket, body, name, from))) reach.close();
  }
  return panel(words.transferTicket, words.close, reach.close, asked);
}

/**
 * @param {Scene} scene
 * @returns {{element: HTMLElement}[]} where a ticket may go, each option's value is the part of the command's body
 */
function goalsOf(scene) {
  const { words, view, city, language } = scene;
  const option = (/** @type {object} */ body, /** @type {string} */ text) => h("option", { value: JSON.stringify(body) }, text);
  const queues = view.measures.queues.map(({ queue, waiting }) =>
    option({ to_queue: queue }, words.transfer.queueOption(queueName(scene, queue), waiting)),
  );
  const desks = view.desks
    .filter(({ state }) => state !== "closed")
    .map(({ desk }) => option({ to_desk: desk }, words.transfer.deskOption(desk)));
  const here = city.branches.find(({ branch }) => branch === view.branch);
  const branches = city.branches
    .filter(({ branch, mode }) => branch !== view.branch && (mode === "training") === (here?.mode === "training"))
    .map(({ branch, name }) => option({ to_branch: branch }, local(name, language)));
  return [
    { element: h("optgroup", { label: words.transfer.queueGroup }, ...queues) },
    { element: h("optgroup", { label: words.transfer.deskGroup }, ...desks) },
    { element: h("optgroup", { label: words.transfer.branchGroup }, ...branches) },
  ];
}

/**
 * @param {Scene} scene
 * @param {Reach} reach
 * @returns {Panel}
 */
export function reinstatePanel({ words }, reach) {
  const hint = h("p", { class: "aside", role: "status" }, words.reinstatePanel.loading);
  const list = h("ul", { class: "rows" });
  /** @param {Ticket} ticket */
  const row = (ticket) => {
    const act = async () => {
      if (await reach.run(reinstateDeed(reach.city, ticket))) reach.close();
    };
    return h("li", {}, h("b", {}, ticket.number), h("button", { type: "button", class: "b", onclick: () => void act() }, words.reinstatePanel.button(ticket.number)));
  };
  void ticketsOf(reach)
    .then((tickets) => {
      const missed = tickets.filter(({ state }) => state === "no_show");
      hint.textContent = missed.length ? words.reinstatePanel.hint : words.reinstatePanel.none;
      list.replaceChildren(...missed.map(row));
    })
    .catch(reach.failed);
  return panel(words.reinstate, words.close, reach.close, hint, list);
}
