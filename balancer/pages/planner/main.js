/** @import { Language } from "/pages/assets/types.js" */
import { chosenLanguage, languageSwitch, rememberLanguage, wireLanguages } from "/pages/assets/language.js";
import { SignIn } from "/pages/assets/sign-in.js";
import { PlannerPage } from "./planner-page.js";
import { kept, openSession } from "./session.js";
import { wordsOf } from "./words.js";

/** The planner's page: the door, and behind it the plan. */

const page = /** @type {HTMLElement} */ (document.getElementById("page"));
let language = chosenLanguage();
/** @type {PlannerPage | null} */
let planner = null;

const atDoor = languageSwitch(wordsOf(language).languages);
const inside = languageSwitch(wordsOf(language).languages);
const door = new SignIn(enter, atDoor);

/** @param {Language} chosen */
function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  document.title = wordsOf(chosen).title;
  door.update(wordsOf(chosen));
  for (const nav of [atDoor, inside]) wireLanguages(nav, chosen, speak);
  planner?.speak();
}

/**
 * @param {string} token
 * @returns {Promise<string>} why it is refused, or ""
 */
async function enter(token) {
  const session = await openSession(token, () => language);
  if (typeof session === "string") return session;
  planner = new PlannerPage(session, inside, () => language, leave);
  page.replaceChildren(planner.element);
  planner.start();
  return "";
}

/** @param {string} why */
function leave(why) {
  planner?.stop();
  planner = null;
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
if (!planner) {
  page.replaceChildren(door.element);
  door.refuse(refused);
  door.input.focus();
}
