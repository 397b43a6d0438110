import { icon } from "/pages/assets/icons.js";

/** Icons that only a kiosk has, beside the house's own. A box is 16 × 16, drawn in the colour of the text. */

const LINE = {
  fill: "none",
  stroke: "currentColor",
  "stroke-width": "1.7",
  "stroke-linecap": "round",
  "stroke-linejoin": "round",
};

/** @type {Record<string, [string, Record<string, string>][]>} */
const OWN = {
  left: [["path", { d: "M10 3.5 5.5 8l4.5 4.5", ...LINE }]],
  voice: [
    ["path", { d: "M2 5.8h2.6L8.4 2.6v10.8L4.6 10.2H2z", fill: "currentColor" }],
    ["path", { d: "M10.6 5.4a3.6 3.6 0 0 1 0 5.2M12.6 3.4a6.4 6.4 0 0 1 0 9.2", ...LINE }],
  ],
  low: [["path", { d: "M8 2v9.5M3.8 7.6 8 11.8l4.2-4.2M3 14.2h10", ...LINE }]],
  contrast: [
    ["circle", { cx: "8", cy: "8", r: "6.2", ...LINE }],
    ["path", { d: "M8 1.8a6.2 6.2 0 0 1 0 12.4z", fill: "currentColor" }],
  ],
  hand: [
    ["circle", { cx: "8", cy: "8", r: "6.6", ...LINE }],
    ["path", { d: "M6 6.3a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4", ...LINE }],
    ["circle", { cx: "8", cy: "11.7", r: "1", fill: "currentColor" }],
  ],
  info: [
    [
      "path",
      {
        d: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM7.1 6.8h1.8v5H7.1zM7 3.8h2v1.9H7z",
        "fill-rule": "evenodd",
        fill: "currentColor",
      },
    ],
  ],
};

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} name
 * @returns {SVGElement} hidden from screen readers: a word always stands beside it
 */
export function kioskIcon(name) {
  const shapes = OWN[name];
  if (!shapes) return icon(/** @type {import("/pages/assets/icons.js").IconName} */ (name));
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of [
    ["viewBox", "0 0 16 16"],
    ["class", "g"],
    ["aria-hidden", "true"],
  ])
    svg.setAttribute(String(key), String(value));
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    svg.append(shape);
  }
  return svg;
}
