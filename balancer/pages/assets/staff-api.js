/** @import { CityInfo, Language } from "/pages/assets/types.js" */

/**
 * The staff's doors of the server. Every refusal is a `Problem` with the server's stable code and its text in the
 * reader's language; `NoAnswer` means that nobody knows whether anything happened.
 *
 * @typedef {{role: string, branch: string | null, desk: string | null}} Me
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

export class StaffApi {
  /**
   * @param {string} token
   * @param {() => Language} language
   */
  constructor(token, language) {
    this.token = token;
    this.language = language;
  }

  /** @returns {Promise<Me>} whose token this is */
  me() {
    return this.ask("GET", "/api/v1/me");
  }

  /** @returns {Promise<CityInfo>} the definition of this server's city */
  async city() {
    const { cities } = await this.ask("GET", "/api/v1/cities");
    return this.ask("GET", `/api/v1/cities/${encodeURIComponent(cities[0].city)}`);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {Record<string, string>} [extra] more headers
   * @returns {Promise<any>} the answer's JSON
   */
  async ask(method, path, body, extra = {}) {
    const headers = { ...(body ? { "Content-Type": "application/json" } : {}), ...extra };
    const response = await this.#send(path, { method, body: body ? JSON.stringify(body) : null, headers });
    return whole(response.json());
  }

  /**
   * @param {string} path
   * @param {object} body
   * @param {string} key the same for every repeat of one command
   * @param {number | null} version what the caller believes to be current
   * @returns {Promise<any>} the answer's JSON
   */
  command(path, body, key, version) {
    /** @type {Record<string, string>} */
    const headers = { "Idempotency-Key": key };
    if (version !== null) headers["If-Match"] = String(version);
    return this.ask("POST", path, body, headers);
  }

  /**
   * @param {string} path
   * @param {number} [within] real ms; some answers are worked out for seconds
   * @param {AbortSignal} [stop] ends it early
   * @returns {Promise<Response>} an answer that is no command's: JSON, a picture or a file
   */
  fetch(path, within = ANSWER_WITHIN_MS, stop = undefined) {
    return this.#send(path, {}, within, stop);
  }

  /**
   * @param {string} path
   * @param {RequestInit} init
   * @param {number} [within]
   * @param {AbortSignal} [stop]
   */
  async #send(path, init, within = ANSWER_WITHIN_MS, stop = undefined) {
    const headers = new Headers(init.headers);
    headers.set("Authorization", `Bearer ${this.token}`);
    headers.set("Accept-Language", this.language());
    const limit = AbortSignal.timeout(within);
    const response = await whole(
      fetch(path, {
        ...init,
        headers,
        cache: "no-store",
        credentials: "omit",
        signal: stop ? AbortSignal.any([stop, limit]) : limit,
      }),
    );
    if (response.ok) return response;
    throw await problemOf(response);
  }
}

/**
 * @template T
 * @param {Promise<T>} answer
 * @returns {Promise<T>} the same, or NoAnswer
 */
async function whole(answer) {
  try {
    return await answer;
  } catch (error) {
    throw new NoAnswer(String(error));
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
