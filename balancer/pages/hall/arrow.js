/** The arrows of the hall, drawn in the colour of the text around them. */

const SVG = "http://www.w3.org/2000/svg";
const RIGHT = "M3 12h17m-7-7 7 7-7 7";
const TURN = "M20 4v9a3 3 0 0 1-3 3H5m6-6-6 6 6 6";

/** @returns {SVGSVGElement} from the number to the desk */
export function arrow() {
  return drawn(RIGHT);
}

/** @returns {SVGSVGElement} the way down to the shelter */
export function turn() {
  return drawn(TURN);
}

/** @param {string} path */
function drawn(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  const look = { d: path, fill: "none", stroke: "currentColor", "stroke-width": "3", "stroke-linejoin": "round" };
  for (const [name, value] of Object.entries(look)) line.setAttribute(name, value);
  svg.append(line);
  return svg;
}
