import { plural } from "/pages/assets/format.js";

/** What reception says in Ukrainian. */
export const uk = {
  title: "Рецепція",
  signInTitle: "Рецепція",
  signInHint: "Увійдіть ключем рецепції. Його видає керівник підрозділу.",
  token: "Ключ доступу",
  signIn: "Увійти",
  signOut: "Вийти",
  noAnswer: "Сервер не відповідає. Спробуйте ще раз.",
  tokenEnded: "Ключ доступу більше не діє. Увійдіть знову.",
  tokenWrong: "Такого ключа немає або його відкликано. Перевірте, чи скопійовано його повністю.",
  /** @param {string} role */
  notReception: (role) => `Цей ключ не для рецепції (роль: ${role}). Попросіть ключ із роллю reception.`,
  /** @param {string} branch */
  unknownBranch: (branch) => `Підрозділу ${branch} немає.`,
  languages: "Мова / Language",
  training: "Навчальний підрозділ: ніде, крім робочих сторінок, не показується.",
  connected: "Зв’язок є",
  disconnected: "Немає зв’язку",
  /** @param {number} seconds */
  offline: (seconds) => `Немає зв’язку ${seconds} с. Показано останнє, що відомо. Розпочате буде доведено до кінця один раз.`,
  unconfirmed: "Ще не підтверджено, не натискайте вдруге.",
  branchPaused: "Прийом призупинено. Місця в черзі збережено.",
  branchAlarm: "Повітряна тривога! Прийом призупинено до відбою. Місця в черзі збережено.",
  /** @param {string} time */
  branchResumes: (time) => `Відбій. Прийом відновиться о ${time}. Місця в черзі збережено.`,
  branchShelter: "Повітряна тривога: приймаємо в укритті.",
  branchGoesOn: "Повітряна тривога. За правилами підрозділу прийом триває; хто хоче, іде до укриття.",
  branchClosed: "Підрозділ зачинено.",
  ticketsClosed: "Талони більше не видаємо; усіх, хто має талон, приймаємо.",
  noPower: "Немає світла: частина послуг недоступна.",
  newTicket: "Видати талон",
  service: "Послуга",
  searchService: "Назва послуги або її початок",
  searchMore: "Ще одна послуга, якщо потрібна",
  services: "Послуги підрозділу",
  nothingFound: "Нічого не знайдено. Спробуйте інше слово.",
  purpose: "Мета візиту",
  purposes: { all: "Усі", advice: "Консультація", submit: "Подати документи", collect: "Забрати результат" },
  chosen: "Обрано",
  /** @param {string} name */
  remove: (name) => `Прибрати: ${name}`,
  priority: "Пільга",
  noPriority: "Без пільги",
  shown: "Документ показано",
  showFirst: "Спершу відвідувач показує документ.",
  byHand: "Номер виписано від руки",
  byHandHint: "Коли не було світла: місце в черзі буде за часом приходу.",
  slip: "Номер на аркуші",
  arrived: "Час приходу",
  /** @param {number} n */
  ahead: (n) => `Попереду: ${n}`,
  /** @param {string} range */
  about: (range) => `орієнтовно ${range} хв`,
  unknownWait: "час очікування невідомий",
  issue: "Видати талон",
  /** @param {string} number */
  yourTicket: (number) => `Талон ${number}`,
  /** @param {string} place */
  zone: (place) => `Зона ${place}`,
  /** @param {string} floor */
  floor: (floor) => `поверх ${floor}`,
  print: "Надрукувати",
  nextVisitor: "Наступний відвідувач",
  qr: "QR-код талона: місце в черзі на телефоні",
  scanHint: "Можна сфотографувати телефоном.",
  keepStub: "Зберігайте талон до кінця візиту.",
  find: "Знайти талон",
  findHint: "Номер або скан QR",
  notFound: "Такого талона тут зараз немає.",
  hall: "Зал",
  inHand: "Викликані й на прийомі",
  line: "Чекають, за порядком виклику",
  parked: "Відкладені",
  missed: "Не з’явилися",
  nobody: "Нікого немає.",
  /** @param {number} n */
  more: (n) => `і ще ${n}`,
  /** @param {number} n */
  people: (n) => `${n} ${plural("uk", n, { one: "людина", few: "людини", other: "людей" })}`,
  minutes: "хв",
  /** @param {string} desk */
  atDesk: (desk) => `місце ${desk}`,
  states: {
    waiting: "Чекає",
    called: "Викликано",
    serving: "Обслуговується",
    parked: "Відкладено",
    done: "Завершено",
    no_show: "Не з’явився",
    left: "Пішов",
    cancelled: "Скасовано",
    expired: "Прострочено",
  },
  /** @param {number} n */
  waited: (n) => `чекав ${n} хв`,
  /** @param {string} time */
  came: (time) => `прийшов о ${time}`,
  /** @param {number} n */
  misses: (n) => `неявок: ${n}`,
  reprint: "Надрукувати знову",
  reinstate: "Повернути в чергу",
  transfer: "Передати",
  setPriority: "Підтвердити пільгу",
  left: "Відвідувач пішов",
  close: "Закрити",
  apply: "Застосувати",
  pickPlace: "Куди передати",
  searchPlace: "Черга або підрозділ",
  places: "Куди можна передати",
  queueGroup: "Черга",
  branchGroup: "Підрозділ",
  keepPlace: "Зберегти місце за часом приходу",
  incident: "Записати подію",
  incidentTitle: "Подія в залі",
  categories: {
    conflict: "Конфлікт",
    gift_refused: "Відмова від подарунка",
    register_down: "Реєстр не відповідає",
    other: "Інше",
  },
  whatHappened: "Що сталося",
  whatHappenedHint: "Без імен відвідувачів. Талон додається сам, якщо його відкрито.",
  sheet: "Аркуш номерів",
  sheetTitle: "Номери для запису від руки",
  sheetHint: "Візьміть їх заздалегідь: на випадок, коли не буде світла чи зв’язку. Потім введіть номер і час приходу.",
  sheetCount: "Номерів на кожну чергу",
  sheetTake: "Взяти й надрукувати",
  /** @param {string} name @param {string} day */
  sheetOf: (name, day) => `${name}, ${day}: номери, виписані від руки`,
  sheetColumns: ["Номер", "Час приходу", "Послуга"],
  /** @param {string} name of the kiosk */
  helpAsked: (name) => `${name || "Термінал"}: людині потрібна допомога.`,
  /** @param {number} n */
  helpWaits: (n) => (n < 1 ? "Щойно покликали." : `Чекає ${n} хв, ще ніхто не йде.`),
  helpGo: "Іду",
  helpEnd: "Допомогли",
  /** @param {string} role of who is on the way @returns {string} */
  helpGoing: (role) => (role === "supervisor" ? "Іде керівник підрозділу." : role === "reception" ? "Іде рецепція." : "Хтось уже йде."),
  done: {
    /** @param {string} name */
    help: (name) => `${name || "Термінал"}: допомогли.`,
    /** @param {string} number */
    issued: (number) => `Видано талон ${number}.`,
    /** @param {string} number */
    reprint: (number) => `Талон ${number} готовий до друку.`,
    /** @param {string} number */
    reinstate: (number) => `Талон ${number} знову в черзі.`,
    /** @param {string} number */
    transfer: (number) => `Талон ${number} передано.`,
    /** @param {string} number */
    "set-priority": (number) => `Пільгу талона ${number} змінено.`,
    /** @param {string} number */
    left: (number) => `Талон ${number}: відвідувач пішов.`,
    incident: () => "Подію записано.",
    sheet: () => "Номери взято. Надрукуйте аркуш.",
  },
  stale: "Хтось уже змінив це. Показуємо поточний стан.",
  keys: "F2 новий талон · F4 знайти · F8 друк · F9 подія",
};
