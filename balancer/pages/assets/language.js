/** @import { Language } from "/pages/assets/types.js" */
import { h } from "/pages/assets/dom.js";

const REMEMBERED = "language";

/**
 * @param {string | null} lang any language tag
 * @returns {Language} Ukrainian unless it asks for English
 */
export function languageOf(lang) {
  return lang?.toLowerCase().startsWith("en") ? "en" : "uk";
}

/**
 * The page's language: what the address asks for, else what was chosen before, else that of the page as it came.
 *
 * @returns {Language}
 */
export function chosenLanguage() {
  const asked = new URL(location.href).searchParams.get("lang");
  return languageOf(asked ?? remembered() ?? document.documentElement.lang);
}

/** @param {Language} language */
export function rememberLanguage(language) {
  try {
    localStorage.setItem(REMEMBERED, language);
  } catch {
    // A browser that keeps nothing still has the address.
  }
}

/** @returns {string | null} */
function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

/**
 * The switch of languages, each time a new one, for `wireLanguages`.
 *
 * @param {string} label
 * @returns {HTMLElement}
 */
export function languageSwitch(label) {
  return h(
    "nav",
    { "aria-label": label },
    h("a", { href: "?lang=uk", lang: "uk", hreflang: "uk", "data-lang": "uk" }, "УКР"),
    h("a", { href: "?lang=en", lang: "en", hreflang: "en", "data-lang": "en" }, "ENG"),
  );
}

/**
 * Links that switch the language in place; each keeps a real address, so it can be opened or copied.
 *
 * @param {HTMLElement} nav holds links with `data-lang`
 * @param {Language} current
 * @param {(language: Language) => void} choose
 */
export function wireLanguages(nav, current, choose) {
  for (const link of nav.querySelectorAll("a")) {
    const language = languageOf(link.dataset.lang ?? null);
    const url = new URL(location.href);
    url.searchParams.set("lang", language);
    link.href = url.href;
    if (language === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      rememberLanguage(language);
      history.replaceState(null, "", url);
      choose(language);
    };
  }
}
