/** @import { Language } from "/pages/assets/types.js" */
import { chosenLanguage, languageSwitch, rememberLanguage, wireLanguages } from "/pages/assets/language.js";
import { SignIn } from "/pages/assets/sign-in.js";
import { DeskPage } from "./desk-page.js";
import { kept, openSession } from "./session.js";
import { wordsOf } from "./words.js";

/** The page of a desk: the door, and behind it the desk. */

const page = /** @type {HTMLElement} */ (document.getElementById("page"));
let language = chosenLanguage();
/** @type {DeskPage | null} */
let desk = null;

const atDoor = languageSwitch(wordsOf(language).languages);
const atDesk = languageSwitch(wordsOf(language).languages);
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
