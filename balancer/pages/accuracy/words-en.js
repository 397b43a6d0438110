/** How the waits are known, in English. */

/** @type {import("./words.js").Texts} */
export const en = {
  title: "How we know how long you will wait",
  back: "← To the queues",
  text: [
    "We do not guess. The system remembers how long each service really took, and plays the queue forward all the time: who is at a desk now, who stands before you, which desks are open.",
    "So we write a range, not one number: half of the people wait less than the first number, nine of ten less than the second. Where there is too little to go by, we write “unknown”.",
    "After every call we compare what we told with what happened. This is how far off we are.",
  ],
  half: "half of the time the error is smaller",
  within: "waited no longer than the longest time told",
  visits: "visits checked",
  branches: "By branch",
  branch: "Branch",
  horizon: "The further ahead, the harder",
  told: "We told a wait of",
  error: "Error, min",
  share: "No longer",
  count: "Visits",
  minutes: "min",
  span: "{from}–{to} min",
  spanOpen: "{from} min and more",
  note: "Last weeks counted: {weeks}. Visits that an air-raid alarm fell into are left out ({leftOut}).",
  few: "too few yet",
  empty: "There are too few visits yet to say honestly how far off we are. The figures will appear here by themselves.",
  off: "This server keeps no archive, so there are no figures.",
  trouble: "The figures could not be fetched.",
  again: "Try again",
  languages: "Мова / Language",
};
