/** @import { CityInfo, Language } from "/pages/assets/types.js" */
/** @import { Me, StaffApi } from "/pages/assets/staff-api.js" */
/** @import { DoorWords } from "/pages/assets/sign-in.js" */
import { chosenLanguage, languageSwitch, rememberLanguage, wireLanguages } from "/pages/assets/language.js";
import { SignIn, TokenKeeper } from "/pages/assets/sign-in.js";
import { NoAnswer, Problem } from "/pages/assets/staff-api.js";

/**
 * A staff page: its door, and behind it the room. The token is tried at the door, kept for this tab, forgotten on
 * leaving; the language may be switched in both places.
 *
 * @typedef {DoorWords & {title: string, languages: string, noAnswer: string, tokenWrong: string}} RoomWords
 *
 * @typedef {object} Room
 * @property {HTMLElement} element
 * @property {() => void} start
 * @property {() => void} stop
 * @property {() => void} speak the language has changed
 *
 * @typedef {object} Surroundings what a room stands in
 * @property {HTMLElement} languages the switch of languages, to be placed in the room
 * @property {() => Language} language
 * @property {(why: string) => void} leave back to the door
 */

/**
 * @template S
 * @template {RoomWords} W
 * @param {object} plan
 * @param {TokenKeeper} plan.keeper
 * @param {(language: Language) => W} plan.wordsOf
 * @param {(token: string, language: () => Language) => Promise<S | string>} plan.open a session, or why there is none
 * @param {(session: S, around: Surroundings) => Room} plan.build
 */
export async function runStaffRoom({ keeper, wordsOf, open, build }) {
  const page = /** @type {HTMLElement} */ (document.getElementById("page"));
  /** @type {Language} */
  let language = chosenLanguage();
  /** @type {Room | null} */
  let room = null;
  const atDoor = languageSwitch(wordsOf(language).languages);
  const inside = languageSwitch(wordsOf(language).languages);
  const door = new SignIn(enter, atDoor);

  /** @param {Language} chosen */
  function speak(chosen) {
    language = chosen;
    document.documentElement.lang = chosen;
    if (!room) document.title = wordsOf(chosen).title;
    door.update(wordsOf(chosen));
    for (const nav of [atDoor, inside]) {
      nav.setAttribute("aria-label", wordsOf(chosen).languages);
      wireLanguages(nav, chosen, speak);
    }
    room?.speak();
  }

  /**
   * @param {string} token
   * @returns {Promise<string>} why it is refused, or ""
   */
  async function enter(token) {
    const session = await open(token, () => language);
    if (typeof session === "string") return session;
    keeper.keep(token);
    room = build(session, { languages: inside, language: () => language, leave });
    page.replaceChildren(room.element);
    room.start();
    return "";
  }

  /** @param {string} why */
  function leave(why) {
    room?.stop();
    room = null;
    keeper.forget();
    door.input.value = "";
    showDoor(why);
    speak(language);
  }

  /** @param {string} why */
  function showDoor(why) {
    page.replaceChildren(door.element);
    door.refuse(why);
    door.input.focus();
  }

  if (new URL(location.href).searchParams.has("lang")) rememberLanguage(language);
  speak(language);
  const token = keeper.take();
  const refused = token ? await enter(token) : "";
  if (!room) showDoor(refused);
}

/**
 * Who holds the token, and the definition of the city.
 *
 * @param {StaffApi} api
 * @param {RoomWords} words
 * @param {(me: Me) => string} refuse why this role does not belong here, or ""
 * @returns {Promise<{me: Me, city: CityInfo} | string>} or why there is no session
 */
export async function knowMe(api, words, refuse) {
  try {
    const me = await api.me();
    const why = refuse(me);
    return why ? why : { me, city: await api.city() };
  } catch (error) {
    if (error instanceof NoAnswer) return words.noAnswer;
    if (error instanceof Problem) return error.signedOut ? words.tokenWrong : error.message;
    throw error;
  }
}
