/** @import { Scene } from "./scene.js" */
import { h } from "/pages/assets/dom.js";
import { findServices } from "/pages/assets/service-search.js";
import { kioskIcon } from "./icons.js";
import { commonCollect, offerOf, PURPOSES, serviceOf, servicesIn, typicalOf } from "./offers.js";
import { button, choice, code, head, speaker, vessel, waitPart, waitText } from "./scene.js";

/** The screens from the greeting to the service. */

const FOUND = 6;

/** @param {Scene} scene */
export function startScreen(scene) {
  const { words, catalogue, known, languages } = scene;
  const say = speaker(scene);
  const lines = catalogue.lines.map((line) => {
    const service = catalogue.services.find(({ queue }) => queue === line.queue);
    const offer = service ? { ...offerOf(known, service), why: null } : null;
    return offer && h("li", {}, h("span", {}, say(line.name)), vessel(offer, words), waitPart(offer.wait, words));
  });
  return h(
    "main",
    { class: "screen start", "data-key": "start" },
    h("section", { class: "hi" }, h("h1", { tabindex: -1 }, words.hello), h("p", {}, words.helloHint)),
    h("ul", { class: "waits", "aria-label": words.waitsNow }, ...lines),
    h(
      "section",
      { class: "begin" },
      button("begin", "go", h("b", {}, words.start)),
      languages.length > 0 &&
        h(
          "div",
          { class: "two", role: "group", "aria-label": words.languages },
          ...languages.map(({ language, name }) => {
            const made = button(`language:${language}`, "btn", name);
            made.lang = language;
            return made;
          }),
        ),
    ),
  );
}

/** @param {Scene} scene */
export function fieldScreen(scene) {
  const { words, catalogue, known, view } = scene;
  const say = speaker(scene);
  const collect = commonCollect(catalogue);
  const fields = catalogue.fields.filter((field) => !collect || typicalOf(catalogue, field) !== null);
  const hint = known.freshness === "fresh" ? view.faster[0] : undefined;
  const about = hint && catalogue.fields.find(({ category }) => category === hint.category);
  return h(
    "main",
    { class: "screen", "data-key": "field" },
    head(scene, words.fieldTitle, words.step(1)),
    button("search", "find", kioskIcon("search"), words.search),
    h(
      "div",
      { class: "grid" },
      ...fields.map((field) => {
        const typical = typicalOf(catalogue, field);
        const offer = typical ? offerOf(known, typical) : null;
        const hintWords = words.language === "uk" ? field.words.join(", ") : "";
        return choice(
          scene,
          `field:${field.category}`,
          { title: say(field.name), hint: hintWords },
          offer && { ...offer, why: null },
        );
      }),
      collect &&
        choice(scene, `take:${collect.service}`, { title: words.collectAll, look: "wide" }, offerOf(known, collect)),
    ),
    hint && about
      ? h(
          "p",
          { class: "near" },
          kioskIcon("info"),
          h(
            "span",
            {},
            h("b", {}, words.faster(say(about.name), say(hint.there.name))),
            " ",
            words.fasterHow(waitText(hint.there.wait, words), Math.round(hint.there.travel_minutes)),
          ),
        )
      : null,
  );
}

/** @param {Scene} scene */
export function purposeScreen(scene) {
  const { words, catalogue, known, visit } = scene;
  const { field } = visit;
  if (!field) return fieldScreen(scene);
  const say = speaker(scene);
  const choices = PURPOSES.flatMap((purpose) => {
    const service = serviceOf(catalogue, field.purposes[purpose]);
    const said = { title: words.purposes[purpose], hint: words.purposeHints[purpose], look: "wide tall" };
    return service ? [choice(scene, `take:${service.service}`, said, offerOf(known, service))] : [];
  });
  return h(
    "main",
    { class: "screen", "data-key": "purpose" },
    head(scene, say(field.name), words.step(2)),
    h("h2", { class: "sub" }, words.purposeTitle),
    h("div", { class: "grid" }, ...choices),
    servicesIn(catalogue, field).length ? button("services", "btn", words.exactly) : null,
  );
}

/** @param {Scene} scene the services of a group, each with its wait */
export function servicesScreen(scene) {
  const { words, catalogue, known, visit } = scene;
  if (!visit.field) return fieldScreen(scene);
  const say = speaker(scene);
  return h(
    "main",
    { class: "screen", "data-key": "services" },
    head(scene, say(visit.field.name), words.searchTitle),
    h(
      "div",
      { class: "grid one" },
      ...servicesIn(catalogue, visit.field).map((service) =>
        choice(scene, `take:${service.service}`, { title: say(service.name), look: "wide" }, offerOf(known, service)),
      ),
    ),
  );
}

/** @param {Scene} scene */
export function searchScreen(scene) {
  const { words, catalogue, known, visit } = scene;
  const say = speaker(scene);
  const names = visit.typed.trim() ? findServices(catalogue.services, visit.typed, words.language) : [];
  const found = names.flatMap(({ service }) => serviceOf(catalogue, service) ?? []);
  return h(
    "main",
    { class: "screen searching", "data-key": "search" },
    head(scene, words.searchTitle),
    h("input", {
      class: "typed",
      type: "text",
      "aria-label": words.search,
      value: visit.typed,
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": "found",
    }),
    h("p", { class: "aside", id: "found" }, visit.typed.trim() ? words.found(found.length) : words.searchHint),
    h(
      "div",
      { class: "grid one" },
      ...found
        .slice(0, FOUND)
        .map((service) =>
          choice(scene, `take:${service.service}`, { title: say(service.name), look: "wide" }, offerOf(known, service)),
        ),
    ),
    h(
      "div",
      { class: "keys", role: "group", "aria-label": words.keyboard },
      ...words.keys.map((row) => h("div", {}, ...[...row].map((key) => button(`key:${key}`, "key", key)))),
      h("div", {}, button("key: ", "key space", words.space), button("erase", "key erase", words.erase)),
    ),
  );
}

/** @param {Scene} scene a service that needs no visit */
export function onlineScreen(scene) {
  const { words, visit } = scene;
  const { service } = visit;
  if (!service?.online_url) return fieldScreen(scene);
  return h(
    "main",
    { class: "screen online", "data-key": "online" },
    head(scene, words.onlineTitle),
    h("p", { class: "sub" }, speaker(scene)(service.name)),
    h("p", {}, words.onlineHint),
    code(visit.onlineQr, words.onlineTitle),
    h("p", { class: "address" }, service.online_url.replace(/^https?:\/\//, "")),
    button(`anyway:${service.service}`, "btn wide", words.onlineAnyway),
  );
}
