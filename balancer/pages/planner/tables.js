import { h } from "/pages/assets/dom.js";

/**
 * @param {string[]} heads
 * @param {(string | Node)[][]} rows the first cell of each names it
 * @param {string} caption for readers who hear the table
 * @returns {HTMLTableElement}
 */
export function table(heads, rows, caption) {
  return h(
    "table",
    {},
    h("caption", { class: "sr" }, caption),
    h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
    h(
      "tbody",
      {},
      ...rows.map(([name, ...cells]) =>
        h("tr", {}, h("th", { scope: "row" }, name ?? ""), ...cells.map((cell) => h("td", {}, cell))),
      ),
    ),
  );
}

/**
 * A table that unfolds: the data behind a picture.
 *
 * @param {string} label
 * @param {HTMLTableElement} content
 */
export function folded(label, content) {
  return h("details", {}, h("summary", {}, label), h("div", { class: "wide", tabindex: 0, role: "region", "aria-label": label }, content));
}

/**
 * @param {string} text
 * @param {string} note
 * @param {...(Node)} key what the colours mean
 * @returns {HTMLElement}
 */
export function heading(text, note, ...key) {
  return h(
    "div",
    { class: "head" },
    h("h2", {}, text),
    h("span", { class: "aside" }, note),
    key.length ? h("span", { class: "key" }, ...key) : null,
  );
}

/**
 * @param {string} kind a class that draws the sample
 * @param {string} text
 */
export function keyItem(kind, text) {
  return h("span", {}, h("i", { class: `sample ${kind}`, "aria-hidden": "true" }), text);
}
