/** Three icons that only this page needs; the others stand in assets/icons.js. A box is 16 × 16. */

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  walk: [
    ["circle", { cx: "9", cy: "2.4", r: "1.6", fill: "currentColor" }],
    [
      "path",
      {
        d: "m8.4 5.2-2.6 2v2.2M8.4 5.2l.4 4 2.6 5.2M8.8 9.2 7 11l-1.8 3.4M8.6 5.6l1.6 2 2 .6",
        fill: "none",
        stroke: "currentColor",
        "stroke-width": "1.6",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
      },
    ],
  ],
  clock: [
    ["circle", { cx: "8", cy: "8", r: "6.2", fill: "none", stroke: "currentColor", "stroke-width": "1.8" }],
    ["path", { d: "M8 4.6V8l2.4 1.6", fill: "none", stroke: "currentColor", "stroke-width": "1.8" }],
  ],
  qr: [
    [
      "path",
      {
        d: "M1.5 1.5h5v5h-5zm1.6 1.6v1.8h1.8V3.1zM9.5 1.5h5v5h-5zm1.6 1.6v1.8h1.8V3.1zM1.5 9.5h5v5h-5zm1.6 1.6v1.8h1.8v-1.8zM9.5 9.5h2v2h-2zm3 0h2v2h-2zm-3 3h2v2h-2zm3 0h2v2h-2z",
        fill: "currentColor",
        "fill-rule": "evenodd",
      },
    ],
  ],
};

/**
 * @param {keyof typeof SHAPES} name
 * @returns {SVGSVGElement} hidden from screen readers: a word always stands beside it
 */
export function shape(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", class: "g", "aria-hidden": "true" }))
    svg.setAttribute(key, value);
  for (const [tag, attributes] of /** @type {[string, Record<string, string>][]} */ (SHAPES[name])) {
    const part = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
    svg.append(part);
  }
  return svg;
}
