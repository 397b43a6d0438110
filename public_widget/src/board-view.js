/** @import { Standing } from "./standings.js" */
/** @import { RowContext } from "./row-text.js" */
/** @import { Words } from "./words.js" */
import { BranchRow } from "./branch-row.js";
import { h, setChildren, setText } from "./dom.js";
import { icon } from "./icons.js";
import { rowText } from "./row-text.js";

/**
 * The page of the board: a bar with the data's age, the rows, and the sentences around them. It draws what it is given.
 *
 * @typedef {object} Picture
 * @property {Standing[]} open rows of the first list, in the order to show
 * @property {Standing[]} off rows of the second list: unavailable when the order was taken
 * @property {string[]} absent names of the branches that do not offer the service
 * @property {RowContext} context
 * @property {boolean} moved rows stand in another order than in the last picture
 * @property {boolean} orderDiffers
 * @property {boolean} stopped the reader has stopped the updates
 * @property {string} updated the age of the data, in words
 * @property {string} trouble why there are no fresh data, in words, or ""
 * @property {boolean} alarm an air-raid alert is on
 * @property {string} empty what to say where no branch is open, or ""
 *
 * @typedef {object} Acts
 * @property {(branch: string) => void} toggleRow
 * @property {(branch: string) => void} takeTicket
 * @property {() => void} reorder
 * @property {() => void} toggleStop
 */

export class BoardView {
  /** @type {Map<string, BranchRow>} */
  #rows = new Map();
  /** @type {Set<string>} branches whose details are open */
  opened = new Set();
  #acts;

  /** @param {Acts} acts */
  constructor(acts) {
    this.#acts = acts;
    this.alarm = h("p", { class: "banner alarm", role: "alert", hidden: true });
    this.title = h("h2");
    this.age = h("span", { class: "age" });
    this.stop = h("button", { type: "button", class: "text-button", onclick: acts.toggleStop });
    this.trouble = h("p", { class: "banner warn", hidden: true }, icon("clock"), h("span"));
    this.order = h(
      "p",
      { class: "banner order", hidden: true },
      h("span"),
      h("button", { type: "button", class: "text-button", onclick: acts.reorder }),
    );
    this.hint = h("p", { class: "hint" });
    this.head = h("div", { class: "head", "aria-hidden": "true" });
    this.list = h("ol", { class: "rows" });
    this.empty = h("p", { class: "empty" });
    this.offTitle = h("h3", { class: "sub" });
    this.offList = h("ol", { class: "rows" });
    this.absent = h("p", { class: "absent" });
    this.online = h("p", { class: "online" });
    this.body = h(
      "div",
      { class: "body" },
      this.head,
      this.list,
      this.empty,
      this.online,
      this.offTitle,
      this.offList,
      this.absent,
    );
    this.element = h(
      "section",
      { class: "board" },
      this.alarm,
      h("div", { class: "bar" }, this.title, h("p", { class: "fresh" }, this.age, " ", this.stop)),
      this.trouble,
      this.order,
      this.hint,
      this.body,
    );
  }

  /** @param {string} text why there is nothing to draw yet */
  drawWaiting(text) {
    setText(this.title, text);
    for (const part of [this.stop, this.hint, this.body]) part.hidden = true;
  }

  /** @param {Picture} picture */
  draw(picture) {
    for (const part of [this.stop, this.body]) part.hidden = false;
    const { context, open, off, absent } = picture;
    const { words, service } = context;
    this.body.classList.toggle("stale", context.freshness !== "fresh" || picture.stopped);
    this.#drawBar(picture);
    setText(this.hint, service ? "" : words.chooseToSeeWait);
    this.hint.hidden = service !== null;
    this.#drawHead(context, open);
    setChildren(
      this.list,
      open.map((row) => this.#drawRow(row, context)),
    );
    setText(this.empty, picture.empty);
    this.empty.hidden = picture.empty === "";
    setText(this.offTitle, service ? words.offNow : words.offNowAny);
    this.offTitle.hidden = off.length === 0;
    setChildren(
      this.offList,
      off.map((row) => this.#drawRow(row, context)),
    );
    setText(this.absent, absent.length ? words.notOfferedAt(absent.join(", ")) : "");
    this.absent.hidden = absent.length === 0;
    this.#drawOnline(service?.online_url ?? null, words);
  }

  /** @param {Picture} picture */
  #drawBar({ context, updated, stopped, trouble, orderDiffers, alarm }) {
    const { words } = context;
    setText(this.title, context.service ? words.fastestFirst : words.branchesNow);
    setText(this.age, updated);
    setText(this.stop, stopped ? words.resume : words.stop);
    setText(this.trouble.lastElementChild ?? this.trouble, trouble);
    this.trouble.hidden = trouble === "";
    this.order.hidden = !orderDiffers;
    setText(this.order.children[0] ?? this.order, words.orderChanged);
    setText(this.order.children[1] ?? this.order, words.refresh);
    if (alarm === !this.alarm.hidden) return;
    this.alarm.replaceChildren(
      ...(alarm ? [icon("siren"), h("span", {}, h("b", {}, words.alarmTitle), ` ${words.alarmText}`)] : []),
    );
    this.alarm.hidden = !alarm;
  }

  /**
   * @param {RowContext} context
   * @param {Standing[]} open
   */
  #drawHead({ words, scale, service }, open) {
    this.head.hidden = open.length === 0;
    this.element.classList.toggle("with-service", service !== null);
    const scaled = service !== null && open.some((row) => row.wait);
    const marks = [0, 1, 2, 3, 4].map(
      (quarter) => `${(scale / 4) * quarter}${quarter === 4 ? ` ${words.minutesUnit}` : ""}`,
    );
    const key = JSON.stringify([words.branchColumn, service !== null, scaled && marks]);
    if (this.head.dataset.key === key) return;
    this.head.dataset.key = key;
    this.head.replaceChildren(
      h("span", { class: "who" }, words.branchColumn),
      h("span", { class: "when" }, service ? words.waitColumn : words.waitingColumn),
      h("span", { class: "scale" }, ...(scaled ? marks.map((each) => h("span", {}, each)) : [])),
      h("span", { class: "counts" }, service && h("span", {}, words.waitingColumn), h("span", {}, words.desksColumn)),
    );
  }

  /**
   * @param {Standing} standing
   * @param {RowContext} context
   */
  #drawRow(standing, context) {
    const { branch } = standing.info;
    let row = this.#rows.get(branch);
    if (!row) {
      row = new BranchRow(
        branch,
        () => this.#acts.toggleRow(branch),
        () => this.#acts.takeTicket(branch),
      );
      this.#rows.set(branch, row);
    }
    row.update(rowText(standing, context), {
      open: this.opened.has(branch),
      off: standing.group === "off",
      best: standing === context.best,
      taking: context.taking,
      words: context.words,
    });
    return row.element;
  }

  /**
   * @param {string | null} url
   * @param {Words} words
   */
  #drawOnline(url, words) {
    this.online.hidden = url === null;
    if (url === null || this.online.querySelector("a")?.href === url) return;
    this.online.replaceChildren(h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words.online));
  }

  /** Forgets the rows, so that they are drawn afresh (another language, another city). */
  reset() {
    this.#rows.clear();
    this.alarm.hidden = true;
    this.online.replaceChildren();
  }
}
