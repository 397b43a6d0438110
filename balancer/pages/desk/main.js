/** @import { Language } from "/widget/types.js" */
import { h } from "/widget/dom.js";
import { chosenLanguage, rememberLanguage, wireLanguages } from "/pages/assets/language.js";
import { SignIn } from "/pages/assets/sign-in.js";
import { DeskPage } from "./desk-page.js";
import { kept, openSession } from "./session.js";
import { wordsOf } from "./words.js";

/** The page of a desk: the door, and behind it the desk. */

const page = /** @type {HTMLElement} */ (document.getElementById("page"));
let language = chosenLanguage();
/** @type {DeskPage | null} */
let desk = null;

/** @returns {HTMLElement} the switch of languages, each time where it is needed */
function languageSwitch() {
  return h(
    "nav",
    { "aria-label": wordsOf(language).languages },
    h("a", { href: "?lang=uk", lang: "uk", hreflang: "uk", "data-lang": "uk" }, "УКР"),
    h("a", { href: "?lang=en", lang: "en", hreflang: "en", "data-lang": "en" }, "ENG"),
  );
}

const atDoor = languageSwitch();
const atDesk = languageSwitch();
const door = new SignIn(enter, atDoor);

/** @param {Language} chosen */
function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  if (!desk) document.title = wordsOf(chosen).title;
  door.update(wordsOf(chosen));
  for (const nav of [atDoor, atDesk]) wireLanguages(nav, chosen, speak);
  desk?.draw();
}

/**
 * @param {string} token
 * @returns {Promise<string>} why it is refused, or ""
 */
async function enter(token) {
  const session = await openSession(token, () => language);
  if (typeof session === "string") return session;
  desk = new DeskPage(session, atDesk, () => language, { signedOut: leave });
  page.replaceChildren(desk.view.element);
  desk.start();
  return "";
}

/** @param {string} why */
function leave(why) {
  desk = null;
  kept.forget();
  page.replaceChildren(door.element);
  speak(language);
  door.input.value = "";
  door.refuse(why);
  door.input.focus();
}

if (new URL(location.href).searchParams.has("lang")) rememberLanguage(language);
speak(language);
const token = kept.take();
const refused = token ? await enter(token) : "";
if (!desk) {
  page.replaceChildren(door.element);
  door.refuse(refused);
  door.input.focus();
}
