/** What the board's page says around the widget, in English.
 * @type {import("./words.js").Words} */
export const en = {
  title: "Where is it fastest?",
  centre: "Service centre",
  skip: "Skip to the queues",
  contact: "Help line",
  demo: "Demo",
  how: "How we know how long you will wait",
  unreachable: "No connection. Trying again…",
  embedded: "Live queues",
};
