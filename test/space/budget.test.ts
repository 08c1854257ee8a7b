import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { costOf } from "../../lib/graph/cost";
import { createPricing, describeReach, requireReachable } from "../../lib/space/budget";
import { buildNetwork } from "../../lib/space/build";
import { decode } from "../../lib/space/encode";
import { checkSpace, decisionsOf } from "../../lib/space/space";

const size = { height: 32, width: 32, channels: 1 };
const space = checkSpace({ kind: "macro", layers: 3, operations: ["separable 3×3", "max pool 3×3"] });
/** All networks of the space. */
const all = decisionsOf(space)
  .reduce<number[][]>((lists, { options }) => lists.flatMap((list) => options.map((_, one) => [...list, one])), [[]])
  .map((code) => decode(space, code));
const costs = all.map((architecture) => costOf(buildNetwork(architecture, size)));
const parameters = costs.map(({ trainable }) => trainable);
const [least, most] = [Math.min(...parameters), Math.max(...parameters)];

describe("budgets of networks", () => {
  it("say what a network costs, and whether and by what that is outside", () => {
    const middle = Math.floor((least + most) / 2);
    const pricing = createPricing({ size, budget: { parameters: [least, middle] } });
    all.forEach((architecture, place) => {
      const price = pricing.priceOf(architecture);
      deepEqual(price, { cost: costs[place], milliseconds: null });
      equal(pricing.isWithin(price), parameters[place]! <= middle);
      equal(pricing.describeExcess(price) === "", parameters[place]! <= middle);
    });
    const costly = pricing.priceOf(all[parameters.indexOf(most)]!);
    equal(
      pricing.describeExcess(costly),
      `${most.toLocaleString("en")} parameters, expected ${least.toLocaleString("en")} to ${middle.toLocaleString("en")}`,
    );
  });

  it("are refused below the cheapest and above the costliest network, as trying all shows", () => {
    const require = (bounds: readonly [number, number]) => () => {
      requireReachable(space, { size, budget: { parameters: bounds } });
    };
    require([least, least])();
    require([most, most])();
    throws(require([0, least - 1]), new RegExp(`below the cheapest network.* has ${least.toLocaleString("en")}\\.`));
    throws(require([most + 1, 1e9]), new RegExp(`above the costliest network.* has ${most.toLocaleString("en")}\\.`));
    ok(
      describeReach(space, { size, budget: { parameters: [1, 2] } }).startsWith(
        "1 to 2 parameters, where its networks",
      ),
    );
  });
});
