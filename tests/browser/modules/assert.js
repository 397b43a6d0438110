/**
 * @param {unknown} seen
 * @param {unknown} wanted compared as JSON
 * @param {string} [what]
 */
export function equal(seen, wanted, what = "") {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what} expected ${b}, got ${a}`);
}

/**
 * @param {unknown} seen
 * @param {string} [what]
 */
export function ok(seen, what = "") {
  if (!seen) throw new Error(`${what} expected something true, got ${JSON.stringify(seen)}`);
}
