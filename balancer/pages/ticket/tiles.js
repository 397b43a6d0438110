/** @import { Guide } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setAttribute, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { shape } from "./shapes.js";

/** What one can do with a ticket: find the way, put it into the calendar, show it at the entrance. */

const MAP = "https://www.openstreetmap.org/search?query=";

export class Tiles {
  #way = h("a", { target: "_blank", rel: "noreferrer noopener" }, shape("walk"));
  #calendar;
  #qr = h("button", { type: "button", "aria-expanded": "false", onclick: () => this.#toggle() }, shape("qr"));
  #texts = [h("span"), h("span"), h("span")];
  #image = h("img", { width: 220, height: 220, alt: "" });
  #how = h("p");
  #panel = h("div", { id: "qr-panel", class: "box qr-panel" }, this.#image, this.#how);
  #trouble = h("p", { class: "trouble", role: "alert" });

  /** @param {() => Promise<string>} addToCalendar answers what went wrong, or "" */
  constructor(addToCalendar) {
    this.#calendar = h(
      "button",
      { type: "button", onclick: async () => setText(this.#trouble, await addToCalendar()) },
      shape("clock"),
    );
    [this.#way, this.#calendar, this.#qr].forEach((tile, place) => tile.append(this.#texts[place] ?? ""));
    this.#qr.setAttribute("aria-controls", "qr-panel");
    this.#panel.hidden = true;
    this.nav = h("nav", { class: "tiles" }, this.#way, this.#calendar, this.#qr);
    this.element = h("div", { class: "tile-area" }, this.nav, this.#trouble, this.#panel);
  }

  /**
   * @param {Guide} guide
   * @param {{active: boolean, hasTimes: boolean}} state
   * @param {Words} words
   */
  draw(guide, { active, hasTimes }, words) {
    this.element.hidden = !active;
    setAttribute(this.nav, "aria-label", words.actions);
    const place = `${local(guide.address, "uk")}, ${local(guide.city_name, "uk")}`;
    setAttribute(this.#way, "href", MAP + encodeURIComponent(place));
    setAttribute(this.#way, "aria-label", `${words.directions} (${words.directionsNote})`);
    this.#calendar.disabled = !hasTimes;
    const labels = [words.directions, words.calendar, words.qr];
    this.#texts.forEach((text, index) => setText(text, labels[index] ?? ""));
    if (!this.#panel.hidden) setAttribute(this.#image, "src", qrOf(guide.number));
    setAttribute(this.#image, "alt", words.qrAlt);
    setText(this.#how, words.qrHow(guide.number));
  }

  #toggle() {
    this.#panel.hidden = !this.#panel.hidden;
    this.#qr.setAttribute("aria-expanded", String(!this.#panel.hidden));
    this.element.dispatchEvent(new Event("redraw", { bubbles: true }));
  }
}

/**
 * @param {string} number
 * @returns {string} the picture of a code that names the ticket and does not open it: reception has its own key
 */
function qrOf(number) {
  return `/qr.svg?text=${encodeURIComponent(number)}`;
}
