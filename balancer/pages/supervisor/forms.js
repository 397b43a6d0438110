/** @import { Scene } from "./scene.js" */
import { h } from "/pages/assets/dom.js";
import { icon } from "/pages/assets/icons.js";

/**
 * The frame of everything that is asked in the left column: a heading, the questions, a way back. Escape closes it.
 *
 * @typedef {object} Panel
 * @property {HTMLElement} element
 * @property {() => void} begin puts the focus where it begins
 * @property {(scene: Scene) => void} [update] what it shows has changed
 */

let lastField = 0;

/**
 * @param {string} title
 * @param {string} back
 * @param {() => void} close
 * @param {...(Node | false)} content
 * @returns {Panel}
 */
export function panel(title, back, close, ...content) {
  const heading = h("h2", { tabindex: -1 }, title);
  const button = h("button", { type: "button", class: "plain", onclick: close }, icon("cross"), back);
  const element = h("section", { class: "panel", "aria-label": title }, h("div", { class: "h" }, heading, button), ...content);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  const begin = () => {
    const first = element.querySelector("input, select, textarea, form button");
    (first instanceof HTMLElement ? first : heading).focus();
  };
  return { element, begin };
}

/**
 * A question with its label and the place for what is wrong with the answer.
 *
 * @template {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} E
 * @param {string} label
 * @param {E} input
 * @returns {{element: HTMLElement, input: E, refuse: (why: string) => void}}
 */
export function field(label, input) {
  const id = `field-${(lastField += 1)}`;
  input.id = id;
  const trouble = h("p", { class: "trouble", id: `${id}-trouble`, role: "alert", hidden: true });
  const refuse = (/** @type {string} */ why) => {
    trouble.textContent = why;
    trouble.hidden = why === "";
    if (why) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", trouble.id);
      input.focus();
    } else {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  };
  input.addEventListener("input", () => refuse(""));
  return { element: h("div", { class: "field" }, h("label", { for: id }, label), input, trouble), input, refuse };
}

/**
 * Questions that are answered together; nothing is checked by the browser itself, since its words are not the page's.
 *
 * @param {string} button
 * @param {() => Promise<void>} submit
 * @param {...Node} questions
 * @returns {HTMLFormElement}
 */
export function form(button, submit, ...questions) {
  const onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void submit();
  };
  const send = h("p", { class: "buttons" }, h("button", { type: "submit", class: "b main" }, button));
  return h("form", { class: "ask", novalidate: true, onsubmit }, ...questions, send);
}

/**
 * @param {string} label
 * @param {boolean} checked
 * @returns {{element: HTMLElement, input: HTMLInputElement}}
 */
export function tick(label, checked) {
  const input = h("input", { type: "checkbox", checked });
  return { element: h("label", { class: "tick" }, input, h("span", {}, label)), input };
}

/**
 * A button that asks once more, in its own place, before it acts.
 *
 * @param {string} text
 * @param {{question: string, yes: string, no: string}} words
 * @param {() => void} act
 * @returns {HTMLElement}
 */
export function askedButton(text, words, act) {
  const button = h("button", { type: "button", class: "b" }, text);
  const yes = h("button", { type: "button", class: "b stop" }, words.yes);
  const no = h("button", { type: "button", class: "b" }, words.no);
  const question = h("span", { class: "asked", role: "group", hidden: true }, h("span", {}, words.question), yes, no);
  /** @param {boolean} asking */
  const ask = (asking) => {
    button.hidden = asking;
    question.hidden = !asking;
    (asking ? yes : button).focus();
  };
  button.addEventListener("click", () => ask(true));
  no.addEventListener("click", () => ask(false));
  yes.addEventListener("click", () => {
    ask(false);
    act();
  });
  question.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    ask(false);
  });
  return h("span", { class: "asks" }, button, question);
}
