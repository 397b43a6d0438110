import { plural } from "/pages/assets/format.js";

/** @param {number} n */
const minutes = (n) => `${n} ${plural("uk", n, { one: "хвилину", few: "хвилини", other: "хвилин" })}`;
/** @param {number} n people, as an object in the accusative */
const people = (n) => `${n} ${plural("uk", n, { one: "людину", other: "людей" })}`;
/** @param {number} n */
const times = (n) => (n === 1 ? "один раз" : `${n} ${plural("uk", n, { few: "рази", other: "разів" })}`);

/** What the ticket's page says in Ukrainian. */
export const uk = {
  languages: "Мова / Language",
  /** @param {string} city */
  centre: (city) => `ЦНАП · ${city}`,
  pageTitle: "Мій талон",
  yourTicket: "Ваш талон",
  /** @param {string} x */
  ticketNumber: (x) => `Талон ${x}`,
  otherTickets: "Ваші талони",
  loading: "Шукаємо талон…",
  noTicket: "Тут з’явиться ваш талон",
  noTicketHow: "Оберіть послугу й підрозділ і візьміть талон. Або відскануйте QR-код зі свого талона.",
  toBoard: "Де найшвидше?",
  badLink: "Це посилання не відкриває талон",
  badLinkHow: "Перевірте, чи скопійовано його повністю, або відскануйте QR-код із талона ще раз.",
  goneTicket: "Цього талона вже немає",
  goneTicketHow: "Дані про завершені візити зберігаємо 72 години.",
  forget: "Прибрати талон",
  forgetHere: "Прибрати з цього пристрою",
  noConnection: "Немає зв’язку",

  leaveAt: "Вийдіть з дому о",
  leaveNow: "Виходьте зараз",
  /** @param {string} time */
  callHardlyBefore: (time) => `навряд чи раніше ${time}`,
  /** @param {number} n */
  inMinutes: (n) => `через ${n} хв`,
  youAreCalled: "Вас покличуть",
  about: "орієнтовно",
  waitHere: "Чекайте в залі: стежте за табло й цією сторінкою.",
  waitNear: "Вкажіть дорогу, і ми скажемо, коли виходити.",
  unknownWait: "Скільки чекати, поки невідомо",
  unknownWhy: "Щойно стане відомо, час з’явиться тут. Краще бути поруч.",
  placeKept: "Ваше місце в черзі збережено",
  afterAllClear: "Прийом відновиться після відбою",
  /** @param {string} time */
  resumesAt: (time) => `Відбій. Прийом відновиться о ${time}`,
  alarm: "Повітряна тривога! Пройдіть до укриття",
  shelter: "Підрозділ приймає в укритті",
  onHold: "Прийом призупинено",
  noPower: "Немає світла: вашу послугу призупинено",
  noPowerHow: "Щойно з’явиться світло, покличемо за чергою.",
  branchClosed: "Підрозділ зачинено",
  /** @param {string} when */
  closedUntil: (when) => `Зачинено до ${when}. Талон діє.`,
  /** @param {number} n */
  ahead: (n) => (n === 0 ? "Ви наступні" : `Зараз перед вами ${n}`),
  /** @param {number} n */
  road: (n) => `${minutes(n)} дороги`,
  leaveHome: "Вийдіть з дому",
  /** @param {string} z @param {string} f */
  zoneFloor: (z, f) => `Зона ${z}, поверх ${f}`,
  /** @param {string} z */
  zoneOnly: (z) => `Зона ${z}`,
  /** @param {string} f */
  floorOnly: (f) => `Поверх ${f}`,
  demo: "Демо",

  /** @param {string} old @param {string} place */
  transferred: (old, place) => `Вас передано до «${place}». Це новий номер, попередній: ${old}. Черга зберігається.`,
  understood: "Зрозуміло",
  /** @param {number} back */
  missedOnce: (back) => `Вас кликали, але ви не підійшли. Ви в черзі, пропустили вперед ${people(back)}.`,
  serving: "Вас обслуговують",
  parked: "Талон відкладено",
  parkedHow: "Ваше місце в черзі збережено. Коли документи будуть готові, покличемо знову.",
  /** @param {string} time */
  parkedUntil: (time) => `Повернеться в чергу не пізніше ${time}.`,
  done: "Дякуємо, що завітали",
  doneHow: "Обслуговування завершено.",
  rateUs: "Оцініть, будь ласка, обслуговування на виході.",
  noShow: "Ви не підійшли на виклик",
  /** @param {string} time */
  noShowUntil: (time) => `Підійдіть на рецепцію до ${time}: вас повернуть на ваше місце в черзі.`,
  noShowAsk: "Підійдіть на рецепцію: вас повернуть на ваше місце в черзі.",
  noShowLate: "Час повернення минув. Візьміть новий талон.",
  left: "Візит завершено",
  leftHow: "Талон закрито на місці. Якщо це помилка, зверніться на рецепцію.",
  cancelled: "Талон здано",
  cancelledHow: "Дякуємо, що звільнили місце. Можна взяти новий талон будь-коли.",
  expired: "Талон більше не діє",
  expiredHow: "Робочий день скінчився. Вибачте, що не встигли: візьміть, будь ласка, новий талон.",

  called: "Вас запрошують",
  deskLabel: "місце",
  /** @param {string} time */
  waitsUntil: (time) => `Чекаємо до ${time}.`,
  thenAgain: "Потім покличемо ще раз.",
  waitsAtDesk: "Вас чекають.",
  /** @param {number} back */
  notInTime: (back) => `Не встигаєте? Талон не згорить: ви пропустите вперед ${people(back)}.`,
  lastChance: "Не встигаєте? Підійдіть на рецепцію: вас повернуть у чергу.",
  iAmComing: "Я йду",
  waitingForYou: "На вас чекають",
  soundOn: "Звук і вібрація увімкнені",
  soundOff: "Звук і вібрація вимкнені",
  /** @param {string} x @param {string} desk */
  spokenCall: (x, desk) => `Талон ${x}. Вас запрошують: ${desk}.`,
  /** @param {string} desk @param {string} x */
  titleCalled: (desk, x) => `● ${desk}! Талон ${x}`,
  /** @param {string} x @param {string} time */
  titleLeave: (x, time) => `${x}: вийдіть з дому о ${time}`,

  travel: "Скільки вам їхати?",
  /** @param {string} way */
  travelSet: (way) => `Дорога: ${way}`,
  change: "Змінити",
  modes: { walk: "пішки", transit: "транспортом", car: "автом" },
  howYouGo: "Як ви дістаєтеся",
  fromPlace: "Порахувати від мого місця",
  placeUsed: "Місце потрібне лише для розрахунку, ми його не зберігаємо.",
  placeDenied: "Браузер не дав вашого місця. Вкажіть хвилини.",
  minutesLabel: "Хвилин у дорозі",
  setMinutes: "Зберегти",
  iAmHere: "Я вже тут",
  youAreHere: "ви в підрозділі",
  /** @param {number} n */
  wayMinutes: (n) => minutes(n),
  minutesWrong: "Вкажіть хвилини від 0 до 300.",

  actions: "Дії",
  directions: "Як доїхати",
  directionsNote: "відкриється мапа",
  calendar: "У календар",
  calendarFailed: "Не вдалося створити запис. Спробуйте ще раз.",
  qr: "QR для входу",
  qrAlt: "QR-код талона",
  /** @param {string} x */
  qrHow: (x) => `Покажіть код на рецепції або назвіть номер ${x}.`,

  remind: "Нагадати",
  remindLeave: "Коли час виходити",
  remindCall: "Коли покличуть: звук і вібрація",
  remindPush: "Сповіщення на телефон",
  pushHow: "Приходять, навіть коли сторінку закрито. У тексті лише номер талона й місце.",
  pushDenied: "Сповіщення заборонено в налаштуваннях браузера.",
  pushFailed: "Не вдалося ввімкнути сповіщення. Спробуйте пізніше.",
  timeToLeave: "Час виходити!",

  toBring: "Що взяти",
  nothingListed: "Перелік документів уточніть у підрозділі.",
  notNeeded: "не потрібно, адміністратор отримає сам",
  fee: "Вартість",
  rights: "Ваші права",
  late: "Якщо запізнитеся.",
  /** @param {number} calls @param {number} seconds */
  lateCalls: (calls, seconds) =>
    seconds > 0
      ? `Кличемо й чекаємо ${seconds % 60 ? `${seconds} с` : minutes(seconds / 60)}, повторити виклик можуть до ${calls + 1} разів.`
      : `Кличемо до ${calls + 1} разів.`,
  /** @param {number} chances @param {number} back */
  lateChances: (chances, back) =>
    `Хто не підійшов, пропускає вперед ${people(back)} і лишається в черзі (так можна ${times(chances)}).`,
  /** @param {number} within */
  lateAfter: (within) => `Після цього талон закривають, але протягом ${within} хв рецепція поверне вас на місце.`,
  /** @param {number} misses @param {number} chances */
  misses: (misses, chances) => `Пропущено викликів: ${misses} з ${chances + 1}.`,
  contact: "Довідка",
  /** @param {string} time @param {string} age */
  updated: (time, age) => `Оновлено о ${time}, ${age} тому`,
  /** @param {number} seconds */
  age: (seconds) =>
    seconds < 120
      ? `${Math.floor(seconds)} с`
      : seconds < 7200
        ? `${Math.floor(seconds / 60)} хв`
        : `${Math.floor(seconds / 3600)} год`,
  /** @param {string} time */
  offline: (time) => `Немає зв’язку, дані за ${time}. Пробуємо знову…`,
  noFreshData: "Свіжих даних немає",
  /** @param {string} text */
  lastKnown: (text) => `Останнє відоме: ${text}.`,
  /** @param {string} time */
  lastLeave: (time) => `вийти о ${time}`,
  /** @param {string} from @param {string} to */
  lastCall: (from, to) => `виклик ${from}–${to}`,

  giveUp: "Здати талон",
  /** @param {string} x */
  giveUpSure: (x) => `Здати талон ${x}? Місце в черзі втратите.`,
  giveUpYes: "Так, здати",
  giveUpNo: "Ні, лишити",
  givingUp: "Здаємо…",
  unanswered: "Немає відповіді, повторюємо…",
  newTicket: "Взяти новий талон",
};
