import { h, setText } from "/pages/assets/dom.js";

/**
 * The door of a staff page: a token that says who one is. It is kept for this tab only.
 *
 * @typedef {{signInTitle: string, signInHint: string, token: string, signIn: string}} DoorWords
 */

export class TokenKeeper {
  /** @param {string} name under which this page keeps its token */
  constructor(name) {
    this.name = name;
  }

  /** @returns {string | null} a token from the address's fragment (and out of it), or the one kept in this tab */
  take() {
    const given = new URLSearchParams(location.hash.slice(1)).get("token");
    if (given) {
      history.replaceState(null, "", location.pathname + location.search);
      this.keep(given);
    }
    return sessionStorage.getItem(this.name);
  }

  /** @param {string} token */
  keep(token) {
    sessionStorage.setItem(this.name, token);
  }

  forget() {
    sessionStorage.removeItem(this.name);
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

  /** @param {DoorWords} words */
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
