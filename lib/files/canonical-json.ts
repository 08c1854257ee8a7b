/**
 * Writes plain data as JSON in one way only: keys in alphabetical order, no white space, so that equal data have equal
 * text and can be hashed.
 *
 * @param data Numbers, texts, booleans, null, lists and objects of them; keys with the value `undefined` are left out.
 */
export function canonicalJson(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) =>
    isObject(value)
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, value[key]]),
        )
      : value,
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
