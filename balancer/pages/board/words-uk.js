/** What the board's page says around the widget, in Ukrainian. */
export const uk = {
  title: "Де найшвидше?",
  centre: "ЦНАП",
  skip: "До черг",
  contact: "Довідка",
  demo: "Демо",
  how: "Звідки ми знаємо, скільки чекати",
  unreachable: "Немає зв’язку. Пробуємо знову…",
  embedded: "Черги наживо",
};
