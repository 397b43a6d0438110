import { plural } from "/pages/assets/format.js";

/** What a hall display says in Ukrainian. */
export const uk = {
  /** @param {string} branch */
  title: (branch) => `Табло: ${branch}`,
  /** @param {string} city */
  centre: (city) => `ЦНАП, ${city}`,
  calling: "Запрошуємо",
  desk: "Місце",
  next: "Наступні",
  again: "Повторний виклик",
  started: "Приймають",
  heldRow: "Викличемо знову",
  /** @param {string} zone */
  zone: (zone) => `Зона ${zone}`,
  /** @param {string} floor */
  floor: (floor) => `поверх ${floor}`,
  nobody: "Зараз нікого не викликають",
  nobodyHint: "Номер вашого талона з’явиться тут, і його буде названо вголос.",
  noLine: "Черги немає",
  waits: "Чекати, хв",
  unknown: "невідомо",
  levels: { quiet: "Вільно", moderate: "Помірно", busy: "Багато людей" },
  /** @param {string} number @param {string} desk */
  called: (number, desk) => `Талон ${number} — місце ${desk}`,
  fullTitle: "Зал заповнено",
  fullText: "Можна чекати деінде: місце в черзі збережеться. Стежте за талоном на телефоні.",
  noPower: "Немає світла: частина послуг недоступна",
  shelter: "Повітряна тривога: приймаємо в укритті. Ваше місце в черзі збережено",
  ticketsClosed: "Талони на сьогодні видано. Усіх, хто має талон, приймемо",
  /** @param {string} reason */
  hold: (reason) => `Прийом призупинено${reason ? `: ${reason}` : ""}. Ваше місце в черзі збережено`,
  /** @param {string} time */
  resumes: (time) => `Відбій тривоги. Прийом відновиться о ${time}. Ваше місце в черзі збережено`,
  /** @param {string} age @param {string} time */
  offline: (age, time) => `Немає зв’язку ${age}. Останні виклики, відомі на ${time}`,
  /** @param {string} age */
  lost: (age) => `Немає зв’язку ${age}`,
  /** @param {number} seconds */
  age: (seconds) =>
    seconds < 60
      ? `${Math.floor(seconds)} с`
      : seconds < 3600
        ? `${Math.floor(seconds / 60)} хв`
        : `${Math.floor(seconds / 3600)} ${plural("uk", Math.floor(seconds / 3600), { one: "годину", few: "години", other: "годин" })}`,
  allClear: "Відбій тривоги. Ваше місце в черзі збережено",
  closedTitle: "Прийом завершено",
  /** @param {string} until */
  closedUntil: (until) => `Зачинено до ${until}`,
  closedSoon: "Зачинено.",
  alarm: ["Повітряна тривога!", "Пройдіть до укриття"],
  alarmEnglish: "Air-raid alert! Go to shelter.",
  /** @param {string} time */
  alarmSince: (time) => `Тривога з ${time}`,
  shelterHere: "Укриття є в цій будівлі",
  shelterNear: "Найближче укриття",
  shelterWay: "Дорогу покаже працівник центру. Зал просимо залишити.",
  kept: "Ваше місце в черзі збережено",
  afterwards: "Прийом відновиться після відбою",
  keptEnglish: "Your place is kept. Service resumes after the all-clear.",
  starting: "Табло вмикається…",
  startingHint: "Чекаємо на відповідь сервера.",
  soundOff: "Звук вимкнено браузером",
  soundOn: "Увімкнути звук",
  controls: "Налаштування табло",
  volume: "Гучність",
  test: "Перевірити звук",
  testSpoken: "Талон А 042, місце 7",
  voice: "Голос",
  noVoice: "Українського голосу немає: лунає сигнал",
  theme: "Світле тло",
  languages: "Мова / Language",
  leave: "Від’єднати цей екран",
  posters: "Оголошення",
  news: "Важливо зараз",
  minutesShort: "хв",
};
