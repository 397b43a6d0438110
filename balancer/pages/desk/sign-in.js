/** @import { CityInfo, Language } from "/widget/types.js" */
/** @import { Me } from "./types.js" */
/** @import { Words } from "./words.js" */
import { h, setText } from "/widget/dom.js";
import { DeskApi, NoAnswer, Problem } from "./api.js";
import { wordsOf } from "./words.js";

/**
 * The door of the page: a token that names its branch and desk. It is kept for this tab only.
 *
 * @typedef {{api: DeskApi, me: Me & {branch: string, desk: string}, city: CityInfo}} Session
 */

const KEPT = "desk-token";

/** @returns {string | null} a token from the address's fragment (and out of it), or the one kept in this tab */
export function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    history.replaceState(null, "", location.pathname + location.search);
    sessionStorage.setItem(KEPT, given);
  }
  return sessionStorage.getItem(KEPT);
}

export function forgetToken() {
  sessionStorage.removeItem(KEPT);
}

/**
 * @param {string} token
 * @param {() => Language} language
 * @returns {Promise<Session | string>} a session, or why there is none
 */
export async function openSession(token, language) {
  const words = wordsOf(language());
  const api = new DeskApi(token, language);
  try {
    const me = await api.me();
    if (me.role !== "desk" || !me.branch || !me.desk) return words.notADesk(me.role);
    const city = await api.city();
    api.sitAt(city.city, me.branch, me.desk);
    sessionStorage.setItem(KEPT, token);
    return { api, me: { ...me, branch: me.branch, desk: me.desk }, city };
  } catch (error) {
    if (error instanceof NoAnswer) return words.noAnswer;
    if (error instanceof Problem) return error.signedOut ? words.tokenWrong : error.message;
    throw error;
  }
}

export class SignIn {
  /**
   * @param {(token: string) => Promise<string>} enter tries a token and answers why it failed, or ""
   * @param {HTMLElement} languages
   */
  constructor(enter, languages) {
    this.title = h("h1");
    this.hint = h("p", { class: "aside" });
    this.label = h("label", { for: "token" });
    this.input = h("input", {
      id: "token",
      type: "password",
      autocomplete: "off",
      required: true,
      spellcheck: "false",
      "aria-describedby": "sign-in-trouble",
    });
    this.button = h("button", { type: "submit", class: "btn main" });
    this.trouble = h("p", { id: "sign-in-trouble", class: "banner stop", role: "alert", hidden: true });
    const form = h(
      "form",
      { class: "sign-in", onsubmit: (event) => void this.#submit(event, enter) },
      this.title,
      this.hint,
      this.trouble,
      this.label,
      this.input,
      this.button,
    );
    this.element = h(
      "div",
      { class: "door" },
      h("header", {}, h("span", { class: "space" }), languages),
      h("main", {}, form),
    );
  }

  /** @param {Words} words */
  update(words) {
    setText(this.title, words.signInTitle);
    setText(this.hint, words.signInHint);
    setText(this.label, words.token);
    setText(this.button, words.signIn);
  }

  /** @param {string} why */
  refuse(why) {
    setText(this.trouble, why);
    this.trouble.hidden = why === "";
  }

  /**
   * @param {SubmitEvent} event
   * @param {(token: string) => Promise<string>} enter
   */
  async #submit(event, enter) {
    event.preventDefault();
    this.button.disabled = true;
    try {
      this.refuse(await enter(this.input.value.trim()));
    } finally {
      this.button.disabled = false;
    }
    this.input.select();
  }
}
