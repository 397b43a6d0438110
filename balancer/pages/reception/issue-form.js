/** @import { Scene } from "./types.js" */
/** @import { Option } from "./picker.js" */
import { h, setAttribute, setChildren, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { Picker } from "./picker.js";
import { range, serviceName, waitText } from "./tell.js";

/**
 * A ticket for somebody without a phone: services, priority, a number that was written by hand.
 *
 * @typedef {{service: string, services: string[], priority?: string, number?: string, arrived?: string}} IssueBody
 */

const PURPOSES = /** @type {const} */ (["all", "advice", "submit", "collect"]);
const MOST_SERVICES = 10;

export class IssueForm {
  /** @type {string[]} */
  #chosen = [];
  /** @type {(typeof PURPOSES)[number]} */
  #purpose = "all";
  /** @type {Scene | null} */
  #scene = null;
  #give;

  /** @param {(body: IssueBody) => void} give */
  constructor(give) {
    this.#give = give;
    this.title = h("h2");
    this.picker = new Picker("service", (service) => this.#add(service), () => this.#submit());
    this.label = h("label", { for: "service" });
    this.purposes = h("div", { class: "purposes", role: "group" });
    this.chosen = h("ul", { class: "chosen" });
    this.wait = h("p", { class: "wait" });
    this.priorityLabel = h("label", { for: "priority" });
    this.priority = h("select", { id: "priority", onchange: () => this.draw() });
    this.shown = h("input", { type: "checkbox", onchange: () => this.draw() });
    this.shownText = h("span");
    this.byHand = h("input", { type: "checkbox", onchange: () => this.draw() });
    this.byHandText = h("span");
    this.byHandHint = h("p", { class: "aside", id: "by-hand-hint" });
    this.slipLabel = h("label", { for: "slip" });
    this.slip = h("input", { id: "slip", type: "text", maxlength: 8, autocomplete: "off", autocapitalize: "characters" });
    this.arrivedLabel = h("label", { for: "arrived" });
    this.arrived = h("input", { id: "arrived", type: "time", oninput: () => this.draw() });
    this.hand = h(
      "div",
      { class: "hand" },
      h("div", {}, this.slipLabel, this.slip),
      h("div", {}, this.arrivedLabel, this.arrived),
      this.byHandHint,
    );
    this.missing = h("p", { class: "aside", id: "issue-missing" });
    this.button = h("button", { type: "submit", class: "btn main", "aria-describedby": "issue-missing" });
    this.shownRow = h("label", { class: "tick" }, this.shown, this.shownText);
    this.element = h(
      "form",
      { class: "issue", onsubmit: (event) => (event.preventDefault(), this.#submit()) },
      this.title,
      this.purposes,
      this.label,
      this.picker.input,
      this.picker.list,
      this.chosen,
      this.wait,
      h("div", { class: "fields" }, h("div", {}, this.priorityLabel, this.priority), this.shownRow),
      h("label", { class: "tick" }, this.byHand, this.byHandText),
      this.hand,
      h("div", { class: "buttons" }, this.button, this.missing),
    );
  }

  /**
   * @param {Scene} scene
   * @param {boolean} off
   */
  update(scene, off) {
    this.#scene = scene;
    this.draw(off);
  }

  /** The next visitor: nothing is chosen. */
  reset() {
    this.#chosen = [];
    this.priority.value = "";
    this.shown.checked = this.byHand.checked = false;
    this.slip.value = this.arrived.value = "";
    this.picker.clear();
    this.draw();
    this.picker.input.focus();
  }

  /** @param {boolean} [off] no command can be given now */
  draw(off = this.button.disabled && this.button.dataset.off === "true") {
    const scene = this.#scene;
    if (!scene) return;
    const { words } = scene;
    setText(this.title, words.newTicket);
    setText(this.label, words.service);
    setText(this.priorityLabel, words.priority);
    setText(this.shownText, words.shown);
    setText(this.byHandText, words.byHand);
    setText(this.byHandHint, words.byHandHint);
    setText(this.slipLabel, words.slip);
    setText(this.arrivedLabel, words.arrived);
    setText(this.button, words.issue);
    this.#drawPurposes(scene);
    this.#drawPriorities(scene);
    this.#drawChosen(scene);
    this.picker.update(this.#options(scene), {
      label: words.services,
      placeholder: this.#chosen.length ? words.searchMore : words.searchService,
      nothing: words.nothingFound,
    });
    this.shownRow.hidden = this.priority.value === "";
    this.hand.hidden = !this.byHand.checked;
    this.button.dataset.off = String(off);
    this.button.disabled = off || this.#chosen.length === 0 || !this.#complete;
    setText(this.missing, this.priority.value && !this.shown.checked ? words.showFirst : "");
  }

  get #complete() {
    return (!this.priority.value || this.shown.checked) && (!this.byHand.checked || this.arrived.value !== "");
  }

  /** @param {Scene} scene */
  #drawPurposes({ city, branch, words }) {
    const here = new Set(branch.queues.flatMap((queue) => queue.services));
    const known = new Set(city.services.filter((each) => here.has(each.service)).map((each) => purposeOf(each, city)));
    const kinds = PURPOSES.filter((each) => each === "all" || known.has(each));
    this.purposes.hidden = kinds.length < 2;
    setAttribute(this.purposes, "aria-label", words.purpose);
    const key = JSON.stringify([kinds, this.#purpose, words.purpose]);
    if (this.purposes.dataset.key === key) return;
    this.purposes.dataset.key = key;
    this.purposes.replaceChildren(
      ...kinds.map((kind) =>
        h(
          "button",
          { type: "button", "aria-pressed": String(kind === this.#purpose), onclick: () => this.#narrow(kind) },
          words.purposes[kind],
        ),
      ),
    );
  }

  /** @param {(typeof PURPOSES)[number]} kind */
  #narrow(kind) {
    this.#purpose = kind;
    this.draw();
    this.picker.input.focus();
  }

  /** @param {Scene} scene */
  #drawPriorities({ city, language, words }) {
    const classes = city.priority_classes ?? [];
    const key = JSON.stringify([classes, language]);
    if (this.priority.dataset.key === key) return;
    this.priority.dataset.key = key;
    const kept = this.priority.value;
    this.priority.replaceChildren(
      h("option", { value: "" }, words.noPriority),
      ...classes.map((each) => h("option", { value: each.priority }, local(each.name, language))),
    );
    this.priority.value = kept;
  }

  /** @param {Scene} scene */
  #drawChosen(scene) {
    const { city, branch, room, language, words } = scene;
    const first = branch.queues.find((queue) => queue.services.includes(this.#chosen[0] ?? ""));
    const load = room.queues.find((each) => each.queue === first?.queue);
    setText(this.wait, this.#chosen.length ? waitText(scene, load) : "");
    const key = JSON.stringify([this.#chosen, language]);
    if (this.chosen.dataset.key === key) return;
    this.chosen.dataset.key = key;
    setAttribute(this.chosen, "aria-label", words.chosen);
    setChildren(
      this.chosen,
      this.#chosen.map((service) => {
        const name = serviceName(city, service, language);
        const remove = h("button", { type: "button", class: "plain", "aria-label": words.remove(name) }, "×");
        remove.addEventListener("click", () => this.#remove(service));
        return h("li", {}, h("span", {}, name), remove);
      }),
    );
  }

  /**
   * @param {Scene} scene
   * @returns {Option[]} services of this branch, with the wait of their queue
   */
  #options({ city, branch, room, language, words }) {
    return branch.queues.flatMap((queue) => {
      const load = room.queues.find((each) => each.queue === queue.queue);
      const told = range(load?.wait);
      return queue.services
        .map((id) => city.services.find((each) => each.service === id))
        .filter((service) => service && (this.#purpose === "all" || purposeOf(service, city) === this.#purpose))
        .map((service) => ({
          value: service?.service ?? "",
          label: local(service?.name, language),
          group: queue.letter,
          aside: told ? `${told} ${words.minutes}` : "",
          words: [...(service?.words ?? []), ...Object.values(service?.name ?? {})],
        }));
    });
  }

  /** @param {string} service */
  #add(service) {
    if (!this.#chosen.includes(service) && this.#chosen.length < MOST_SERVICES) this.#chosen.push(service);
    this.picker.clear();
    this.draw();
  }

  /** @param {string} service */
  #remove(service) {
    this.#chosen = this.#chosen.filter((each) => each !== service);
    this.draw();
    this.picker.input.focus();
  }

  #submit() {
    const [service, ...services] = this.#chosen;
    if (!service || this.button.disabled) return;
    /** @type {IssueBody} */
    const body = { service, services };
    if (this.priority.value) body.priority = this.priority.value;
    if (this.byHand.checked) {
      if (this.slip.value.trim()) body.number = this.slip.value.trim().toUpperCase();
      body.arrived = this.arrived.value;
    }
    this.#give(body);
  }
}

/**
 * @param {import("./types.js").ServiceInfo} service
 * @param {import("./types.js").StaffCity} city
 * @returns {string | null} what the visit is for: the service's own word, or that of the category that names it
 */
function purposeOf(service, city) {
  const category = city.categories?.find((each) => each.category === service.category);
  const named = Object.entries(category?.purposes ?? {}).find(([, id]) => id === service.service);
  return service.purpose ?? named?.[0] ?? null;
}
