import { Combobox, fitting } from "/pages/assets/combobox.js";
import { h } from "/pages/assets/dom.js";
import { equal } from "./assert.js";

const option = (value, label, more = {}) => ({ value, label, group: "Паспортні", ...more });
const OPTIONS = [option("id", "Обмін на ID-картку"), option("abroad", "Закордонний паспорт", { words: ["passport"] })];

function opened() {
  const taken = [];
  const box = new Combobox("what", {
    find: (text) => fitting(OPTIONS, text),
    draw: ({ label }) => [h("span", {}, label)],
    nothing: () => "Нічого",
    taken: () => taken.push(box.chosen.value),
  });
  document.body.replaceChildren(box.input, box.list);
  box.search();
  const type = (text) => {
    box.input.value = text;
    box.input.dispatchEvent(new Event("input"));
  };
  const press = (key) => box.input.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
  const marked = () => [...box.list.children].map((item) => item.getAttribute("aria-selected"));
  return { box, taken, type, press, marked };
}

export function words_narrow_in_any_order_and_language() {
  equal(fitting(OPTIONS, "картку обмін").map(({ value }) => value), ["id"]);
  equal(fitting(OPTIONS, "passport").map(({ value }) => value), ["abroad"]);
  equal(fitting(OPTIONS, "").length, 2);
}

export function arrows_go_round_and_the_field_names_the_chosen() {
  const { box, press, marked } = opened();
  equal([marked(), box.input.getAttribute("aria-activedescendant")], [["true", "false"], "what-0"]);
  press("ArrowUp");
  equal([marked(), box.input.getAttribute("aria-activedescendant")], [["false", "true"], "what-1"]);
  press("ArrowDown");
  equal(box.chosen.value, "id");
}

export function a_click_takes_what_was_clicked() {
  const { box, taken } = opened();
  box.list.children[1].click();
  equal(taken, ["abroad"]);
}

export function the_place_stays_when_the_list_is_renewed_and_begins_anew_with_a_search() {
  const { box, press, type } = opened();
  press("ArrowDown");
  box.renew();
  equal(box.chosen.value, "abroad");
  type("");
  equal(box.chosen.value, "id");
}

export function where_nothing_fits_nothing_is_chosen() {
  const { box, type, press, marked } = opened();
  type("страус");
  press("ArrowDown");
  equal([box.chosen ?? null, box.list.textContent, marked()], [null, "Нічого", ["false"]]);
  equal(box.input.getAttribute("aria-activedescendant"), null);
}
