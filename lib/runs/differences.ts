import { isPlainObject } from "./json";

/** A place at which two data differ. */
export interface Difference {
  /** The keys that lead there, "training.learningRate" or "layers[2]"; empty for the whole. */
  readonly place: string;
  /** The first one's value there as short JSON, "missing" where it has none. */
  readonly first: string;
  /** The second one's. */
  readonly second: string;
}

/**
 * Finds where two plain data differ. The order of keys means nothing, and a key without a value is none.
 *
 * @param place What leads to them; default: nothing.
 * @returns The places, as deep as they go, in the order of the keys.
 */
export function findDifferences(first: unknown, second: unknown, place = ""): Difference[] {
  if (Array.isArray(first) && Array.isArray(second)) {
    const length = Math.max(first.length, second.length);
    return Array.from({ length }, (_, index) =>
      findDifferences(first[index], second[index], `${place}[${index}]`),
    ).flat();
  }
  if (isPlainObject(first) && isPlainObject(second)) {
    const keys = [...new Set([...Object.keys(first), ...Object.keys(second)])].sort();
    const own = (data: Record<string, unknown>, key: string) => (Object.hasOwn(data, key) ? data[key] : undefined);
    return keys.flatMap((key) =>
      findDifferences(own(first, key), own(second, key), place === "" ? key : `${place}.${key}`),
    );
  }
  return first === second ? [] : [{ place, first: show(first), second: show(second) }];
}

/**
 * Names differences in a message.
 *
 * @param differences What differs, at least one.
 * @param most How many are named; default: 3.
 * @returns "training.learningRate is 0.1 there and 0.05 here, and 2 more", the second being "here".
 */
export function describeDifferences(differences: readonly Difference[], most = 3): string {
  const named = differences
    .slice(0, most)
    .map(({ place, first, second }) => `${shorten(place)} is ${first} there and ${second} here`);
  const more = differences.length - named.length;
  return `${named.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

function show(value: unknown): string {
  return value === undefined ? "missing" : shorten(JSON.stringify(value));
}

const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
