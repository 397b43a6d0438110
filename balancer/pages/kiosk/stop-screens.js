/** @import { Standing } from "./offers.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Words } from "./words.js" */
import { h } from "/pages/assets/dom.js";
import { kioskIcon } from "./icons.js";
import { button, head, speaker, waitText, whenText } from "./scene.js";

/** The screens on which no ticket can be had, each with its reason and a way out. */

/** @param {Words} words @param {{forbidden: boolean}} why before the server has ever answered */
export function noDataScreen(words, { forbidden }) {
  return h(
    "main",
    { class: "screen stop", "data-key": "no_data" },
    kioskIcon("alert"),
    h("h1", { tabindex: -1 }, words.noDataTitle),
    h("p", {}, forbidden ? words.forbidden : words.noDataHint),
  );
}

/** @param {Scene} scene covers everything */
export function alarmScreen(scene) {
  const { words, view, catalogue } = scene;
  const after = view.resumes_at ? words.resumes(whenText(view.resumes_at, scene)) : words.alarmAfter;
  return h(
    "main",
    { class: "screen alarm", "data-key": "alarm" },
    h(
      "div",
      { role: "alert" },
      kioskIcon("siren"),
      h("h1", { tabindex: -1 }, words.alarmTitle),
      h("p", { class: "go-to" }, words.alarmGo),
      catalogue.shelter_way ? h("p", { class: "way" }, speaker(scene)(catalogue.shelter_way)) : null,
      h("p", {}, words.alarmPlace),
      h("p", {}, after),
    ),
  );
}

/** @param {Scene} scene @param {Exclude<Standing, "no_data" | "alarm" | "open">} standing */
export function shutScreen(scene, standing) {
  const { words, view } = scene;
  const opens = whenText(view.opens_at, scene);
  const said = {
    paused: { icon: "pause", title: words.pausedTitle, text: view.reason ?? words.pausedHint },
    closed: { icon: "clock", title: words.closedTitle, text: opens ? words.opens(opens) : "" },
    full: { icon: "clock", title: words.fullTitle, text: words.fullHint },
  }[standing];
  return h(
    "main",
    { class: "screen shut", "data-key": standing },
    h("section", { class: "why" }, kioskIcon(said.icon), h("h1", { tabindex: -1 }, said.title), h("p", {}, said.text)),
    h("section", { class: "elsewhere" }, h("h2", {}, words.elsewhere), elsewhere(scene)),
    languageRow(scene),
  );
}

/** @param {Scene} scene */
function elsewhere(scene) {
  const { view, words } = scene;
  const say = speaker(scene);
  if (!view.alternatives.length) return h("p", {}, words.noElsewhere);
  return h(
    "ol",
    {},
    ...view.alternatives.map(({ name, address, wait, travel_minutes }) =>
      h(
        "li",
        {},
        h("b", {}, say(name)),
        h("span", {}, say(address)),
        h("span", { class: "num" }, words.elsewhereHow(waitText(wait, words), Math.round(travel_minutes))),
      ),
    ),
  );
}

/** @param {Scene} scene */
function languageRow({ languages, words }) {
  if (!languages.length) return null;
  const made = languages.map(({ language, name }) => {
    const one = button(`language:${language}`, "btn", name);
    one.lang = language;
    return one;
  });
  return h("div", { class: "two", role: "group", "aria-label": words.languages }, ...made);
}

/** @param {Scene} scene */
export function helpScreen(scene) {
  const { words, catalogue, help } = scene;
  const { title, text } = words.helpStands[help];
  return h(
    "main",
    { class: "screen help-screen", "data-key": "help", "data-news": help },
    head(scene, title),
    h("p", { class: "big", role: "status" }, text),
    help === "none" ? null : h("p", {}, words.helpEnds),
    h("p", {}, words.helpTicket),
    catalogue.contact ? h("p", {}, words.helpPhone(catalogue.contact)) : null,
    h("p", { class: "aside" }, words.helpHow),
    help === "none" ? button("help", "btn wide", words.helpAgain) : null,
    button("home", "btn wide", words.toStart),
  );
}
