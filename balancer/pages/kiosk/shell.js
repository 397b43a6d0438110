/** @import { Scene } from "./scene.js" */
/** @import { Words } from "./words.js" */
import { h } from "/pages/assets/dom.js";
import { kioskIcon } from "./icons.js";
import { named } from "./offers.js";
import { button, clockTime } from "./scene.js";

/**
 * What stands around every screen: where one is, the time, what is the matter, and the help bar.
 *
 * @typedef {{larger: boolean, contrast: boolean, voice: boolean, lower: boolean}} Comfort what the visitor has switched
 *
 * @typedef {object} Around
 * @property {Words} words
 * @property {Scene | null} scene
 * @property {Comfort} comfort
 * @property {string} note what was just switched, in words
 * @property {string} banner
 * @property {string} staff what reception must know
 * @property {{left: number, share: number} | null} countdown
 */

/**
 * @param {Around} around
 * @param {HTMLElement} screen
 */
export function shell(around, screen) {
  return h("div", { class: "kiosk" }, top(around), notes(around), screen, countdown(around), helpBar(around));
}

/** @param {Around} around */
function top({ scene, words }) {
  const now = scene?.known.now ?? null;
  return h(
    "header",
    { class: "top" },
    h("b", {}, scene ? named(scene.catalogue.branch_name, words.language) : words.title),
    h("span", {}, scene ? words.centre(named(scene.catalogue.city_name, words.language)) : ""),
    h("time", {}, scene && now !== null ? clockTime(now, scene.catalogue) : ""),
  );
}

/** @param {Around} around */
function notes({ banner, note, staff, words }) {
  return h(
    "section",
    { class: "notes", "aria-label": words.notes },
    h("p", { class: "banner warn", hidden: !banner }, banner),
    h("p", { class: "banner", role: "status", hidden: !note }, note),
    h("p", { class: "banner stop", hidden: !staff }, staff),
  );
}

/** @param {Around} around */
function countdown({ countdown: left, words }) {
  if (!left) return h("section", { class: "countdown", hidden: true });
  return h(
    "section",
    { class: "countdown", "aria-label": words.timeLeft },
    h("progress", { max: 1, value: left.share, "aria-hidden": "true" }),
    h("span", { role: "timer" }, words.countdown(left.left)),
    button("more", "more", words.more),
  );
}

/** @param {Around} around */
function helpBar({ words, comfort }) {
  /** @param {string} act @param {boolean} on @param {Node} picture @param {string} text */
  const toggle = (act, on, picture, text) => {
    const made = button(act, on ? "on" : "", picture, h("span", {}, text));
    made.setAttribute("aria-pressed", String(on));
    return made;
  };
  return h(
    "nav",
    { class: "help", "aria-label": words.helpBar },
    toggle(
      "larger",
      comfort.larger,
      h("span", { class: "aa", "aria-hidden": "true" }, "A", h("sup", {}, "+")),
      words.larger,
    ),
    toggle("contrast", comfort.contrast, kioskIcon("contrast"), words.contrast),
    toggle("voice", comfort.voice, kioskIcon("voice"), words.voice),
    toggle("lower", comfort.lower, kioskIcon("low"), words.lower),
    button("help", "", kioskIcon("hand"), h("span", {}, words.help)),
  );
}
