/** @import { Language } from "/pages/assets/types.js" */
import { plural } from "/pages/assets/format.js";

/** What a device says until somebody has let it in. */
const uk = {
  title: { kiosk: "Підключення термінала", display: "Підключення табло" },
  /** @param {string} name */
  branch: (name) => `Підрозділ: ${name}`,
  steps: [
    "Скануйте QR-код телефоном або відкрийте на комп’ютері сторінку керівника.",
    "Введіть код із цього екрана й дайте пристрою назву.",
    "Екран увімкнеться сам за кілька секунд.",
  ],
  code: "Код підключення",
  qr: "QR-код: сторінка керівника з цим кодом",
  /** @param {number} minutes */
  lives: (minutes) => `Код діє ще ${minutes} ${plural("uk", minutes, { one: "хвилину", few: "хвилини", other: "хвилин" })}`,
  waiting: "Чекаємо, поки керівник підтвердить.",
  asking: "Просимо код у сервера…",
  away: "Немає зв’язку із сервером. Спробуємо ще раз самі.",
  refused: "Керівник відхилив цей код. Невдовзі з’явиться новий.",
  /** @param {string} branch */
  unknown: (branch) => `Підрозділу «${branch}» немає. Перевірте адресу сторінки або оберіть підрозділ:`,
};

/** @type {typeof uk} */
const en = {
  title: { kiosk: "Connecting this kiosk", display: "Connecting this display" },
  branch: (name) => `Branch: ${name}`,
  steps: [
    "Scan the QR code with a phone, or open the supervisor’s page on a computer.",
    "Type the code shown here and give the device a name.",
    "This screen starts by itself within seconds.",
  ],
  code: "Connection code",
  qr: "QR code: the supervisor’s page with this code",
  lives: (minutes) => `The code is good for ${minutes} more ${plural("en", minutes, { one: "minute", other: "minutes" })}`,
  waiting: "Waiting for the supervisor to approve.",
  asking: "Asking the server for a code…",
  away: "No connection to the server. It will be tried again.",
  refused: "The supervisor refused this code. A new one will follow.",
  unknown: (branch) => `There is no branch “${branch}”. Check the address of this page, or choose a branch:`,
};

/** @typedef {typeof uk} EnrolmentWords */

/**
 * @param {Language} language
 * @returns {EnrolmentWords}
 */
export function enrolmentWords(language) {
  return language === "en" ? en : uk;
}
