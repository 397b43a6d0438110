/**
 * Icons as data, drawn in the colour of the text around them. Each shape: tag, then its attributes. A box is 16 × 16.
 *
 * @typedef {[string, Record<string, string | number>]} Shape
 */

const LINE = {
  fill: "none",
  stroke: "currentColor",
  "stroke-width": 1.8,
  "stroke-linecap": "round",
  "stroke-linejoin": "round",
};
const FILL = { fill: "currentColor" };

/** @satisfies {Record<string, Shape[]>} */
const ICONS = {
  quiet: [["circle", { cx: 8, cy: 8, r: 6, ...LINE, "stroke-width": 2 }]],
  moderate: [
    ["circle", { cx: 8, cy: 8, r: 6, ...LINE, "stroke-width": 2 }],
    ["path", { d: "M2 8a6 6 0 0 0 12 0z", ...FILL }],
  ],
  busy: [["circle", { cx: 8, cy: 8, r: 7, ...FILL }]],
  pause: [
    ["rect", { x: 3.5, y: 2.5, width: 3, height: 11, rx: 0.8, ...FILL }],
    ["rect", { x: 9.5, y: 2.5, width: 3, height: 11, rx: 0.8, ...FILL }],
  ],
  bolt: [["path", { d: "M9.5 1 3 9.2h4L6.2 15 13 6.6H8.8z", ...FILL }]],
  clock: [
    ["circle", { cx: 8, cy: 8, r: 6.2, ...LINE }],
    ["path", { d: "M8 4.6V8l2.4 1.6", ...LINE }],
  ],
  shelter: [
    ["path", { d: "M1.8 7.4 8 2.2l6.2 5.2", ...LINE }],
    ["path", { d: "M8 6.6v6M5.4 10.2 8 12.8l2.6-2.6", ...LINE }],
  ],
  siren: [
    [
      "path",
      {
        d: "M4 12V8.5a4 4 0 0 1 8 0V12zM2.5 13h11v1.8h-11zM7.2.8h1.6v2H7.2zM1.3 4.2l1-1.1 1.6 1.3-1 1.2zM12.1 4.4l1.6-1.3 1 1.1-1.6 1.4z",
        ...FILL,
      },
    ],
  ],
  down: [["path", { d: "m3.5 6 4.5 4.5L12.5 6", ...LINE }]],
  search: [
    ["circle", { cx: 7, cy: 7, r: 4.6, ...LINE }],
    ["path", { d: "m10.6 10.6 3.6 3.6", ...LINE }],
  ],
  cross: [["path", { d: "m4 4 8 8m0-8-8 8", ...LINE }]],
  check: [["path", { d: "m3 8.6 3.4 3.4L13 4.6", ...LINE, "stroke-width": 2 }]],
  replay: [["path", { d: "M3 8a5 5 0 1 0 1.6-3.7M4.4 1.6v3h3", ...LINE }]],
  alert: [
    ["path", { d: "M8 1.4 15.2 14H.8zM7.1 5.6v4.2h1.8V5.6zm0 5.2v1.7h1.8v-1.7z", "fill-rule": "evenodd", ...FILL }],
  ],
};

/** @typedef {keyof typeof ICONS} IconName */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {IconName} name
 * @returns {SVGSVGElement} hidden from screen readers: a word always stands beside it
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "g");
  svg.setAttribute("aria-hidden", "true");
  for (const [tag, attributes] of ICONS[name]) {
    const shape = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, String(value));
    svg.append(shape);
  }
  return svg;
}
