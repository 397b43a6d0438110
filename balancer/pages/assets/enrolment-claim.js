import { newKey } from "/pages/assets/staff-api.js";

/**
 * What a wall device keeps of itself between two starts, by kind and branch: its token, and until it has one the code
 * that it shows and the claim with which it fetches the token.
 *
 * @typedef {"kiosk" | "display"} DeviceKind
 * @typedef {{device: string, code: string, claim: string, until: number}} Pending `until`: Date.now() milliseconds
 */

/** Memory of one device; a browser that keeps nothing forgets at the next start. */
export class DeviceMemory {
  #name;
  /** @type {Map<string, string>} */
  #unkept = new Map();

  /** @param {DeviceKind} kind @param {string} branch */
  constructor(kind, branch) {
    this.#name = `device:${kind}:${branch}`;
  }

  /** @returns {string | null} */
  get token() {
    return this.#read("token");
  }

  /** @param {string | null} token */
  set token(token) {
    this.#write("token", token);
    this.#write("pending", null);
  }

  /** @returns {Pending | null} the code that still counts */
  get pending() {
    try {
      const kept = JSON.parse(this.#read("pending") ?? "null");
      return kept && kept.until > Date.now() ? kept : null;
    } catch {
      return null;
    }
  }

  /** @param {Pending | null} pending */
  set pending(pending) {
    this.#write("pending", pending && JSON.stringify(pending));
  }

  /** @param {string} part */
  #read(part) {
    try {
      return localStorage.getItem(`${this.#name}:${part}`) ?? this.#unkept.get(part) ?? null;
    } catch {
      return this.#unkept.get(part) ?? null;
    }
  }

  /** @param {string} part @param {string | null} value */
  #write(part, value) {
    if (value === null) this.#unkept.delete(part);
    else this.#unkept.set(part, value);
    try {
      if (value === null) localStorage.removeItem(`${this.#name}:${part}`);
      else localStorage.setItem(`${this.#name}:${part}`, value);
    } catch {
      // What is kept in memory serves until the next start.
    }
  }
}

/**
 * The two doors of the server that a device without a token may use.
 *
 * @typedef {{state: "pending" | "approved" | "revoked" | "expired", token: string | null}} Claimed
 */
export class EnrolmentApi {
  #url;
  #key = newKey();

  /** @param {string} city */
  constructor(city) {
    this.#url = `/api/v1/cities/${encodeURIComponent(city)}/devices`;
  }

  /**
   * @param {DeviceKind} kind
   * @param {string} branch
   * @returns {Promise<Pending>} a code and its claim; repeated under the same key until it is answered
   */
  async begin(kind, branch) {
    const response = await fetch(this.#url, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json", "Idempotency-Key": this.#key },
      body: JSON.stringify({ kind, branch }),
      signal: AbortSignal.timeout(8_000),
    });
    if (!response.ok) throw new EnrolmentRefused(response.status, Number(response.headers.get("Retry-After") ?? 0));
    const made = await response.json();
    this.#key = newKey();
    return { device: made.device, code: made.code, claim: made.claim, until: Date.now() + made.lives_seconds * 1000 };
  }

  /**
   * @param {Pending} pending
   * @returns {Promise<Claimed>} what became of it; a device that the server has forgotten has expired
   */
  async claim(pending) {
    const response = await fetch(`${this.#url}/${encodeURIComponent(pending.device)}`, {
      credentials: "omit",
      cache: "no-store",
      headers: { Authorization: `Bearer ${pending.claim}` },
      signal: AbortSignal.timeout(8_000),
    });
    if (response.ok) return response.json();
    if (response.status === 404 || response.status === 403) return { state: "expired", token: null };
    throw new EnrolmentRefused(response.status, Number(response.headers.get("Retry-After") ?? 0));
  }
}

export class EnrolmentRefused extends Error {
  /** @param {number} status @param {number} retryAfter real seconds */
  constructor(status, retryAfter) {
    super(`HTTP ${status}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
