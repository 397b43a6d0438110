import { plural } from "/pages/assets/format.js";

/** What the page says about how the waits are known. */
export const WORDS = {
  uk: {
    title: "Звідки ми знаємо, скільки чекати",
    back: "← До черг",
    text: [
      "Ми не вгадуємо. Система пам’ятає, як довго справді тривало обслуговування кожної послуги, і безперервно прораховує чергу наперед: кого зараз приймають, хто чекає попереду, які місця працюють.",
      "Тому ми пишемо не одне число, а проміжок: половина людей чекає менше за перше число, дев’ять із десяти — менше за друге. Де даних замало, пишемо «невідомо».",
      "Після кожного виклику ми порівнюємо обіцяне з тим, що було. Ось наскільки ми помиляємося.",
    ],
    half: "у половині випадків помилка менша",
    within: "чекали не довше за обіцяне «щонайдовше»",
    visits: "перевірено візитів",
    branches: "За підрозділами",
    branch: "Підрозділ",
    horizon: "Що далі, то важче",
    told: "Обіцяли чекати",
    error: "Помилка, хв",
    share: "Не довше",
    count: "Візитів",
    minutes: "хв",
    /** @param {number} from @param {number | null} to */
    span: (from, to) => (to === null ? `від ${from} хв` : `${from}–${to} хв`),
    /** @param {number} weeks @param {number} leftOut */
    note: (weeks, leftOut) =>
      `За ${weeks} ${plural("uk", weeks, { one: "останній тиждень", few: "останні тижні", other: "останніх тижнів" })}. Візити, на які припала повітряна тривога, не рахуємо (таких ${leftOut}).`,
    few: "ще замало",
    empty: "Ще замало візитів, щоб чесно сказати, наскільки ми помиляємося. Цифри з’являться тут самі.",
    off: "Цей сервер не веде архіву, тому цифр немає.",
    trouble: "Не вдалося отримати цифри.",
    again: "Ще раз",
  },
  en: {
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
    /** @param {number} from @param {number | null} to */
    span: (from, to) => (to === null ? `${from} min and more` : `${from}–${to} min`),
    /** @param {number} weeks @param {number} leftOut */
    note: (weeks, leftOut) =>
      `Over the last ${plural("en", weeks, { one: "week", other: `${weeks} weeks` })}. Visits that an air-raid alarm fell into are left out (${leftOut}).`,
    few: "too few yet",
    empty: "There are too few visits yet to say honestly how far off we are. The figures will appear here by themselves.",
    off: "This server keeps no archive, so there are no figures.",
    trouble: "The figures could not be fetched.",
    again: "Try again",
  },
};
