import { holdOrder } from "/widget/queue-board.js";
import { equal } from "./assert.js";

const places = (text) =>
  [...text].map((id) => ({ branch: id.toLowerCase(), group: id === id.toLowerCase() ? "open" : "off" }));
const held = () => ({ shown: [], key: "", differs: false });
const text = ({ shown }) => shown.map(({ branch, group }) => (group === "open" ? branch : branch.toUpperCase())).join("");

export function rows_stay_under_a_reader_until_he_asks() {
  const order = held();
  holdOrder(order, places("abc"), "q", false);
  equal([text(order), order.differs], ["abc", false]);
  holdOrder(order, places("cab"), "q", false);
  equal([text(order), order.differs], ["abc", true]);
  holdOrder(order, places("cab"), "q", true);
  equal([text(order), order.differs], ["cab", false]);
}

export function a_branch_that_closes_keeps_its_place_too() {
  const order = held();
  holdOrder(order, places("abc"), "q", false);
  holdOrder(order, places("bcA"), "q", false);
  equal([text(order), order.differs], ["abc", true]);
}

export function another_question_orders_at_once() {
  const order = held();
  holdOrder(order, places("abc"), "q", false);
  holdOrder(order, places("cab"), "other", false);
  equal(text(order), "cab");
}

export function newcomers_stand_at_the_end() {
  const order = held();
  holdOrder(order, places("abc"), "q", false);
  holdOrder(order, places("dca"), "q", false);
  equal(text(order), "acd");
}
