/** Days in English, Sunday first.
 * @type {import("/pages/assets/words.js").Translated<typeof import("/pages/assets/days-uk.js").uk>} */
export const en = {
  until: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  short: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
  tomorrow: "tomorrow",
};
