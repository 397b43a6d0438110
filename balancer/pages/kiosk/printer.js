/**
 * The print agent beside this kiosk (`balancer print-agent`), by its port on this machine: `?printer=9109`.
 *
 * @typedef {"ok" | "paper_low" | "paper_out" | "cover_open" | "offline"} PrinterState
 * @typedef {{label: string, value: string}} Line
 * @typedef {{number: string, service: string, place: string, issued: string, lines: Line[], link: string,
 *   link_hint: string, notice: string}} Stub
 */

const ASK_EVERY_MS = 10_000;
const STATUS_WITHIN_MS = 6_000;
const PRINT_WITHIN_MS = 20_000;
const REMEMBERED = "kiosk:printer";

/** @returns {number | null} the agent's port, as the address says it once and for all */
export function printerPort() {
  const asked = new URL(location.href).searchParams.get("printer");
  if (asked !== null) localStorage.setItem(REMEMBERED, asked);
  const port = Number(asked ?? localStorage.getItem(REMEMBERED));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
}

export class Printer {
  /** @type {PrinterState | null} null: there is none, or it was not asked yet */
  state = null;
  #url;
  #changed;

  /**
   * @param {number | null} port
   * @param {(state: PrinterState | null) => void} changed
   */
  constructor(port, changed) {
    this.#url = port === null ? null : `http://127.0.0.1:${port}`;
    this.#changed = changed;
  }

  start() {
    if (!this.#url) return;
    const ask = () => void this.#ask();
    ask();
    setInterval(ask, ASK_EVERY_MS);
  }

  /** @returns {boolean} */
  get canPrint() {
    return this.state === "ok" || this.state === "paper_low";
  }

  async #ask() {
    try {
      const reply = await fetch(`${this.#url}/status`, { signal: AbortSignal.timeout(STATUS_WITHIN_MS) });
      this.#take((await reply.json()).printer);
    } catch {
      this.#take("offline");
    }
  }

  /**
   * @param {Stub} stub
   * @param {string} key the same for the same piece of paper
   * @returns {Promise<boolean>} whether it is on paper
   */
  async print(stub, key) {
    try {
      const reply = await fetch(`${this.#url}/print`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Idempotency-Key": key },
        body: JSON.stringify(stub),
        signal: AbortSignal.timeout(PRINT_WITHIN_MS),
      });
      const said = await reply.json();
      this.#take(said.printer);
      return said.printed === true;
    } catch {
      this.#take("offline");
      return false;
    }
  }

  /** @param {string} said as the agent's printer says it */
  #take(said) {
    /** @type {PrinterState} */
    const state =
      said === "paper_low" || said === "paper_out" || said === "cover_open"
        ? said
        : said === "ready" || said === "unknown"
          ? "ok"
          : "offline";
    if (state === this.state) return;
    this.state = state;
    this.#changed(state);
  }
}
