import { findServices, fold } from "/pages/assets/service-search.js";
import { equal } from "./assert.js";

const service = (id, uk, en) => ({ service: id, name: { uk, en }, needs_power: false });
const services = [
  service("large-family", "Посвідчення багатодітної сім'ї", "Large family card"),
  service("id", "Обмін на ID-картку", "Exchange for an ID card"),
  service("first-id", "ID-картка вперше", "First ID card"),
  service("passport", "Закордонний паспорт", "Foreign passport"),
];
const find = (text, language = "uk") => findServices(services, text, language).map((each) => each.service);

export function apostrophes_case_and_look_alikes_make_no_difference() {
  equal(fold("  Посвідчення багатодітної СІМʼЇ "), fold("посвідчення багатодітної сім'ї"));
  equal(find("сімї"), ["large-family"]);
  equal(find("id-картк"), ["first-id", "id"]);
  equal(find("іd картк"), ["first-id", "id"], "Cyrillic і");
}

export function both_languages_are_searched() {
  equal(find("foreign"), ["passport"]);
  equal(find("паспорт", "en"), ["passport"]);
}

export function words_may_stand_apart() {
  equal(find("family large"), ["large-family"]);
  equal(find("qwerty"), []);
}

export function nothing_typed_shows_everything() {
  equal(find("  ").length, 4);
}

export function four_hundred_services_are_searched() {
  const many = Array.from({ length: 400 }, (_, place) =>
    service(`s${place}`, `Послуга номер ${place} для громадян`, `Service number ${place}`),
  );
  equal(findServices(many, "номер 399", "uk").map((each) => each.service), ["s399"]);
}
