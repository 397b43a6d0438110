/** @import { DeskRoom } from "./types.js" */
/** @import { Slot } from "./keys.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";
import { KEYS } from "./keys.js";
import { alive, mainVerb } from "./verbs.js";

/** The action pad: sixteen keys that stand where they stand on the numeric keypad. Dead ones dim and stay. */
export class Pad {
  /** @type {Map<Slot, {button: HTMLButtonElement, label: HTMLElement}>} */
  #keys = new Map();

  /** @param {(slot: Slot) => void} press */
  constructor(press) {
    this.hint = h("p", { class: "hint" });
    this.element = h("div", { class: "pad", role: "group" }, this.hint);
    for (const { slot, cap, letter } of KEYS) {
      const label = h("span");
      const caps = h(
        "span",
        { class: "caps", "aria-hidden": "true" },
        h("kbd", {}, cap),
        letter && h("kbd", { class: "letter" }, letter),
      );
      const button = h(
        "button",
        { type: "button", class: `key ${slot}`, "data-slot": slot, onclick: () => press(slot) },
        caps,
        label,
      );
      this.#keys.set(slot, { button, label });
      this.element.append(button);
    }
    this.small = h("small");
  }

  /** @returns {HTMLButtonElement} the key that Enter presses */
  get main() {
    return /** @type {{button: HTMLButtonElement}} */ (this.#keys.get("main")).button;
  }

  /**
   * @param {DeskRoom} room
   * @param {Words} words
   * @param {boolean} off no command can be given now
   */
  update(room, words, off) {
    setText(this.hint, words.padHint);
    this.element.setAttribute("aria-label", words.pad);
    const living = alive(room);
    for (const [slot, { button, label }] of this.#keys) {
      if (slot === "main") label.replaceChildren(...this.#mainLabel(room, words));
      else setText(label, labelOf(slot, room, words));
      const dead = off || !living[slot];
      if (button.disabled !== dead) button.disabled = dead;
    }
  }

  /**
   * @param {DeskRoom} room
   * @param {Words} words
   */
  #mainLabel(room, words) {
    const verb = mainVerb(room);
    const next = room.line[0];
    const after =
      verb === "finish"
        ? next && words.nextCalls(next.number)
        : verb === "call-next" && (next ? next.number : words.lineEmpty);
    setText(this.small, after || "");
    return after ? [words.verbs[verb], this.small] : [words.verbs[verb]];
  }
}

/**
 * @param {Exclude<Slot, "main">} slot
 * @param {DeskRoom} room
 * @param {Words} words
 * @returns {string}
 */
function labelOf(slot, room, words) {
  if (slot === "break") return room.desk.state === "paused" ? words.verbs.resume : words.slots.break;
  if (slot === "payment") return room.ticket?.paying_since ? words.verbs.paid : words.slots.payment;
  if (slot === "find" || slot === "register" || slot === "priority") return words.slots[slot];
  return words.verbs[slot];
}
