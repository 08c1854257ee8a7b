/**
 * Compares names as people sort them: "benign (2)" before "benign (10)", on every machine alike.
 *
 * @returns Below 0 where `a` comes first.
 */
export function byName(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

const collator = new Intl.Collator("en", { numeric: true });
