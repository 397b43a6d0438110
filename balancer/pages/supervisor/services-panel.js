/** @import { ServiceInfo } from "/pages/assets/types.js" */
/** @import { Panel } from "./forms.js" */
/** @import { Reach } from "./place-panels.js" */
/** @import { Scene } from "./scene.js" */
import { h, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { findServices } from "/pages/assets/service-search.js";
import { serviceDeed } from "./deeds.js";
import { field, panel } from "./forms.js";

/** Services that are stopped for a while, each with its way back; any other is found by typing and stopped. */

const SHOWN = 8;

/**
 * @param {Scene} scene
 * @param {Reach} reach
 * @returns {Panel}
 */
export function servicesPanel(scene, reach) {
  const { words } = scene;
  const { servicesPanel: said } = words;
  let now = scene;
  let drawn = "";
  const stopped = h("ul", { class: "rows" });
  const none = h("p", { class: "aside" }, said.none);
  const wanted = field(said.search, h("input", { type: "search", autocomplete: "off", spellcheck: "false", maxlength: 60 }));
  const found = h("ul", { class: "rows" });
  const nothing = h("p", { class: "aside", role: "status" });
  wanted.input.addEventListener("input", () => draw());

  /**
   * @param {ServiceInfo} service
   * @param {"suspend-service" | "restore-service"} verb
   */
  const row = (service, verb) => {
    const name = local(service.name, now.language);
    const act = async () => {
      if (!(await reach.run(serviceDeed(reach.branch, verb, service)))) return;
      wanted.input.value = "";
      wanted.input.focus();
      draw();
    };
    const text = verb === "suspend-service" ? said.suspend : said.restore;
    const button = h("button", { type: "button", class: "b", "aria-label": `${text}: ${name}`, onclick: () => void act() }, text);
    return h("li", {}, h("p", {}, h("b", {}, name)), button);
  };

  function draw() {
    const { suspended } = now.view.facts;
    const key = JSON.stringify([suspended, wanted.input.value, now.language]);
    if (key === drawn) return;
    drawn = key;
    const all = servicesOf(now);
    none.hidden = suspended.length > 0;
    stopped.replaceChildren(...all.filter(({ service }) => suspended.includes(service)).map((each) => row(each, "restore-service")));
    const others = all.filter(({ service }) => !suspended.includes(service));
    const fitting = findServices(others, wanted.input.value, now.language);
    found.replaceChildren(...fitting.slice(0, SHOWN).map((each) => row(each, "suspend-service")));
    const more = fitting.length - SHOWN;
    setText(nothing, fitting.length === 0 ? said.nothing : more > 0 ? said.more(more) : "");
  }

  const update = (/** @type {Scene} */ scene) => {
    now = scene;
    draw();
  };
  draw();
  const made = panel(said.title, words.close, reach.close, none, stopped, wanted.element, found, nothing, h("p", { class: "aside" }, said.hint));
  return { ...made, update };
}

/**
 * @param {Scene} scene
 * @returns {ServiceInfo[]} the branch's, in the order of its queues
 */
function servicesOf({ city, view }) {
  const queues = city.branches.find((each) => each.branch === view.branch)?.queues ?? [];
  const offered = new Set(queues.flatMap((queue) => queue.services));
  return city.services.filter(({ service }) => offered.has(service));
}

/**
 * @param {Scene} scene
 * @returns {string} what stands still, in words, or ""
 */
export function suspendedText({ city, view, words, language }) {
  const { suspended } = view.facts;
  const names = suspended.map((each) => local(city.services.find(({ service }) => service === each)?.name, language) || each);
  return names.length === 0 ? "" : words.servicesPanel.banner(names.join(", "));
}
