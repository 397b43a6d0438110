import { borrowedFrom } from "/pages/assets/borrowed.js";

/**
 * Small helpers to build pages without markup in strings: nothing here ever parses HTML. A text
 * that is borrowed from another language gets its `lang`.
 *
 * @typedef {Node | string | null | undefined | false} Child
 * @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Props
 */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Props} [props] attributes; functions are listeners (`onclick`), true is an empty attribute, false and null none
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else setAttribute(element, name, value);
  }
  const inside = children.filter(isNode);
  const [only] = inside;
  if (inside.length === 1 && typeof only === "string") setText(element, only);
  else element.append(...inside.map((child) => (typeof child === "string" ? inItsLanguage(child) : child)));
  return element;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | number | boolean | null | undefined} value
 */
export function setAttribute(element, name, value) {
  const text = value === true ? "" : value === false || value == null ? null : String(value);
  if (element.getAttribute(name) === text) return;
  if (text === null) element.removeAttribute(name);
  else element.setAttribute(name, text);
}

/**
 * Sets text only where it differs, so that a selection and a screen reader's place survive.
 *
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
  if (node instanceof Element) markLanguage(node, borrowedFrom(text));
}

/** @type {WeakSet<Element>} those whose `lang` is that of a borrowed text */
const marked = new WeakSet();

/**
 * @param {Element} element
 * @param {string | undefined} language of its text, where that is not the page's
 */
function markLanguage(element, language) {
  if (language && (marked.has(element) || !element.hasAttribute("lang"))) {
    marked.add(element);
    setAttribute(element, "lang", language);
  } else if (!language && marked.delete(element)) element.removeAttribute("lang");
}

/**
 * @param {string} text
 * @returns {Node | string}
 */
function inItsLanguage(text) {
  return borrowedFrom(text) ? h("span", {}, text) : text;
}

/**
 * Makes `parent` hold exactly `children` in that order, moving as few as it can.
 *
 * @param {Element} parent
 * @param {Node[]} children
 */
export function setChildren(parent, children) {
  for (const child of [...parent.childNodes]) if (!children.includes(child)) child.remove();
  children.forEach((child, place) => {
    if (parent.childNodes[place] !== child) parent.insertBefore(child, parent.childNodes[place] ?? null);
  });
}

/**
 * @param {Child} child
 * @returns {child is Node | string}
 */
function isNode(child) {
  return child !== null && child !== undefined && child !== false;
}
