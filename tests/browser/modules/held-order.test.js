import { HeldOrder } from "/widget/held-order.js";
import { equal } from "./assert.js";

const places = (text) =>
  [...text].map((id) => ({ id: id.toLowerCase(), group: id === id.toLowerCase() ? "open" : "off" }));
const text = (order) => order.shown.map(({ id, group }) => (group === "open" ? id : id.toUpperCase())).join("");
const reading = { idleSeconds: 3, inside: true };
const away = { idleSeconds: 31, inside: false };

export function rows_stay_under_a_reader_until_he_asks() {
  const order = new HeldOrder();
  equal(order.update(places("abc"), "q", reading), true);
  equal(order.update(places("cab"), "q", reading), false);
  equal([text(order), order.differs], ["abc", true]);
  order.apply();
  equal([text(order), order.differs], ["cab", false]);
}

export function a_branch_that_closes_keeps_its_place_too() {
  const order = new HeldOrder();
  order.update(places("abc"), "q", reading);
  equal(order.update(places("bcA"), "q", reading), false);
  equal([text(order), order.differs], ["abc", true]);
}

export function an_untouched_page_orders_itself() {
  const order = new HeldOrder();
  order.update(places("abc"), "q", reading);
  equal(order.update(places("cab"), "q", { idleSeconds: 31, inside: true }), false, "focus or pointer inside");
  equal(order.update(places("cab"), "q", { idleSeconds: 29, inside: false }), false);
  equal(order.update(places("cab"), "q", away), true);
  equal(text(order), "cab");
}

export function another_question_orders_at_once() {
  const order = new HeldOrder();
  order.update(places("abc"), "q", reading);
  equal(order.update(places("cab"), "other", reading), true);
  equal(text(order), "cab");
}

export function newcomers_stand_at_the_end() {
  const order = new HeldOrder();
  order.update(places("abc"), "q", reading);
  order.update(places("dca"), "q", reading);
  equal(text(order), "acd");
}
