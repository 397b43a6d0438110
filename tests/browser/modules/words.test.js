import { borrowedFrom } from "/pages/assets/borrowed.js";
import { h, setText } from "/pages/assets/dom.js";
import { local } from "/pages/assets/format.js";
import { counted, fill, loadLanguage, textsOf } from "/pages/assets/words.js";
import { aloud, sayings } from "/pages/hall/spoken.js";
import { equal, ok } from "./assert.js";

/* A Polish file that says little and names English for the rest. */
const uk = { hello: "Вітаємо", until: "до {time}", desks: { one: "{n} місце", few: "{n} місця", other: "{n} місць" }, days: ["пн", "вт"] };
const en = { hello: "Hello", until: "until {time}", desks: { one: "{n} desk", other: "{n} desks" }, days: ["Mon", "Tue"] };
const rooms = { test: { hello: "Dzień dobry" }, hall: { desk: "Stanowisko", callAloud: "Bilet {number}, stanowisko {desk}." } };
const { fetch } = globalThis;
globalThis.fetch = async () => Response.json({ language: "pl", name: "Polski", locale: "pl", fallback: "en", rooms });
equal(await loadLanguage("pl"), "pl");
globalThis.fetch = fetch;
const pl = textsOf("test", "pl", { uk, en });

export function what_a_language_lacks_is_borrowed_text_by_text() {
  equal([pl.hello, pl.until, pl.days], ["Dzień dobry", "until {time}", ["Mon", "Tue"]]);
  equal([borrowedFrom(pl.hello), borrowedFrom(pl.until)], [undefined, "en"]);
  equal(borrowedFrom(fill(pl.until, { time: "9:00" })), "en");
}

export function borrowed_forms_follow_their_own_plurals() {
  equal(counted("pl", pl.desks, 5), "5 desks");
  equal(borrowedFrom(counted("pl", pl.desks, 1)), "en");
}

export function a_screen_reader_is_told_of_a_borrowed_text() {
  const line = h("p", {}, fill(pl.until, { time: "9:00" }));
  equal(line.lang, "en");
  setText(line, pl.hello);
  ok(!line.hasAttribute("lang"), "its own words need no mark");
  setText(line, pl.until);
  equal(line.getAttribute("lang"), "en");
  const mixed = h("p", {}, pl.hello, " ", fill(pl.until, { time: "10:00" }));
  equal([mixed.hasAttribute("lang"), mixed.querySelector("span")?.lang], [false, "en"]);
}

export function a_name_of_the_city_is_borrowed_too() {
  equal(local({ uk: "Паспорт", en: "Passport" }, "pl"), "Passport");
  equal(h("li", {}, local({ uk: "Довідка" }, "pl")).lang, "uk");
  equal(h("li", {}, local({ uk: "Довідка" }, "uk")).textContent, "Довідка");
}

export function a_third_language_is_called_after_the_others() {
  const said = sayings({ number: "A042", desk: "7", desk_name: {} }, ["uk", "en", "pl"]);
  equal(said.map(({ lang }) => lang), ["uk-UA", "en-GB", "pl"]);
  equal(said[2].text, "Bilet A, 0 42, stanowisko 7.");
}

export function what_is_borrowed_is_not_called_twice() {
  const allClear = aloud(["pl", "uk", "en"], (words) => words.allClear);
  equal(allClear.map(({ lang }) => lang), ["uk-UA", "en-GB"]);
}
