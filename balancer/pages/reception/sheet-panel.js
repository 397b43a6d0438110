/** @import { Scene } from "./types.js" */
import { h, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";

/**
 * Numbers for a blackout: taken beforehand, printed as a sheet, written out by hand, entered later.
 *
 * @typedef {{lease: string, day: string, slips: {number: string, queue: string, letter: string}[]}} Lease
 */

const COUNTS = [10, 20, 50];

export class SheetPanel {
  /** @type {Lease | null} */
  lease = null;

  /**
   * @param {(count: number) => void} take
   * @param {() => void} close
   */
  constructor(take, close) {
    this.title = h("h2");
    this.close = h("button", { type: "button", class: "plain", onclick: close });
    this.hint = h("p", { class: "aside" });
    this.label = h("label", { for: "sheet-count" });
    this.count = h("select", { id: "sheet-count" }, ...COUNTS.map((each) => h("option", { value: each }, String(each))));
    this.button = h("button", { type: "submit", class: "btn main" });
    this.caption = h("caption");
    this.head = h("tr");
    this.rows = h("tbody");
    this.table = h("table", { class: "sheet", hidden: true }, this.caption, h("thead", {}, this.head), this.rows);
    this.element = h(
      "form",
      {
        class: "inner",
        onkeydown: (event) => event.key === "Escape" && close(),
        onsubmit: (event) => {
          event.preventDefault();
          take(Number(this.count.value));
        },
      },
      h("div", { class: "head" }, this.title, this.close),
      this.hint,
      this.label,
      this.count,
      this.button,
      this.table,
    );
  }

  open() {
    this.lease = null;
    this.count.focus();
  }

  /**
   * @param {Scene} scene
   * @param {boolean} off
   */
  update({ branch, language, words }, off) {
    setText(this.title, words.sheetTitle);
    setText(this.close, words.close);
    setText(this.hint, words.sheetHint);
    setText(this.label, words.sheetCount);
    setText(this.button, words.sheetTake);
    this.button.disabled = off;
    const { lease } = this;
    this.table.hidden = lease === null;
    if (!lease) return;
    setText(this.caption, words.sheetOf(local(branch.name, language), lease.day));
    const key = `${lease.lease} ${language}`;
    if (this.table.dataset.key === key) return;
    this.table.dataset.key = key;
    this.head.replaceChildren(...words.sheetColumns.map((column) => h("th", { scope: "col" }, column)));
    this.rows.replaceChildren(...lease.slips.map(({ number }) => h("tr", {}, h("th", { scope: "row" }, number), h("td"), h("td"))));
  }
}
