/** What the board's page says around the widget. */
export const WORDS = {
  uk: {
    title: "Де найшвидше?",
    centre: "ЦНАП",
    skip: "До черг",
    contact: "Довідка",
    demo: "Демо",
    how: "Звідки ми знаємо, скільки чекати",
    unreachable: "Немає зв’язку. Пробуємо знову…",
  },
  en: {
    title: "Where is it fastest?",
    centre: "Service centre",
    skip: "Skip to the queues",
    contact: "Help line",
    demo: "Demo",
    how: "How we know how long you will wait",
    unreachable: "No connection. Trying again…",
  },
};
