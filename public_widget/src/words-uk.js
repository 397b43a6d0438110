import { plural, unbroken } from "./format.js";

/** @param {number} n */
const minutes = (n) => `${n} ${plural("uk", n, { one: "хвилини", other: "хвилин" })}`;
/** @param {number} n */
const people = (n) => `${n} ${plural("uk", n, { one: "людина", few: "людини", other: "людей" })}`;
/** @param {number} n */
const services = (n) => `${n} ${plural("uk", n, { one: "послугу", few: "послуги", other: "послуг" })}`;

/** What the board says in Ukrainian. Every value is a text or a function of what it names. */
export const uk = {
  service: "Послуга",
  chooseService: "Оберіть послугу",
  clear: "Очистити",
  showServices: "Показати всі послуги",
  /** @param {string} contact */
  noSuchService: (contact) =>
    `Такої послуги не знайдено. Спробуйте інше слово${contact ? ` або зателефонуйте: ${contact}` : ""}.`,
  /** @param {number} n */
  servicesFound: (n) => `${plural("uk", n, { one: "Знайдено", other: "Знайдено" })} ${services(n)}`,
  loading: "Завантажуємо чергу…",
  noConnection: "Немає зв’язку.",
  unknownCity: "Такого міста тут немає.",
  fastestFirst: "Найшвидші спершу",
  branchesNow: "Підрозділи зараз",
  chooseToSeeWait: "Оберіть послугу, і ми покажемо, скільки чекати в кожному підрозділі.",
  /** @param {string} time @param {string} age */
  updated: (time, age) => `Оновлено о ${time}, ${age} тому`,
  /** @param {number} seconds */
  age: (seconds) => (seconds < 120 ? `${Math.floor(seconds)} с` : `${Math.floor(seconds / 60)} хв`),
  /** @param {string} time */
  stoppedAt: (time) => `Зупинено о ${time}`,
  stop: "Зупинити",
  resume: "Продовжити",
  orderChanged: "Порядок змінився.",
  refresh: "Оновити",
  waitColumn: "Чекати",
  branchColumn: "Підрозділ",
  waitingColumn: "У черзі",
  desksColumn: "Працює місць",
  minutesUnit: "хв",
  /** @param {number} n */
  upTo: (n) => `до ${n}`,
  /** @param {number} low @param {number} high */
  spokenWait: (low, high) => (low > 0 ? `чекати від ${low} до ${minutes(high)}` : `чекати до ${minutes(high)}`),
  /** @param {string} from @param {string} to */
  callAt: (from, to) => (from === to ? `близько ${from}` : `${from}–${to}`),
  /** @param {string} from @param {string} to */
  spokenCallAt: (from, to) => `приймуть орієнтовно від ${from} до ${to}`,
  quiet: "Вільно",
  moderate: "Помірно",
  busy: "Багато людей",
  shortest: "Найменше чекати",
  almostEqual: "майже однаково",
  unknown: "невідомо",
  unknownWhy: "За останній час тут прийняли замало людей, щоб прогнозувати.",
  noDesksOpen: "Зараз не працює жодне місце.",
  noData: "немає даних",
  /** @param {string} time */
  lastDataAt: (time) => `останні о ${time}`,
  /** @param {string} contact */
  noFreshData: (contact) => `Свіжих даних немає.${contact ? ` Довідка: ${contact}.` : ""}`,
  /** @param {string} time */
  offline: (time) => `Немає зв’язку, дані за ${time}.`,
  offlineNoData: "Немає зв’язку.",
  /** @param {number} n */
  retryIn: (n) => `Пробуємо знову через ${n} с.`,
  retrying: "Пробуємо знову…",
  demo: "Демо",
  /** @param {number} count */
  onTheWay: (count) => `у дорозі: ${count}`,
  /** @param {number} open @param {number} total */
  desksOf: (open, total) => [`${open}`, ` з ${total}`],
  offNow: "Зараз цю послугу не надають",
  offNowAny: "Зараз не приймають",
  afterAllClear: "після відбою",
  paused: "пауза",
  pausedAlarm: "Пауза: тривога",
  pausedHold: "Прийом призупинено",
  /** @param {number} n */
  placesKept: (n) =>
    n > 0
      ? `${people(n)} у черзі ${plural("uk", n, { one: "зберігає", few: "зберігають", other: "зберігають" })} місце. `
      : "",
  resumesAfterAllClear: "Прийом відновиться після відбою.",
  resumesLater: "Місця в черзі збережено.",
  shelter: "Приймає в укритті",
  alarmTitle: "Повітряна тривога!",
  alarmText: "Пройдіть до укриття. Місця в чергах збережено.",
  noPower: "Немає світла",
  /** @param {number} others */
  noPowerWhy: (others) =>
    `Цю послугу призупинено, поки немає світла.${others > 0 ? ` Інші ${services(others)} надають.` : ""}`,
  noPowerPart: "Немає світла: частина послуг недоступна",
  noTicketsToday: "Талонів на сьогодні немає",
  noTicketsWhy: "Усіх, хто має талон, приймуть.",
  /** @param {string} branch @param {string} wait */
  fasterToday: (branch, wait) => `Швидше сьогодні: ${branch}, ${unbroken(wait)}\u00a0хв.`,
  closed: "Зачинено",
  /** @param {string} when */
  closedUntil: (when) => `Зачинено до ${when}`,
  /** @param {string} day @param {string} time */
  fromTime: (day, time) => `${day ? `${day} ` : ""}з ${time}`,
  /** @param {string} time */
  todayUntil: (time) => `Сьогодні до ${time}`,
  /** @param {string} time */
  closesSoon: (time) => `До ${time}`,
  /** @param {string} names */
  notOfferedAt: (names) => `Послуга тут недоступна: ${names}.`,
  nowhereNow: "Зараз цю послугу ніде не надають.",
  nobodyNow: "Зараз усі підрозділи зачинено.",
  /** @param {string} when @param {string} branch */
  earliest: (when, branch) => `Найраніше ${when}: ${branch}.`,
  online: "Можна онлайн",
  directions: "Як доїхати",
  /** @param {string} name */
  directionsTo: (name) => `Як доїхати: ${name} (відкриється мапа)`,
  /** @param {string} name */
  showMore: (name) => `${name}: показати подробиці`,
  /** @param {string} name */
  showLess: (name) => `${name}: сховати подробиці`,
  queuesHere: "Черги тут",
  /** @param {string} branch @param {string} wait */
  announceBest: (branch, wait) => `Найменше чекати: ${branch}, ${wait}.`,
  announceOffline: "Зв’язок втрачено, дані застарівають.",
  announceOnline: "Зв’язок відновлено.",
  announceOrder: "Порядок підрозділів змінився.",
  takeTicket: "Взяти талон",
  /** @param {string} branch */
  takeTicketAt: (branch) => `Взяти талон: ${branch}`,
  taking: "Беремо талон…",
  yourTicket: "Ваш талон",
  /** @param {number} n */
  ahead: (n) => `Перед вами: ${n}`,
  /** @param {string} desk */
  calledTo: (desk) => `Запрошуємо! ${desk}`,
  beThere: "Будьте в підрозділі, коли вас викличуть: хто не підійшов, втрачає місце в черзі.",
  giveBack: "Скасувати талон",
  putAway: "Сховати",
  noAnswer: "Відповіді немає. Натисніть ще раз: другий талон не з’явиться.",
  ticketStates: {
    waiting: "Чекайте на виклик",
    called: "Запрошуємо!",
    serving: "Вас обслуговують",
    parked: "Талон відкладено, місце збережено",
    done: "Обслуговування завершено",
    no_show: "Ви не підійшли на виклик. Зверніться до рецепції",
    left: "Візит завершено",
    cancelled: "Талон скасовано",
    expired: "День скінчився, талон більше не діє",
  },
  ramp: "Пандус",
  lift: "Ліфт",
  children_room: "Дитяча кімната",
  generator: "Генератор",
  shelterFacility: "Укриття",
  card_payment: "Оплата карткою на місці",
};
