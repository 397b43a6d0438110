/** @import { CityInfo, Language, ServiceInfo } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setAttribute, setText } from "./dom.js";
import { local } from "./format.js";
import { icon } from "./icons.js";
import { findServices } from "./service-search.js";

/**
 * A searchable choice of one service, after the ARIA combobox pattern: type to narrow, arrows to move, Enter to choose,
 * Escape to close, then to restore. The field always shows the service in force once focus has left.
 */
export class ServicePicker {
  /** @type {CityInfo | null} */
  #city = null;
  /** @type {Language} */
  #language = "uk";
  /** @type {Words | null} */
  #words = null;
  /** @type {string | null} */
  #chosen = null;
  /** @type {ServiceInfo[]} */
  #found = [];
  #active = -1;
  #choose;

  /** @param {(service: string | null) => void} choose the reader has chosen, or has cleared the field */
  constructor(choose) {
    this.#choose = choose;
    this.label = h("label", { for: "service", class: "label" });
    this.input = h("input", {
      id: "service",
      type: "text",
      role: "combobox",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      "aria-expanded": "false",
      "aria-controls": "services",
      "aria-autocomplete": "list",
      oninput: () => this.#open(),
      onclick: () => this.#open(),
      onkeydown: (event) => this.#key(event),
    });
    this.clear = h(
      "button",
      { type: "button", class: "clear", hidden: true, onclick: () => this.#clear() },
      icon("cross"),
    );
    this.list = h("ul", {
      id: "services",
      role: "listbox",
      hidden: true,
      onpointerdown: (event) => event.preventDefault(),
    });
    this.status = h("p", { class: "sr", role: "status" });
    this.field = h("div", { class: "field" }, icon("search"), this.input, this.clear);
    this.element = h(
      "div",
      { class: "ask", onfocusout: (event) => this.#leave(event) },
      this.label,
      this.field,
      this.list,
      this.status,
    );
  }

  /**
   * @param {CityInfo | null} city
   * @param {string | null} service the one in force
   * @param {Language} language
   * @param {Words} words
   */
  update(city, service, language, words) {
    const same =
      city === this.#city && language === this.#language && service === this.#chosen && words === this.#words;
    if (same) return;
    [this.#city, this.#chosen, this.#language, this.#words] = [city, service, language, words];
    setText(this.label, words.service);
    setAttribute(this.input, "placeholder", words.chooseService);
    setAttribute(this.clear, "aria-label", words.clear);
    setAttribute(this.list, "aria-label", words.service);
    if (this.list.hidden) this.#restore();
    else this.#open();
  }

  #name() {
    const service = this.#city?.services.find((each) => each.service === this.#chosen);
    return service ? local(service.name, this.#language) : "";
  }

  #restore() {
    this.input.value = this.#name();
    this.#close();
  }

  #close() {
    this.list.hidden = true;
    this.#active = -1;
    setAttribute(this.input, "aria-expanded", "false");
    setAttribute(this.input, "aria-activedescendant", null);
    setAttribute(this.clear, "hidden", this.input.value === "");
    setText(this.status, "");
  }

  /** Shows what fits; an untouched field shows everything, so that a click never hides the other choices. */
  #open() {
    if (!this.#city || !this.#words) return;
    const text = this.input.value === this.#name() ? "" : this.input.value;
    this.#found = findServices(this.#city.services, text, this.#language);
    this.list.replaceChildren(...(this.#found.length ? this.#options(text !== "") : [this.#nothing()]));
    this.list.hidden = false;
    setAttribute(this.input, "aria-expanded", "true");
    setAttribute(this.clear, "hidden", this.input.value === "");
    setText(this.status, this.#words.servicesFound(this.#found.length));
    const chosen = text ? 0 : this.#found.findIndex((each) => each.service === this.#chosen);
    this.#activate(this.#found.length ? chosen : -1);
  }

  #nothing() {
    return h(
      "li",
      { class: "nothing", role: "option", "aria-disabled": "true", "aria-selected": "false" },
      this.#words?.noSuchService(this.#city?.contact ?? ""),
    );
  }

  /** @param {boolean} searched whether the options are a search's results, which show their category each */
  #options(searched) {
    const categories = new Map(
      (this.#city?.categories ?? []).map((each) => [each.category, local(each.name, this.#language)]),
    );
    /** @type {HTMLLIElement[]} */
    const items = [];
    let last = "";
    this.#found.forEach((service, place) => {
      const category = categories.get(service.category ?? "") ?? "";
      if (!searched && category && category !== last)
        items.push(h("li", { class: "category", role: "presentation" }, category));
      last = category;
      items.push(
        h(
          "li",
          {
            id: `option-${place}`,
            role: "option",
            "aria-selected": String(service.service === this.#chosen),
            onclick: () => this.#pick(place),
          },
          h("span", {}, local(service.name, this.#language)),
          searched && category && h("small", {}, category),
        ),
      );
    });
    return items;
  }

  /** @param {number} place */
  #activate(place) {
    this.list.querySelector(".active")?.classList.remove("active");
    this.#active = place;
    const option = this.list.querySelector(`#option-${place}`);
    option?.classList.add("active");
    option?.scrollIntoView({ block: "nearest" });
    setAttribute(this.input, "aria-activedescendant", option?.id);
  }

  /** @param {number} place */
  #pick(place) {
    const service = this.#found[place];
    if (!service) return;
    this.#chosen = service.service;
    this.#restore();
    this.#choose(service.service);
  }

  #clear() {
    this.input.value = "";
    this.#chosen = null;
    this.#choose(null);
    this.input.focus();
    this.#open();
  }

  /** @param {FocusEvent} event */
  #leave(event) {
    if (event.relatedTarget instanceof Node && this.element.contains(event.relatedTarget)) return;
    if (this.input.value.trim() === "" && this.#chosen !== null) {
      this.#chosen = null;
      this.#choose(null);
    }
    this.#restore();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const open = !this.list.hidden;
    const last = this.#found.length - 1;
    const moves = {
      ArrowDown: () => (open ? this.#activate(this.#active >= last ? 0 : this.#active + 1) : this.#open()),
      ArrowUp: () => (open ? this.#activate(this.#active <= 0 ? last : this.#active - 1) : this.#open()),
      PageDown: () => open && this.#activate(Math.min(last, this.#active + 8)),
      PageUp: () => open && this.#activate(Math.max(0, this.#active - 8)),
      Enter: () => open && this.#pick(this.#active),
      Escape: () => this.#restore(),
    };
    const move = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (!move || event.isComposing) return;
    if (event.key !== "Escape" || open) event.preventDefault();
    move();
  }
}
