import { fill, patch } from "/widget/page.js";
import { equal, ok } from "./assert.js";

/** An element that shows a drawing. */
function shown(drawing) {
  const element = document.createElement(drawing[0]);
  patch(element, drawing);
  return element;
}

const list = (...ids) => ["ul", {}, ...ids.map((id) => ["li", { id }, id])];

export function a_drawing_becomes_elements_and_never_markup() {
  const seen = shown(["p", { class: "a", style: "left:5%" }, "<b>", ["svg", {}, ["g", {}, ["circle", { r: 3 }]]]]);
  equal([seen.textContent, seen.style.left, seen.querySelector("b")], ["<b>", "5%", null]);
  equal(seen.querySelector("circle").namespaceURI, "http://www.w3.org/2000/svg");
}

export function open_places_are_filled_by_what_is_live() {
  const live = ({ "data-slot": slot }, children) => (slot ? ["42"] : children);
  const drawing = ["p", {}, ["i", {}, "n: "], ["b", { "data-slot": "n" }, "0"]];
  const filled = fill(drawing, live);
  equal(shown(filled).textContent, "n: 42");
  ok(filled[2] === drawing[2], "what does not change is the same");
  ok(fill(drawing, (_, children) => children) === drawing);
}

export function what_has_an_id_stays_the_same_element() {
  const element = shown(list("a", "b", "c"));
  const kept = element.querySelector("#c");
  patch(element, list("c", "x", "a"));
  equal([...element.children].map((each) => each.id), ["c", "x", "a"]);
  ok(element.firstChild === kept, "moved, not made anew");
}

export function texts_and_attributes_follow_in_place() {
  const element = shown(["p", { class: "old", title: "t" }, "1", ["i", {}, "x"]]);
  const [words, inner] = element.childNodes;
  patch(element, ["p", { class: "new", hidden: true }, "2", ["i", { style: "left:5%" }, "y"], ["b", {}]]);
  equal([element.className, element.hasAttribute("title"), element.textContent], ["new", false, "2y"]);
  ok(element.hidden && element.childNodes[0] === words && element.childNodes[1] === inner);
  patch(element, ["p", {}, ["i", {}, "z"]]);
  equal([element.outerHTML], ["<p><i>z</i></p>"]);
}

export function only_what_differs_is_touched() {
  const element = shown(["p", {}, ["i", {}, "x"], ["b", {}, "y"]]);
  const watching = new MutationObserver(() => {});
  watching.observe(element, { subtree: true, childList: true, characterData: true, attributes: true });
  patch(element, ["p", {}, ["i", {}, "x"], ["b", {}, "z"]]);
  equal(watching.takeRecords().map(({ type, target }) => [type, target.data]), [["characterData", "z"]]);
}

export function what_a_translator_has_put_in_is_replaced() {
  const element = shown(["p", {}, "five ", ["b", {}, "people"]]);
  const font = document.createElement("font");
  font.append("п’ять ");
  element.firstChild.replaceWith(font);
  patch(element, ["p", {}, "six ", ["b", {}, "people"]]);
  equal(element.innerHTML, "six <b>people</b>");
}
