import { deepEqual, throws } from "node:assert/strict";

import { chooseCases } from "../../lib/explain/choose-cases";

const cases = [
  { id: "a", label: 0, probability: 0.1 },
  { id: "b", label: 0, probability: 0.9 },
  { id: "c", label: 0, probability: 0.45 },
  { id: "d", label: 1, probability: 0.2 },
  { id: "e", label: 1, probability: 0.99 },
] as const;
const chosen = (options: Parameters<typeof chooseCases>[1]) =>
  chooseCases(cases, options)
    .map(({ id }) => id)
    .join("");

describe("chooseCases(predictions, options)", () => {
  it("takes as many of each class, benign first, in the order that one wants to see", () => {
    deepEqual(chosen({ each: 1 }), "bd");
    deepEqual(chosen({ each: 2, by: "worst" }), "bcde");
    deepEqual(chosen({ each: 1, by: "surest" }), "ae");
    deepEqual(chosen({ each: 1, by: "least sure" }), "cd");
    deepEqual(chosen({ each: 9, by: "as given" }), "abcde");
  });

  it("takes as many of each class in each group, and leaves out what is in none", () => {
    const groupOf = (id: string) => ({ a: "X", b: "Y", d: "Y" })[id] ?? null;
    deepEqual(chosen({ each: 1, groupOf }), "abd");
  });

  it("refuses an order that there is not", () => {
    throws(() => chooseCases(cases, { by: "best" as "worst" }), { name: "Problem" });
    throws(() => chooseCases(cases, { each: 0 }), { name: "Problem" });
  });
});
