import { plural } from "/pages/assets/format.js";

/** @param {number} n */
const people = (n) => `${n} ${plural("uk", n, { one: "людина", few: "людини", other: "людей" })}`;

/** What a kiosk says in Ukrainian. */
export const words = {
  language: "uk",
  languageName: "Українська",
  title: "Термінал самообслуговування",
  /** @param {string} name */
  centre: (name) => `ЦНАП: ${name}`,
  hello: "Доброго дня!",
  helloHint: "Візьміть талон до адміністратора",
  waitsNow: "Скільки чекати зараз",
  start: "Торкніться, щоб почати",
  languages: "Мова",
  back: "Назад",
  toStart: "На початок",
  /** @param {number} step */
  step: (step) => `Крок ${step} з 2`,
  fieldTitle: "З чим ви прийшли?",
  search: "Знайти послугу за назвою",
  searchTitle: "Яка послуга?",
  searchHint: "Напишіть кілька літер, наприклад: паспорт, прописка, субсидія",
  /** @param {number} n */
  found: (n) =>
    n ? `Знайдено: ${n}` : "Такої послуги тут не знайшли. Спробуйте інше слово або натисніть «Потрібна допомога».",
  keyboard: "Клавіатура",
  keys: ["йцукенгшщзхї", "фівапролджє", "ґячсмитьбюʼ"],
  erase: "Стерти",
  space: "Пробіл",
  purposeTitle: "Мета візиту",
  purposes: { advice: "Консультація", submit: "Подати документи", collect: "Забрати результат" },
  purposeHints: {
    advice: "Запитати, дізнатися, що потрібно",
    submit: "Є документи, хочу подати",
    collect: "Повідомили, що готово",
  },
  collectAll: "Забрати готовий результат",
  exactly: "Обрати точну послугу",
  levels: { quiet: "Вільно", moderate: "Помірно", busy: "Багато людей" },
  unknownWait: "час невідомий",
  /** @param {number} from @param {number} to */
  minutes: (from, to) => `${from}\u2060–\u2060${to} хв`,
  /** @param {number} n */
  under: (n) => `до ${n} хв`,
  why: {
    no_power: "Немає світла: послуга тимчасово недоступна",
    suspended: "Послуга тимчасово недоступна",
    full: "Сьогодні вже не встигнемо",
  },
  noPower: "Немає світла: частина послуг недоступна",
  shelter: "Повітряна тривога: приймаємо в укритті",
  /** @param {string} field @param {string} branch */
  faster: (field, branch) => `${field}: швидше в «${branch}».`,
  /** @param {string} wait @param {number} way */
  fasterHow: (wait, way) => `Чекати ${wait}, дорога ${way} хв.`,
  onlineTitle: "Це можна зробити онлайн",
  onlineHint: "Без черги, з телефону. Наведіть камеру на код: відкриється сторінка з посиланням.",
  onlineAnyway: "Усе одно взяти талон",
  wait: "Зачекайте, беремо номер…",
  ticketTitle: "Місце в черзі за вами",
  ticketHint: "Чекайте, де зручно: номер буде на табло.",
  ticketOffline: "Зв’язку із сервером зараз немає, але місце за вами: час приходу записано.",
  ahead: "Перед вами",
  people,
  nobody: "нікого",
  called: "Покличемо орієнтовно",
  /** @param {string} wait */
  waiting: (wait) => `чекати ${wait}`,
  unknownYet: "стане відомо, щойно відновиться зв’язок",
  where: "Куди йти",
  /** @param {string | null} zone @param {string | null} floor */
  place: (zone, floor) => [zone && `Зона ${zone}`, floor && `поверх ${floor}`].filter(Boolean).join(", "),
  qr: "Наведіть камеру, щоб стежити з телефону",
  qrLater: "Код запрацює, щойно відновиться зв’язок",
  qrAlt: "QR-код талона",
  noQr: "Запам’ятайте або сфотографуйте номер",
  print: "Надрукувати",
  printing: "Друкуємо…",
  printed: "Візьміть талон внизу",
  qrOnly: "Тільки QR",
  done: "Готово",
  noPaper: {
    paper_out: "Папір скінчився. Сфотографуйте номер або код.",
    cover_open: "Кришку принтера відкрито. Сфотографуйте номер або код.",
    offline: "Принтер не відповідає. Сфотографуйте номер або код.",
  },
  /** @param {number} seconds */
  countdown: (seconds) => `Екран повернеться на початок за ${seconds} с`,
  more: "Мені треба більше часу",
  larger: "Більший текст",
  contrast: "Контраст",
  voice: "Голос",
  noVoice: "Голосу цією мовою тут немає. Усе написано на екрані.",
  voiceOn: "Голос увімкнено.",
  lower: "Нижче",
  help: "Потрібна допомога",
  helpBar: "Допомога",
  helpTitle: "Вам допоможуть",
  helpHere: "Підійдіть до рецепції біля входу або покличте адміністратора в залі.",
  helpTicket: "Якщо незручно користуватися терміналом, талон дасть рецепція. Ваше місце не загубиться.",
  /** @param {string} phone */
  helpPhone: (phone) => `Телефон: ${phone}`,
  helpHow: "Клавіатурою: стрілки або Tab обирають, Enter натискає, Esc повертає назад.",
  failedTitle: "Номер зараз узяти не вдалося",
  failedHint: "Спробуйте ще раз за хвилину або візьміть талон на рецепції.",
  again: "Спробувати ще раз",
  alarmTitle: "Повітряна тривога!",
  alarmGo: "Пройдіть до укриття",
  alarmPlace: "Ваше місце в черзі збережено",
  alarmAfter: "Прийом відновиться після відбою",
  /** @param {string} time */
  resumes: (time) => `Прийом відновиться о ${time}`,
  pausedTitle: "Прийом призупинено",
  pausedHint: "Місця в черзі збережено. Талони знову будуть, щойно прийом відновиться.",
  closedTitle: "Зараз зачинено",
  /** @param {string} time */
  opens: (time) => `Відкриємося: ${time}`,
  fullTitle: "Талонів на сьогодні немає",
  fullHint: "До закриття не встигнемо прийняти більше людей. Усіх, хто має талон, приймемо.",
  elsewhere: "Куди можна піти зараз",
  /** @param {string} wait @param {number} way */
  elsewhereHow: (wait, way) => `чекати ${wait}, дорога ${way} хв`,
  noElsewhere: "Інші підрозділи зараз теж не приймають.",
  noDataTitle: "Немає зв’язку",
  noDataHint: "Термінал ще не має даних. Талон дасть рецепція.",
  forbidden: "Ключ цього термінала не для цього підрозділу.",
  /** @param {string} time */
  stale: (time) => `Немає зв’язку, дані за ${time}. Талони видаємо.`,
  gone: "Немає зв’язку. Талони видаємо, час очікування невідомий.",
  /** @param {string} numbers */
  refused: (numbers) => `Для рецепції: внесіть вручну ${numbers}.`,
  /** @param {number} chances @param {number} minutes @param {number} back */
  lateness: (chances, minutes, back) =>
    minutes
      ? `Підійдіть протягом ${minutes} хв після виклику. ${chances ? `Якщо не встигнете, талон перейде на ${back} ${plural("uk", back, { one: "місце", few: "місця", other: "місць" })} назад, наступного разу пропаде.` : "Інакше талон пропаде."}`
      : "Якщо не підійдете на виклик, талон пропаде.",
  /** @param {string} from @param {string} to */
  spoken: (from, to) => `від ${from} до ${to}`,
  issued: "Видано",
  notes: "Повідомлення",
  timeLeft: "Скільки часу лишилося",
};
