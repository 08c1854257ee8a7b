import { deepEqual, throws } from "node:assert/strict";
import { join } from "node:path";

import { readProtocol } from "../../lib/tabular/protocol";
import { temporaryFolder } from "../helpers/temporary";
import { tinyProtocol, writeProtocol } from "./helpers";

describe("searches on outer folds in a protocol", () => {
  const root = temporaryFolder();
  const nested = {
    ...{ set: "one", outer: [1], searches: [1], size: 16, winners: { size: 16, epochs: 1, seeds: [1] } },
    arms: { race: { limit: { trainings: 2 } } },
  };
  const refused = (other: object, message: RegExp) => {
    const steps = [{ ...tinyProtocol.steps[0], nested: { ...nested, ...other } }];
    const folder = writeProtocol(join(root.path, "benchmark"), { ...tinyProtocol, steps });
    throws(() => readProtocol(folder), message);
  };

  it("may have a budget of their own", () => {
    const budget = { parameters: [0, 36_000] };
    const steps = [{ ...tinyProtocol.steps[0], nested: { ...nested, budget } }];
    const folder = writeProtocol(join(root.path, "benchmark"), { ...tinyProtocol, steps });
    deepEqual(readProtocol(folder).steps[0]!.nested!.budget, budget);
  });

  it("are refused where a fold, a set or an arm is none", () => {
    refused({ outer: [3] }, /outer fold 3 in its step "first", of 2/);
    refused({ set: "third" }, /searches the set "third"/);
    refused({ arms: { ridge: { strategy: "rigde" } } }, /strategy: "rigde"/);
    refused({ arms: { hybrid: { strategy: "hybrid" } } }, /there is no supernet/);
    refused({ budget: { parameters: [2, 1] } }, /budget\.parameters/);
    refused({ arms: { race: { budget: {} } } }, /no key "[^"]*arms\.race\.budget"/);
  });

  it("are refused where a network beside the winners is none, or is called like an arm, and where an arm is no folder's name", () => {
    refused({ references: { third: { set: "one", place: 3 } } }, /has the network 3 of "one" as "third"/);
    refused({ references: { third: { set: "none", place: 0 } } }, /has the network 0 of "none"/);
    refused({ references: { race: { set: "one", place: 0 } } }, /has "race" as an arm and as a network beside them/);
    refused({ arms: { "../race": {} } }, /the name of an arm/);
  });
});
