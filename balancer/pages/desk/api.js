/** @import { CityInfo, Language } from "/widget/types.js" */
/** @import { DeskAnswer, DeskRoom, Me, Verb } from "./types.js" */

/**
 * The desk's doors of the server. Every refusal is a `Problem` with the server's stable code and its text in the
 * reader's language; `NoAnswer` means that nobody knows whether anything happened.
 */

const ANSWER_WITHIN_MS = 8_000;

export class Problem extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} detail
   * @param {number} retryAfterMs
   */
  constructor(status, code, detail, retryAfterMs) {
    super(detail);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  /** @returns {boolean} whether the same command, repeated under the same key, may yet go through */
  get passing() {
    return this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  /** @returns {boolean} whether the token opens nothing any more */
  get signedOut() {
    return this.status === 401;
  }
}

export class NoAnswer extends Error {}

export class DeskApi {
  /**
   * @param {string} token
   * @param {() => Language} language
   */
  constructor(token, language) {
    this.token = token;
    this.language = language;
    this.place = "";
  }

  /** @returns {Promise<Me>} whose token this is */
  me() {
    return this.#ask("GET", "/api/v1/me");
  }

  /** @returns {Promise<CityInfo>} the definition of this server's city */
  async city() {
    const { cities } = await this.#ask("GET", "/api/v1/cities");
    return this.#ask("GET", `/api/v1/cities/${encodeURIComponent(cities[0].city)}`);
  }

  /**
   * @param {string} city
   * @param {string} branch
   * @param {string} desk
   */
  sitAt(city, branch, desk) {
    const [c, b, d] = [city, branch, desk].map(encodeURIComponent);
    this.place = `/api/v1/cities/${c}/branches/${b}/desks/${d}`;
  }

  /** @returns {Promise<DeskRoom>} */
  room() {
    return this.#ask("GET", this.place);
  }

  /**
   * @param {Verb} verb
   * @param {object} body
   * @param {string} key the same for every repeat of one command
   * @param {number | null} version what the caller believes to be current
   * @returns {Promise<DeskAnswer>}
   */
  command(verb, body, key, version) {
    /** @type {Record<string, string>} */
    const headers = { "Idempotency-Key": key };
    if (version !== null) headers["If-Match"] = String(version);
    return this.#ask("POST", `${this.place}/${verb}`, body, headers);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {Record<string, string>} [extra]
   * @returns {Promise<any>}
   */
  async #ask(method, path, body, extra = {}) {
    const headers = new Headers({
      Authorization: `Bearer ${this.token}`,
      "Accept-Language": this.language(),
      ...extra,
    });
    if (body) headers.set("Content-Type", "application/json");
    /** @type {Response} */
    let response;
    try {
      response = await fetch(path, {
        method,
        headers,
        cache: "no-store",
        credentials: "omit",
        body: body ? JSON.stringify(body) : null,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      if (response.ok) return await response.json();
    } catch (error) {
      throw new NoAnswer(String(error));
    }
    throw await problemOf(response);
  }
}

/** @param {Response} response */
async function problemOf(response) {
  const retryAfterMs = Number(response.headers.get("Retry-After") ?? 0) * 1000 || 0;
  /** @type {{code?: string, detail?: string, title?: string}} */
  const body = await response.json().catch(() => ({}));
  return new Problem(
    response.status,
    body.code ?? "",
    body.detail ?? body.title ?? `HTTP ${response.status}`,
    retryAfterMs,
  );
}

/** @returns {string} a new idempotency key; works without a secure context too */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
