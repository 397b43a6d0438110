import { h, setText } from "/pages/assets/dom.js";

/**
 * A slider with its value in words and a mark where the present plan stands.
 *
 * @typedef {object} Scale
 * @property {string} label
 * @property {number} low
 * @property {number} high
 * @property {number} step
 * @property {number} plan where the present plan stands
 * @property {number} value
 * @property {(value: number) => string} say
 */

let count = 0;

/**
 * @param {Scale} scale
 * @param {(value: number) => void} moved
 * @returns {HTMLElement}
 */
export function slider(scale, moved) {
  const output = h("output", {}, scale.say(scale.value));
  const id = `slider-${(count += 1)}`;
  const input = h("input", {
    id,
    type: "range",
    min: scale.low,
    max: scale.high,
    step: scale.step,
    value: scale.value,
    "aria-valuetext": scale.say(scale.value),
    oninput: () => {
      const words = scale.say(input.valueAsNumber);
      setText(output, words);
      input.setAttribute("aria-valuetext", words);
      moved(input.valueAsNumber);
    },
  });
  const mark = h("i", { class: "mark", "aria-hidden": "true" });
  mark.style.setProperty("--at", String((scale.plan - scale.low) / Math.max(1, scale.high - scale.low)));
  return h(
    "label",
    { class: "slider", for: id },
    h("span", {}, scale.label),
    output,
    h("span", { class: "track" }, mark, input),
    h("small", { "aria-hidden": "true" }, scale.say(scale.low)),
    h("small", { class: "high", "aria-hidden": "true" }, scale.say(scale.high)),
  );
}
