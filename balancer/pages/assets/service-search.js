/** @import { Language, ServiceInfo } from "/pages/assets/types.js" */

/**
 * Finding a service by what people type: blind to case, accents, apostrophes and look-alike letters, like the server's
 * own search (balancer/city/search.py). Pure; 400 services take well under a millisecond.
 */

/** Cyrillic letters that people swap, or type on the wrong layout, with the Latin ones that look the same. */
const LOOK_ALIKE = new Map(
  [..."іiїiиiйiыiаaвbсcеeєeэeёeнhкkмmоoрpтtхxуyґг"].flatMap((letter, place, all) =>
    place % 2 ? [] : [/** @type {[string, string]} */ ([letter, all[place + 1]])],
  ),
);

/**
 * @param {string} text
 * @returns {string} lower case, words one space apart, without accents, apostrophes and look-alikes
 */
export function fold(text) {
  const lower = [...text.toLowerCase().replace(/[’'ʼ`´‘"«»“”]/g, "")].map((letter) => LOOK_ALIKE.get(letter) ?? letter);
  return lower
    .join("")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * @param {ServiceInfo[]} services
 * @param {string} text
 * @param {Language} language ties go to names in it
 * @returns {ServiceInfo[]} those whose name in either language fits, best first; all of them for an empty text
 */
export function findServices(services, text, language) {
  const wanted = fold(text);
  if (!wanted) return services;
  return services
    .map((service) => ({ service, rank: rankOf(service, wanted, language) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => Number(a.rank) - Number(b.rank))
    .map(({ service }) => service);
}

/**
 * @param {ServiceInfo} service
 * @param {string} wanted
 * @param {Language} language
 * @returns {number | null} smaller is better, null does not fit
 */
function rankOf(service, wanted, language) {
  /** @type {number | null} */
  let best = null;
  for (const [tongue, name] of Object.entries(service.name)) {
    const rank = fits(` ${fold(name)}`, wanted);
    const value = rank === null ? null : rank * 2 + (tongue === language ? 0 : 1);
    if (value !== null && (best === null || value < best)) best = value;
  }
  return best;
}

/**
 * @param {string} name folded, with a space before it
 * @param {string} wanted folded
 * @returns {number | null} 0 whole name, 1 its start, 2 a word's start, 3 anywhere, 4 each word somewhere
 */
function fits(name, wanted) {
  if (name === ` ${wanted}`) return 0;
  if (name.startsWith(` ${wanted}`)) return 1;
  if (name.includes(` ${wanted}`)) return 2;
  if (name.includes(wanted)) return 3;
  return wanted.split(" ").every((word) => name.includes(word)) ? 4 : null;
}
