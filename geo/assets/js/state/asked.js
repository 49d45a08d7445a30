// @ts-check
// What is asked of a document: by its address, and by whoever made it.

/** @typedef {[string, string][]} Pairs names and values */
/**
 * @typedef {{get: (name: string) => string | null, has: (name: string) => boolean}} Asked as URLSearchParams, which
 *   plates lack
 */

/**
 * @param {Iterable<[string, string]>} first of several values of a name the first counts
 * @param {Iterable<[string, string]>} [then] for names that `first` has not
 * @returns {Asked}
 */
export function askedOf(first, then = []) {
  /** @type {Map<string, string>} */
  const all = new Map();
  for (const pairs of [first, then]) {
    for (const [name, value] of pairs) if (!all.has(name)) all.set(name, value);
  }
  return { get: (name) => all.get(name) ?? null, has: (name) => all.has(name) };
}
