/** @import { LocalText } from "/pages/assets/types.js" */
import { local, plural } from "/pages/assets/format.js";
import { panelsUk } from "./words-uk-panels.js";

/** @param {number} n */
const span = (n) => (n < 60 ? `${n} хв` : `${Math.floor(n / 60)} год${n % 60 ? ` ${n % 60} хв` : ""}`);
/** @param {number} n */
const people = (n) => `${n} ${plural("uk", n, { one: "людина", few: "людини", other: "людей" })}`;
/** @param {number} n */
const wait = (n) => `${plural("uk", n, { one: "чекає", few: "чекають", other: "чекають" })} ${n}`;
/** @param {number} n */
const desksOnBreak = (n) =>
  n ? `${n} ${plural("uk", n, { one: "місце на перерві", few: "місця на перерві", other: "місць на перерві" })}, ` : "";

/** What the page of a head of centre says in Ukrainian. */
export const uk = {
  title: "Керівник підрозділу",
  signInTitle: "Керівник підрозділу",
  signInHint: "Увійдіть своїм ключем. Його видає адміністратор.",
  token: "Ключ доступу",
  signIn: "Увійти",
  signOut: "Вийти",
  noAnswer: "Сервер не відповідає. Спробуйте ще раз.",
  tokenEnded: "Ключ доступу більше не діє. Увійдіть знову.",
  tokenWrong: "Такого ключа немає або його відкликано. Перевірте, чи скопійовано його повністю.",
  /** @param {string} role */
  notASupervisor: (role) => `Цей ключ не для керівника (роль: ${role}). Попросіть ключ із роллю supervisor.`,
  languages: "Мова / Language",
  loading: "Завантажуємо стан підрозділу…",
  branch: "Підрозділ",
  minutes: "хв",
  /** @param {number} n */
  inMinutes: (n) => `${n} хв`,

  /** @param {string} until */
  openUntil: (until) => `Відкрито до ${until}`,
  open: "Відкрито",
  ticketsClosed: "Талони більше не видаємо",
  /** @param {string} until */
  closedUntil: (until) => `Зачинено до ${until}`,
  closed: "Зачинено",
  paused: "Прийом призупинено",
  shelter: "Тривога: приймаємо в укритті",
  noPower: "немає світла",
  /** @param {number} seconds */
  updated: (seconds) => (seconds < 1 ? "Оновлено щойно" : `Оновлено ${seconds} с тому`),
  alarmBanner: "Повітряна тривога! Прийом призупинено до відбою. Місця в черзі збережено.",
  shelterBanner: "Повітряна тривога: приймаємо в укритті. Після відбою натисніть «Відбій, відновити».",
  continueBanner: "Повітряна тривога. За правилами підрозділу прийом триває.",
  /** @param {string} at */
  resumesAt: (at) => `Відбій пролунав. Прийом відновиться о ${at}.`,
  /** @param {string} reason */
  holdBanner: (reason) => `Прийом призупинено: ${reason}. Місця в черзі збережено.`,
  powerBanner: "Немає світла: частина послуг недоступна, інші надаємо.",
  /** @param {number} seconds */
  offline: (seconds) => `Немає зв’язку ${seconds} с. Показуємо останній відомий стан; команди запрацюють, щойно зв’язок відновиться.`,
  /** @param {string} at */
  knownFrom: (at) => `Показники дня пораховано з ${at}: попередній журнал не зберігся.`,

  closeTickets: "Закрити видачу талонів",
  openTickets: "Відкрити видачу талонів",
  openBranch: "Відкрити підрозділ",
  powerOff: "Немає світла",
  powerOn: "Світло є",
  hold: "Призупинити підрозділ",
  resume: "Відновити прийом",
  alarm: "Повітряна тривога",
  allClear: "Відбій, відновити",
  alarmConfirm: "Оголосити повітряну тривогу?",
  alarmYes: "Так, тривога",
  no: "Ні",
  closeDay: "Закрити день",
  closeDayConfirm: "Закрити день? Хто ще чекає, втратить місце або перейде на завтра за правилами підрозділу.",
  closeDayYes: "Так, закрити день",

  waiting: "Чекають",
  /** @param {number} n */
  longest: (n) => `найдовше ${span(n)}`,
  averageWait: "Середнє очікування",
  /** @param {number} target @param {number} guaranteed */
  promised: (target, guaranteed) => `ціль ${target}, гарантовано ${guaranteed}`,
  medianHint: "Медіана: половина викликаних сьогодні чекала менше",
  desksWorking: "Працює місць",
  /** @param {number} total @param {number} paused */
  ofDesks: (total, paused) => `з ${total}${paused ? `, ${paused} на перерві` : ""}`,
  /** @param {number} n */
  overRed: (n) => `Понад ${n} ${plural("uk", n, { one: "хвилину", few: "хвилини", other: "хвилин" })}`,
  /** @param {number} today */
  overToday: (today) => `зараз, ${today} за день`,
  hall: "Людей у залі",
  /** @param {number} n */
  ofSeats: (n) => `з ${n} місць`,
  hallNoCapacity: "без тих, хто на прийомі",
  forecast: "Прогноз на годину",
  /** @param {number} n */
  comesCanServe: (n) => `прийде, приймемо ${n}`,
  unknown: "невідомо",

  decisions: "Потребує рішення",
  nothingToDecide: "Усе йде за планом: рішень не потрібно.",
  nothingWhilePaused: "Прийом стоїть, місця в черзі збережено. Рішення знадобляться, коли він відновиться.",
  /** @param {number} n */
  putAway: (n) => `Відкладено: ${n}`,
  showAgain: "Показати знову",
  later: "Пізніше",
  /** @param {string} what */
  laterFor: (what) => `Пізніше: ${what}`,
  alertTitles: {
    /** @param {string} letter @param {number} n */
    queue_unserved: (letter, n) => `${letter}: ${wait(n)}, нікого на прийомі`,
    /** @param {string} ticket @param {number} n */
    starving_ticket: (ticket, n) => `${ticket} чекає ${span(n)}`,
    /** @param {number} n */
    hall_full: (n) => `Зал заповнено: ${people(n)}`,
    /** @param {string} desk @param {number} n */
    over_red: (desk, n) => `Місце ${desk}: прийом ${span(n)}`,
    /** @param {string} letter @param {number} paused @param {number} n */
    standard_at_risk: (letter, paused, n) => `${letter}: ${desksOnBreak(paused)}${wait(n)}`,
    /** @param {string} desk @param {number} n */
    stale_desk: (desk, n) => `Місце ${desk}: ${span(n)} без прийому`,
    /** @param {string} device */
    silent_device: (device) => `${device} мовчить`,
    /** @param {string} device */
    printer_needs_hand: (device) => `${device}: принтер`,
    feed_silent: "Служба тривог мовчить",
    help_asked: (/** @type {string} */ device) => `${device || "Термінал"}: людині потрібна допомога`,
    /** @param {string} desk @param {number} n */
    rest_due: (desk, n) => `Місце ${desk}: ${span(n)} без перерви`,
  },
  alertDetails: {
    /** @param {number} minutes @param {number} paused */
    queue_unserved: (minutes, paused) => `${desksOnBreak(paused)}найдовше ${span(minutes)}`,
    /** @param {string} desk @param {string} letters */
    spare: (desk, letters) => `Місце ${desk} вільне, на ${letters} нікого`,
    /** @param {number} n */
    moreStarving: (n) => (n > 1 ? `і ще ${n - 1} понад гарантоване` : "понад гарантоване"),
    hall_full: "Більше, ніж уміщує зал",
    /** @param {string} ticket */
    over_red: (ticket) => `${ticket}, довше за норму`,
    /** @param {string} at */
    target: (at) => `Ціль буде порушено о ${at}`,
    /** @param {string} at */
    guaranteed: (at) => `Гарантований строк буде порушено о ${at}`,
    /** @param {number} n */
    staleWaiting: (n) => `вільне, а ${wait(n)}`,
    /** @param {string} ticket */
    staleCalled: (ticket) => `${ticket} викликано, ніхто не підійшов`,
    /** @param {string} at */
    silentSince: (at) => `Востаннє чули о ${at}`,
    neverHeard: "Ще жодного разу не озвався",
    feed_silent: "Тривогу й відбій оголошуйте самі",
    helpWaits: (/** @type {number} */ minutes) => (minutes < 1 ? "щойно, ще ніхто не йде" : `${span(minutes)} ніхто не йде`),
    helpMine: "Ви йдете туди",
    rest: "Час відпочити",
    /** @param {number} n */
    restMore: (n) => `Час відпочити, і ще ${n} ${plural("uk", n, { one: "місцю", few: "місцям", other: "місцям" })}`,
  },
  printers: {
    paper_out: "немає паперу",
    cover_open: "відкрито кришку",
    offline: "принтер не відповідає",
    paper_low: "папір закінчується",
    ok: "друкує",
  },
  /** @param {string} state */
  printer: (state) => `принтер: ${/** @type {Record<string, string>} */ (uk.printers)[state] ?? state}`,
  help: {
    /** @param {string} desk @param {string} letter */
    set_skills: (desk, letter) => `Місце ${desk} до черги ${letter}`,
    /** @param {string} desk */
    open_desk: (desk) => `Відкрити ще місце: ${desk}`,
    /** @param {string} desk */
    resume_desk: (desk) => `Завершити перерву: ${desk}`,
    /** @param {string} desk */
    pause_desk: (desk) => `На перерву: ${desk}`,
    ask: "Запитати",
    check_device: "Перевірити",
    check_alarm: "Оголосити вручну",
    answer_help: "Іду",
    end_help: "Допомогли",
  },

  queues: "Черги і стандарти",
  queue: "Черга",
  peopleColumn: "Людей",
  longestColumn: "Найдовше",
  waitColumn: "Чекати, хв",
  target: "Ціль",
  guaranteed: "Гарантовано",
  /** @param {number} n */
  targetMark: (n) => `ціль ${n}`,
  /** @param {number} n */
  guaranteedMark: (n) => `гарант. ${n}`,
  /** @param {string} target @param {string} guaranteed */
  shares: (target, guaranteed) => `ціль ${target}, гарант. ${guaranteed}`,
  /** @param {number} low @param {number} high */
  waitSentence: (low, high) => `Чекати від ${low} до ${high} хв`,
  waitUnknown: "Скільки чекати, невідомо",
  noTickets: "Сьогодні ще нікого не викликали",

  desks: "Завантаженість місць",
  deskNumber: "№",
  skills: "Черги",
  ticket: "Талон",
  service: "Прийом",
  today: "Сьогодні",
  done: "Талонів",
  /** @param {number} n */
  overColumn: (n) => `>${n} хв`,
  /** @param {string} desk */
  deskButton: (desk) => `Місце ${desk}: дії`,
  busy: "прийом",
  idle: "вільне",
  pausedKind: "перерва",
  /** @param {number} busy @param {number} idle @param {number} paused */
  spent: (busy, idle, paused) => `прийом ${span(busy)}, вільне ${span(idle)}, перерва ${span(paused)}`,
  deskFree: "Вільне",
  deskClosed: "Зачинено",
  onBreak: "Перерва",
  called: "викликано",
  paying: "оплата",
  noDesks: "У підрозділі немає робочих місць.",
  /** @param {number} n */
  nonstop: (n) => `без перерви ${span(n)}`,
  /** @param {number} n */
  meanService: (n) => `у середньому ${n} хв на талон`,

  heat: "Очікування за день, хв",
  heatHint: "половина людей чекає менше; пунктир: прогноз",
  now: "зараз",
  heatEmpty: "Сьогодні підрозділ не працює.",
  /** @param {string} at @param {number} minutes @param {string} level @param {boolean} forecast */
  heatCell: (at, minutes, level, forecast) => `${at}: ${minutes} хв, ${level}${forecast ? ", прогноз" : ""}`,
  levels: { quiet: "вільно", moderate: "помірно", busy: "багато людей" },
  time: "Час",

  otherActions: "Інші дії",
  transferTicket: "Перевести талон",
  reinstate: "Поновити неявку",
  deskSkills: "Черги місця",
  devices: "Пристрої",
  incidents: "Події дня",
  journal: "Журнал",
  close: "Закрити",
  required: "Заповніть це поле",

  ...panelsUk,

  /** @param {string} what */
  doing: (what) => `${what}… Ще не підтверджено, не натискайте вдруге.`,
  stale: "Поки ви дивилися, стан змінився, тому команду не виконано. Показуємо теперішній стан.",
  undo: "Скасувати",
  /** @param {string} what */
  undoNamed: (what) => `Скасувати: ${what}`,
  /** @param {string} what */
  undone: (what) => `Скасовано: ${what}`,
  cannotUndo: "скасувати не можна",
  nothingDone: "Ваші дії з’являться тут.",
  deeds: {
    open: "Підрозділ відкрито",
    close: "Підрозділ зачинено",
    "close-tickets": "Видачу талонів закрито",
    "open-tickets": "Видачу талонів відкрито",
    "power-off": "Світла немає",
    "power-on": "Світло є",
    hold: "Прийом призупинено",
    resume: "Прийом відновлено",
    alarm: "Тривогу оголошено",
    "all-clear": "Відбій оголошено",
    "close-day": "День закрито",
  },
  /** @param {LocalText} name */
  serviceSuspended: (name) => `Зупинено: ${local(name, "uk")}`,
  /** @param {LocalText} name */
  serviceRestored: (name) => `Знову надаємо: ${local(name, "uk")}`,
  /** @param {string} desk @param {string} letters */
  skillsSet: (desk, letters) => `Місце ${desk} викликає з черг: ${letters}`,
  /** @param {string} desk */
  deskOpened: (desk) => `Місце ${desk} відкрито`,
  /** @param {string} desk */
  deskClosedDeed: (desk) => `Місце ${desk} зачинено`,
  /** @param {string} desk */
  deskPaused: (desk) => `Місце ${desk} на перерві`,
  /** @param {string} desk */
  deskResumed: (desk) => `Перерву місця ${desk} завершено`,
  /** @param {string} desk */
  deskReleased: (desk) => `Місце ${desk} звільнено`,
  /** @param {string} number @param {string} to */
  ticketMoved: (number, to) => `Талон ${number} переведено: ${to}`,
  /** @param {string} number */
  ticketReinstated: (number) => `Талон ${number} поновлено`,
  /** @param {string} name */
  deviceApproved: (name) => `Пристрій «${name}» дозволено`,
  /** @param {string} name */
  deviceRevoked: (name) => `Пристрій «${name}» відкликано`,
  incidentRecorded: "Подію записано",
};
