/** @import { HelpView } from "/pages/kiosk/types.js" */
/** @import { Scene } from "./types.js" */
import { h, setChildren, setText } from "/pages/assets/dom.js";
import { icon } from "/pages/assets/icons.js";

/**
 * Who asked for help at a kiosk: taken with one button, ended with the same; spoken once when it is asked and taken,
 * urgently when nobody took it in time.
 *
 * @typedef {"answer" | "end"} HelpVerb
 *
 * @typedef {object} Row
 * @property {HTMLElement} element
 * @property {(request: HelpView, scene: Scene, off: boolean) => void} draw
 */

const MINUTE_MS = 60_000;

export class HelpPanel {
  /** @type {Map<string, Row>} */
  #rows = new Map();
  #act;

  /** @param {(verb: HelpVerb, device: string, name: string) => void} act */
  constructor(act) {
    this.#act = act;
    this.element = h("ul", { class: "asked", hidden: true });
    this.said = h("p", { class: "sr", role: "status" });
    this.urged = h("p", { class: "sr", "aria-live": "assertive" });
  }

  /** @param {Scene} scene @param {boolean} off no command can be given now */
  update(scene, off) {
    const { help = [] } = scene.room;
    const { words, now } = scene;
    const rows = help.map((request) => {
      const row = this.#rows.get(request.device) ?? this.#newRow();
      this.#rows.set(request.device, row);
      row.draw(request, scene, off);
      return row.element;
    });
    setChildren(this.element, rows);
    this.element.hidden = rows.length === 0;
    for (const device of this.#rows.keys()) if (!help.some((each) => each.device === device)) this.#rows.delete(device);
    const tell = (/** @type {HelpView} */ { name, going }) => [words.helpAsked(name), going ? words.helpGoing(going) : ""].join(" ");
    setText(this.said, help.map(tell).join(" ").trim());
    setText(this.urged, help.filter((each) => !each.going && isLate(each, now)).map(tell).join(" ").trim());
  }

  /** @returns {Row} */
  #newRow() {
    const what = h("b");
    const how = h("span");
    /** @type {HelpView | null} */
    let current = null;
    const press = () => current && this.#act(current.going ? "end" : "answer", current.device, current.name);
    const button = h("button", { type: "button", class: "btn", onclick: press });
    const element = h("li", { class: "banner" }, icon("alert"), h("p", {}, what, " ", how), button);
    return {
      element,
      draw: (request, { words, now }, off) => {
        current = request;
        const { name, since, going } = request;
        const minutes = now === null ? 0 : Math.max(0, Math.floor((now - Date.parse(since)) / MINUTE_MS));
        setText(what, words.helpAsked(name));
        setText(how, going ? words.helpGoing(going) : words.helpWaits(minutes));
        setText(button, going ? words.helpEnd : words.helpGo);
        button.setAttribute("aria-label", `${button.textContent}. ${what.textContent}`);
        button.disabled = off;
        element.classList.toggle("warn", !going && !isLate(request, now));
        element.classList.toggle("stop", !going && isLate(request, now));
      },
    };
  }
}

/** @param {HelpView} request @param {number | null} now city ms */
function isLate({ late_at }, now) {
  return late_at !== null && now !== null && now >= Date.parse(late_at);
}
