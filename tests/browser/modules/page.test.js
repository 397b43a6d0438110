import { grow, morph } from "/widget/page.js";
import { equal, ok } from "./assert.js";

const plain = (_, children) => children;
const list = (...ids) => grow(["ul", {}, ...ids.map((id) => ["li", { id }, id])], plain);

export function a_drawing_becomes_elements_and_never_markup() {
  const seen = grow(["p", { class: "a", style: "left:5%" }, "<b>", ["svg", {}, ["circle", { r: 3 }]]], plain);
  equal([seen.textContent, seen.style.left, seen.querySelector("b")], ["<b>", "5%", null]);
  equal(seen.querySelector("circle").namespaceURI, "http://www.w3.org/2000/svg");
}

export function open_places_are_filled_by_what_is_live() {
  const live = ({ "data-slot": slot }, children) => (slot ? ["42"] : children);
  equal(grow(["p", {}, "n: ", ["b", { "data-slot": "n" }, "0"]], live).textContent, "n: 42");
}

export function what_has_an_id_stays_the_same_element() {
  const shown = list("a", "b", "c");
  const kept = shown.querySelector("#c");
  morph(shown, list("c", "x", "a"));
  equal([...shown.children].map((each) => each.id), ["c", "x", "a"]);
  ok(shown.firstChild === kept, "moved, not made anew");
}

export function texts_and_attributes_follow_in_place() {
  const shown = grow(["p", { class: "old", title: "t" }, "1", ["i", {}, "x"]], plain);
  const [words, inner] = shown.childNodes;
  morph(shown, grow(["p", { class: "new" }, "2", ["i", {}, "y"], ["b", {}]], plain));
  equal([shown.className, shown.hasAttribute("title"), shown.textContent], ["new", false, "2y"]);
  ok(shown.childNodes[0] === words && shown.childNodes[1] === inner);
}
