/** @import { RowText } from "./row-text.js" */
/** @import { Words } from "./words.js" */
import { h, setAttribute, setChildren, setText } from "./dom.js";
import { icon } from "./icons.js";

/** One branch on the board: built once, then only what has changed is written, in place. */
export class BranchRow {
  #chips = "";
  #level = "";
  #details = "";

  /**
   * @param {string} branch
   * @param {() => void} toggle shows or hides the details
   * @param {() => void} take takes a ticket here
   */
  constructor(branch, toggle, take) {
    this.mark = h("p", { class: "mark" });
    this.name = h("span");
    this.button = h(
      "button",
      { type: "button", class: "name", "aria-controls": `more-${branch}`, onclick: toggle },
      this.name,
    );
    this.load = h("span", { class: "load" });
    this.chips = h("p", { class: "chips" });
    this.number = h("b", { class: "num" });
    this.unit = h("span", { class: "unit" });
    this.below = h("span", { class: "below" });
    this.seen = h("span", {}, this.number, " ", this.unit, this.below);
    this.spoken = h("span", { class: "sr" });
    this.strip = h(
      "div",
      { class: "strip", "aria-hidden": "true" },
      h("i", { class: "wait" }),
      h("i", { class: "maybe" }),
    );
    this.message = h("p", { class: "message" });
    this.counts = h("dl", { class: "counts" });
    this.how = h("div", { class: "how" }, this.strip, this.message);
    this.take = h("button", { type: "button", class: "btn", hidden: true, onclick: take });
    this.details = h("div", { class: "details" });
    this.more = h("div", { class: "more", id: `more-${branch}` }, this.details, this.take);
    this.line = h(
      "div",
      { class: "line" },
      h("div", { class: "who" }, this.mark, h("h3", {}, this.button), this.chips),
      h("p", { class: "when" }, this.seen, this.spoken),
      this.how,
      this.counts,
      h("span", { class: "arrow" }, icon("down")),
    );
    this.element = h("li", { class: "row", "data-branch": branch }, this.line, this.more);
  }

  /**
   * @param {RowText} text
   * @param {{open: boolean, off: boolean, best: boolean, taking: boolean, words: Words}} how
   */
  update(text, { open, off, best, taking, words }) {
    this.element.classList.toggle("open", open);
    this.element.classList.toggle("off", off);
    this.more.hidden = !open;
    setAttribute(this.button, "aria-expanded", String(open));
    setText(this.name, text.name);
    setText(this.mark, text.mark);
    this.mark.hidden = text.mark === "";
    this.#updateWhen(text.when);
    this.#updateChips(text);
    this.#updateStrip(text);
    setText(this.message, text.message);
    this.message.hidden = text.message === "";
    this.#updateCounts(text.counts);
    this.#updateDetails(text, words);
    this.take.hidden = !text.ticket;
    this.take.disabled = taking;
    this.take.classList.toggle("main", best);
    setText(this.take, taking ? words.taking : words.takeTicket);
    setAttribute(this.take, "aria-label", taking ? null : words.takeTicketAt(text.name));
  }

  /** @param {RowText["when"]} when */
  #updateWhen(when) {
    setText(this.number, when.number);
    setText(this.unit, when.unit);
    setText(this.below, when.below);
    setText(this.spoken, when.spoken);
    this.number.classList.toggle("word", !when.big);
    setAttribute(this.seen, "aria-hidden", when.spoken ? "true" : null);
  }

  /** @param {RowText} text */
  #updateChips({ load, tie, chips }) {
    const key = JSON.stringify([load, tie, chips]);
    if (key === this.#chips) return;
    this.#chips = key;
    const items = chips.map((chip) =>
      h("span", { class: `chip ${chip.tone}` }, chip.icon && icon(chip.icon), chip.text),
    );
    const vessel = load && h("span", { class: `load is-${load.level}` }, icon(load.level), load.text);
    const parts = [vessel, tie && h("span", { class: "tie" }, tie), ...items];
    this.chips.replaceChildren(...parts.flatMap((part) => part || []));
    this.chips.hidden = this.chips.childElementCount === 0;
  }

  /** @param {RowText} text */
  #updateStrip({ strip, load }) {
    this.strip.hidden = strip === null;
    this.how.classList.toggle("scaled", strip !== null);
    if (!strip) return;
    this.strip.style.setProperty("--low", strip.low.toFixed(4));
    this.strip.style.setProperty("--high", strip.high.toFixed(4));
    if (load?.level === this.#level) return;
    this.#level = load?.level ?? "";
    this.strip.className = `strip is-${this.#level}`;
  }

  /** @param {RowText["counts"]} counts */
  #updateCounts(counts) {
    this.counts.hidden = counts.length === 0;
    if (this.counts.childElementCount !== counts.length) {
      setChildren(
        this.counts,
        counts.map(() => h("div", {}, h("dt"), h("dd", {}, h("span"), h("small")))),
      );
    }
    counts.forEach(({ label, value, rest }, place) => {
      const [dt, number, small] = this.counts.children[place]?.querySelectorAll("dt, dd span, dd small") ?? [];
      if (!dt || !number || !small) return;
      setText(dt, label);
      setText(number, value);
      setText(small, rest);
    });
  }

  /**
   * @param {RowText} text
   * @param {Words} words
   */
  #updateDetails(text, words) {
    const key = JSON.stringify([
      text.address,
      text.directions,
      text.hours,
      text.facilities,
      text.queues,
      words.directions,
    ]);
    if (key === this.#details) return;
    this.#details = key;
    const link =
      text.directions &&
      h(
        "a",
        {
          href: text.directions,
          target: "_blank",
          rel: "noopener noreferrer",
          "aria-label": words.directionsTo(text.name),
        },
        words.directions,
      );
    const place = text.address && h("p", { class: "place" }, text.address, link && " ", link);
    const facts = [text.hours, ...text.facilities].filter(Boolean);
    const waits = text.queues.map(({ name, value }) => h("div", {}, h("dt", {}, name), h("dd", {}, value)));
    const queues =
      waits.length > 0 && h("div", { class: "queues" }, h("h4", {}, words.queuesHere), h("dl", {}, ...waits));
    const parts = [queues, place, facts.length > 0 && h("p", { class: "facts" }, facts.join(" · "))];
    this.details.replaceChildren(...parts.flatMap((part) => part || []));
  }
}
