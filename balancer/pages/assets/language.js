/** @import { HomeLanguage, Language } from "/pages/assets/types.js" */
/** @import { Spoken } from "/pages/assets/words.js" */
import { h } from "/pages/assets/dom.js";
import { loadLanguage } from "/pages/assets/words.js";

const REMEMBERED = "language";
const OFFERED = "/pages/languages/offered.json";
const SOON_MS = 3_000;

/**
 * @param {string | null} lang any language tag
 * @returns {HomeLanguage} Ukrainian unless it asks for English
 */
export function languageOf(lang) {
  return lang?.toLowerCase().startsWith("en") ? "en" : "uk";
}

/**
 * The page's language: what the address asks for, else what was chosen before, else that of the page as it came.
 *
 * @returns {HomeLanguage}
 */
export function chosenLanguage() {
  return languageOf(askedLanguage());
}

/**
 * The same for a page that speaks whatever the city offers: its words are here when this answers.
 *
 * @returns {Promise<Language>}
 */
export async function visitorsLanguage() {
  return languageNamed(askedLanguage());
}

/**
 * @param {string} tag any language tag
 * @returns {Promise<Language>} the language, whose words are here; Ukrainian for one that nobody has written
 */
export async function languageNamed(tag) {
  return loadLanguage(tag.toLowerCase().split("-")[0] || "uk");
}

/** @returns {string} any tag */
function askedLanguage() {
  return new URL(location.href).searchParams.get("lang") ?? remembered() ?? document.documentElement.lang;
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
 * Adds the further languages that this server's city offers, each under its own name.
 *
 * @param {HTMLElement} nav
 * @returns {Promise<Language[]>} those of the city in its order, whose words are here now; none of a server that does
 * not answer
 */
export async function offerLanguages(nav) {
  const spoken = [];
  for (const { language, name } of await offeredLanguages()) {
    if ((await loadLanguage(language)) !== language) continue;
    spoken.push(language);
    if (nav.querySelector(`[data-lang="${language}"]`)) continue;
    nav.append(h("a", { href: `?lang=${language}`, lang: language, hreflang: language, "data-lang": language }, name));
  }
  return spoken;
}

/** @returns {Promise<Spoken[]>} */
async function offeredLanguages() {
  try {
    const answer = await fetch(OFFERED, { credentials: "omit", signal: AbortSignal.timeout(SOON_MS) });
    return answer.ok ? (await answer.json()).languages : [];
  } catch {
    return [];
  }
}

/**
 * Links that switch the language in place; each keeps a real address, so it can be opened or copied.
 *
 * @template {Language} L
 * @param {HTMLElement} nav holds links with `data-lang`, of languages that the page speaks
 * @param {L} current
 * @param {(language: L) => void} choose
 */
export function wireLanguages(nav, current, choose) {
  for (const link of nav.querySelectorAll("a")) {
    const language = /** @type {L} */ (link.dataset["lang"] ?? "uk");
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
