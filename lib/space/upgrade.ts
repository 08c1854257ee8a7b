import type { Json } from "../runs/state";

/** The operations of spaces before these were part of a space, in the order of their code. */
const operations: Readonly<Record<string, readonly string[]>> = {
  micro: ["separable 3×3", "separable 5×5", "average pool 3×3", "max pool 3×3", "identity"],
  macro: [
    ...["convolution 3×3", "separable 3×3", "convolution 5×5", "separable 5×5"],
    ...["average pool 3×3", "max pool 3×3"],
  ],
};

/** Keys of studies and plans that have other names now. */
const names = new Map([
  ["allowTornGroups", "allowGroupsAcrossParts"],
  ["groupsTorn", "groupsAcrossParts"],
]);

/**
 * Turns spaces and architectures that were stored before spaces had a version into today's form, wherever they stand in plain
 * data: `{ space: "micro", nodes: 4 }` into `{ kind: "micro", version: 1, nodes: 4, operations: […] }`, and
 * `{ space: "micro", normal, reduction }` into `{ kind: "micro", normal, reduction }`. Nothing is lost: all else, today's form
 * included, stays what it is. The keys `allowTornGroups` and `groupsTorn` become `allowGroupsAcrossParts` and `groupsAcrossParts`.
 *
 * @param json Plain data, of a file for example.
 * @returns The data in today's form; where there is nothing to change, the very same.
 */
export function upgradeStored(json: Json): Json {
  if (json === null || typeof json !== "object") return json;
  if (Array.isArray(json)) {
    const list = json as readonly Json[];
    const upgraded = list.map(upgradeStored);
    return upgraded.every((one, index) => one === list[index]) ? list : upgraded;
  }
  const record = json as Readonly<Record<string, Json>>;
  const entries = Object.entries(record).map(([key, value]) => [names.get(key) ?? key, upgradeStored(value)] as const);
  const { space, ...others } = Object.fromEntries(entries);
  const published = "kind" in record || typeof space !== "string" ? undefined : operations[space];
  if (published !== undefined) {
    const { nodes, normal, layers } = others;
    if (normal !== undefined || Array.isArray(layers)) return { kind: space!, ...others };
    if (nodes !== undefined || layers !== undefined)
      return { kind: space!, version: 1, ...others, operations: published };
  }
  return entries.every(([key, value]) => value === record[key]) ? json : Object.fromEntries(entries);
}
