/**
 * The board for an iframe: `/embed?city=&service=&branch=&lang=&theme=`. It tells the page around it how tall it is:
 * `message` events with `{type: "queue-board-height", height}`, in CSS pixels.
 */

import { wordsOf } from "/pages/board/words.js";
import { languageNamed } from "/pages/assets/language.js";
import "/widget/queue-board-define.js";

const THEMES = ["light", "dark"];

const asked = new URL(location.href).searchParams;
const board = /** @type {HTMLElement} */ (document.querySelector("queue-board"));
const language = await languageNamed(asked.get("lang") ?? "");
const title = wordsOf(language).embedded;
const theme = asked.get("theme") ?? "";

document.documentElement.lang = language;
document.title = title;
for (const heading of document.querySelectorAll("h1")) heading.textContent = title;
if (THEMES.includes(theme)) {
  board.dataset.theme = theme;
  document.documentElement.style.colorScheme = theme;
}
for (const name of ["service", "branch"]) {
  const value = asked.get(name);
  if (value) board.setAttribute(name, value);
}

/** @returns {Promise<string>} the city that is asked for, else this server's own, which it has painted into the page */
async function findCity() {
  const named = asked.get("city") || board.getAttribute("city");
  if (named) return named;
  const response = await fetch("/api/v1/cities");
  return (await response.json()).cities[0].city;
}

new ResizeObserver(() => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  parent.postMessage({ type: "queue-board-height", height }, "*");
}).observe(document.body);

board.setAttribute("lang", language);
board.setAttribute("city", await findCity());
