/** @import { Scene } from "./scene.js" */
/** @import { Panel } from "./forms.js" */
import { h, setText } from "/pages/assets/dom.js";
import { icon } from "/pages/assets/icons.js";
import { suspendedText } from "./services-panel.js";

/**
 * The page as a picture: head, facts, decisions left, desks and the day right. It draws what it is given.
 *
 * @typedef {{element: HTMLElement, draw: (scene: Scene) => void}} Part
 *
 * @typedef {object} Parts
 * @property {{element: HTMLElement}} head
 * @property {Part} facts
 * @property {Part} alerts
 * @property {Part} queues
 * @property {Part} actions
 * @property {Part} foot
 * @property {Part} desks
 * @property {Part} heat
 *
 * @typedef {object} Situation
 * @property {number} lostSeconds real seconds without the server, 0 while it is there
 * @property {string} waitingFor a command without an answer yet, in words, or ""
 * @property {string} trouble the server's last refusal, or ""
 */

const STALE_SECONDS = 10;

export class SupervisorView {
  #parts;
  /** @type {Panel | null} */
  #panel = null;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.alarm = h("p", { class: "banner alarm", role: "alert", hidden: true }, icon("siren"), h("span"));
    this.news = h("p", { class: "banner warn", hidden: true }, icon("pause"), h("span"));
    this.partial = h("p", { class: "banner", hidden: true }, icon("clock"), h("span"));
    this.offline = h("p", { class: "banner warn", hidden: true }, icon("clock"), h("span"));
    this.pending = h("p", { class: "banner", hidden: true }, icon("replay"), h("span"));
    this.trouble = h("p", { class: "banner stop", role: "alert", hidden: true });
    this.said = h("p", { class: "sr", role: "status" });
    this.loading = h("p", { class: "loading aside" });
    this.usual = h("div", { class: "usual" }, parts.queues.element);
    this.low = h("div", { class: "low" }, parts.actions.element, parts.foot.element);
    this.slot = h("div", { class: "slot", hidden: true });
    const banners = h("div", { class: "banners" }, this.alarm, this.news, this.partial, this.offline, this.pending, this.trouble);
    this.left = h("div", { class: "left" }, parts.alerts.element, this.usual, this.slot, this.low);
    this.right = h("div", { class: "right" }, parts.desks.element, parts.heat.element);
    this.top = h("div", { class: "top" }, banners, parts.facts.element);
    this.main = h("main", {}, this.top, this.left, this.right, this.said);
    this.element = h("div", { class: "supervisor" }, parts.head.element, this.loading, this.main);
    this.#show(false);
  }

  /** @param {boolean} known whether there is anything to show yet */
  #show(known) {
    this.#parts.head.element.hidden = !known;
    this.main.hidden = !known;
    this.loading.hidden = known;
  }

  /** @param {Panel | null} panel what is asked in place of queues and actions */
  showPanel(panel) {
    this.slot.replaceChildren(...(panel ? [panel.element] : []));
    this.slot.hidden = panel === null;
    for (const usual of [this.usual, this.#parts.actions.element]) usual.hidden = panel !== null;
    this.#panel = panel;
    panel?.begin();
    if (panel) this.slot.scrollIntoView({ block: "start" });
  }

  /**
   * @param {Scene} scene
   * @param {Situation} situation
   */
  draw(scene, situation) {
    this.#show(true);
    const { facts, alerts, queues, actions, foot, desks, heat } = this.#parts;
    for (const part of [facts, alerts, queues, actions, foot, desks, heat]) part.draw(scene);
    this.#panel?.update?.(scene);
    this.#drawBanners(scene, situation);
    this.element.classList.toggle("stale", situation.lostSeconds > STALE_SECONDS);
  }

  /** @param {Scene} scene @param {Situation} situation */
  #drawBanners(scene, { lostSeconds, waitingFor, trouble }) {
    const { view, words, format, now } = scene;
    const { facts, measures } = view;
    const at = (/** @type {string} */ instant) => format.until(Date.parse(instant), now);
    const dark = facts.power === "off" ? words.powerBanner : "";
    const held = facts.hold === null ? "" : words.holdBanner(facts.hold);
    const resumes = facts.resumes_at ? words.resumesAt(at(facts.resumes_at)) : "";
    const raid = { none: "", pause: words.alarmBanner, shelter: words.shelterBanner, continue: words.continueBanner };
    banner(this.alarm, resumes ? "" : raid[facts.alarm]);
    banner(this.news, [resumes, held, dark, suspendedText(scene)].filter(Boolean).join(" "));
    banner(this.partial, measures.known_from === null ? "" : words.knownFrom(at(measures.known_from)));
    banner(this.offline, lostSeconds >= 1 ? words.offline(Math.floor(lostSeconds)) : "");
    banner(this.pending, waitingFor);
    banner(this.trouble, trouble);
  }
}

/**
 * @param {HTMLElement} element
 * @param {string} text none hides it
 */
function banner(element, text) {
  setText(element.lastElementChild ?? element, text);
  element.hidden = text === "";
}
