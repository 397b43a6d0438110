/** @import { Words } from "./words.js" */
import { h, setText } from "/pages/assets/dom.js";

/** Something happened in the hall: which kind, and in a few words. */

const CATEGORIES = /** @type {const} */ (["conflict", "gift_refused", "register_down", "other"]);

export class IncidentPanel {
  /**
   * @param {(body: {category: string, text: string}) => void} record
   * @param {() => void} close
   */
  constructor(record, close) {
    this.title = h("h2");
    this.close = h("button", { type: "button", class: "plain", onclick: close });
    this.kinds = CATEGORIES.map((category) => {
      const text = h("span");
      const input = h("input", { type: "radio", name: "category", value: category, required: true });
      return { category, text, input, element: h("label", { class: "tick" }, input, text) };
    });
    this.label = h("label", { for: "happened" });
    this.text = h("textarea", { id: "happened", rows: 4, maxlength: 500, "aria-describedby": "happened-hint" });
    this.hint = h("p", { class: "aside", id: "happened-hint" });
    this.button = h("button", { type: "submit", class: "btn main" });
    this.group = h("fieldset", {}, h("legend", { class: "sr" }), ...this.kinds.map((each) => each.element));
    this.element = h(
      "form",
      {
        class: "inner incident",
        onkeydown: (event) => event.key === "Escape" && close(),
        onsubmit: (event) => {
          event.preventDefault();
          const chosen = this.kinds.find(({ input }) => input.checked);
          if (chosen) record({ category: chosen.category, text: this.text.value.trim() });
        },
      },
      h("div", { class: "head" }, this.title, this.close),
      this.group,
      this.label,
      this.text,
      this.hint,
      this.button,
    );
  }

  open() {
    for (const { input } of this.kinds) input.checked = false;
    this.text.value = "";
    this.kinds[0]?.input.focus();
  }

  /**
   * @param {Words} words
   * @param {boolean} off
   */
  update(words, off) {
    setText(this.title, words.incidentTitle);
    setText(this.close, words.close);
    setText(this.group.firstElementChild ?? this.group, words.incidentTitle);
    for (const { category, text } of this.kinds) setText(text, words.categories[category]);
    setText(this.label, words.whatHappened);
    setText(this.hint, words.whatHappenedHint);
    setText(this.button, words.incident);
    this.button.disabled = off;
  }
}
