import { plural } from "/pages/assets/format.js";

/** @param {number} n */
const wait = (n) => `${plural("uk", n, { one: "чекає", few: "чекають", other: "чекають" })} ${n}`;

/** What the panels of the left column say in Ukrainian. */
export const panelsUk = {
  holdTitle: "Чому призупиняємо",
  holdReason: "Причина, її побачать відвідувачі",
  holdReasons: ["Технічна перерва", "Евакуація", "Немає зв’язку з реєстрами"],
  helpTaken: "До термінала вже йдуть",
  helpEnded: "Біля термінала допомогли",
  transfer: {
    number: "Номер талона",
    to: "Куди",
    queueGroup: "Черги підрозділу",
    deskGroup: "Місця",
    branchGroup: "Інші підрозділи",
    keepPlace: "Зберегти місце за часом приходу",
    note: "Записка колезі",
    unknown: "Такого талона серед тих, хто чекає чи на прийомі, немає",
    /** @param {string} name @param {number} n */
    queueOption: (name, n) => `${name}: ${wait(n)}`,
    /** @param {string} desk */
    deskOption: (desk) => `Місце ${desk}`,
  },
  reinstatePanel: {
    none: "Сьогодні немає талонів, які можна поновити.",
    /** @param {string} number */
    button: (number) => `Поновити ${number}`,
    hint: "Талон повернеться на старе місце в черзі.",
    loading: "Шукаємо…",
  },
  deskPanel: {
    /** @param {string} desk */
    title: (desk) => `Місце ${desk}`,
    choose: "Яке місце",
    queues: "Викликає з черг",
    save: "Зберегти черги",
    reset: "Як заведено",
    changed: "Змінено на сьогодні",
    open: "Відкрити місце",
    pause: "На перерву",
    resume: "Завершити перерву",
    closeDesk: "Закрити місце",
    release: "Звільнити місце",
    releaseConfirm: "Забрати талон у місця і зачинити його? Викликаний повернеться в чергу, той, кого приймають, чекатиме відкладеним.",
    releaseYes: "Так, звільнити",
    handOn: "Передати талон",
    pauseReason: "Перерва за рішенням керівника",
    releaseReason: "Рішення керівника",
    atLeastOne: "Лишіть місцю хоча б одну чергу",
  },
  devicesPanel: {
    code: "Код з екрана пристрою",
    name: "Як його називати, наприклад «Термінал 2»",
    approve: "Дозволити",
    none: "Ще немає жодного пристрою.",
    kinds: { kiosk: "Термінал", display: "Табло" },
    pending: "чекає дозволу",
    /** @param {string} at */
    heard: (at) => `на зв’язку, чули о ${at}`,
    /** @param {string} at */
    silent: (at) => `мовчить з ${at}`,
    never: "ще не озивався",
    revoke: "Відкликати",
    /** @param {string} name */
    revokeNamed: (name) => `Відкликати: ${name}`,
    /** @param {string} name */
    revokeConfirm: (name) => `Відкликати ключ пристрою «${name}»? Він перестане працювати, поки його не дозволять знову.`,
    revokeYes: "Так, відкликати",
  },
  servicesPanel: {
    title: "Зупинити послугу",
    /** @param {number} n */
    button: (n) => (n ? `Зупинені послуги: ${n}` : "Зупинити послугу"),
    none: "Усі послуги надаємо.",
    search: "Знайти послугу, яку треба зупинити",
    nothing: "Такої послуги в підрозділі немає.",
    /** @param {number} n */
    more: (n) => `і ще ${n}: уточніть назву`,
    suspend: "Зупинити",
    restore: "Відновити",
    hint: "Хто чекає на зупинену послугу, зберігає місце в черзі. Нових талонів на неї не видаємо.",
    /** @param {string} names */
    banner: (names) => `Зупинено: ${names}.`,
  },
  incidentsPanel: {
    none: "Сьогодні подій не було.",
    category: "Що сталося",
    text: "Коротко, що і як розв’язали",
    ticket: "Номер талона, якщо є",
    record: "Записати",
    categories: {
      conflict: "Конфлікт",
      gift_refused: "Відмова від подарунка",
      register_down: "Реєстр не відповідає",
      other: "Інше",
    },
  },
};
