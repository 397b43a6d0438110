/** @import { CityFormat } from "/pages/assets/format.js" */
/** @import { Language } from "/pages/assets/types.js" */
/** @import { Seen } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { deskParts } from "./standing.js";
import { placeText } from "./card.js";

/** The call: the whole screen, the desk biggest, until the visitor stands there. */
export class CalledScreen {
  #number = h("span");
  #clock = h("span");
  #who = h("h1", { class: "who" });
  #label = h("span");
  #big = h("b");
  #where = h("p", { class: "where" });
  #until = h("b");
  #after = h("span");
  #late = h("p", { class: "not-in-time" });
  #sound = h("p");
  #coming = false;
  #call = "";

  /** @param {() => void} coming the visitor has seen it */
  constructor(coming) {
    this.go = h("button", {
      type: "button",
      class: "btn main",
      onclick: () => {
        this.#coming = true;
        coming();
      },
    });
    const until = h("p", { class: "until" }, this.#until, this.#after);
    this.element = h(
      "main",
      { class: "called" },
      h("p", { class: "called-top" }, this.#number, this.#clock),
      h("div", { class: "called-middle" }, this.#who, h("p", { class: "desk" }, this.#label, this.#big), this.#where, until),
      h("div", { class: "called-foot" }, this.go, this.#late, this.#sound),
    );
    this.element.hidden = true;
  }

  /** @returns {boolean} whether the visitor has said that he is coming to this very call */
  get answered() {
    return this.#coming;
  }

  /**
   * @param {Seen} seen
   * @param {number} now city ms
   * @param {boolean} sound
   * @param {Language} language
   * @param {CityFormat} format
   * @param {Words} words
   */
  draw({ ticket, guide }, now, sound, language, format, words) {
    const call = `${ticket.id} ${ticket.version}`;
    if (call !== this.#call) this.#coming = false;
    this.#call = call;
    const name = local(guide.desk_name, language) || `${words.deskLabel} ${ticket.desk}`;
    const { label, big } = deskParts(name, ticket.desk ?? "");
    setText(this.#number, words.ticketNumber(ticket.number));
    setText(this.#clock, format.time(now));
    setText(this.#who, this.#coming ? words.waitingForYou : words.called);
    setText(this.#label, label.toLowerCase());
    setText(this.#big, big);
    this.#big.classList.toggle("long", big.length > 3);
    setText(this.#where, placeText(guide, words));
    const until = Date.parse(guide.waits_until ?? "");
    const runs = !Number.isNaN(until) && until > now;
    setText(this.#until, runs ? words.waitsUntil(format.time(until)) : words.waitsAtDesk);
    const { misses, no_show_chances, no_show_back } = guide.lateness;
    const mayMiss = misses < no_show_chances;
    setText(this.#after, runs && mayMiss ? ` ${words.thenAgain}` : "");
    setText(this.#late, mayMiss ? words.notInTime(no_show_back) : words.lastChance);
    setText(this.go, words.iAmComing);
    this.go.hidden = this.#coming;
    setText(this.#sound, sound ? words.soundOn : words.soundOff);
    this.#sound.hidden = this.#coming;
  }
}
