/**
 * How long to wait before trying again: full jitter, so that a crowd cut off at one instant does not come back at one.
 *
 * @param {number} failures how many attempts in a row have failed, from 1
 * @param {() => number} [random] in [0, 1)
 * @param {{base?: number, cap?: number}} [limits] milliseconds
 * @returns {number} milliseconds in [0, min(cap, base × 2^(failures − 1)))
 */
export function backoff(failures, random = Math.random, { base = 1000, cap = 30_000 } = {}) {
  const steps = Math.max(0, Math.min(failures - 1, 30));
  return random() * Math.min(cap, base * 2 ** steps);
}
