import { deepEqual, throws } from "node:assert/strict";

import { readProtocol } from "../../lib/tabular/protocol";
import { temporaryFolder } from "../helpers/temporary";
import { tinyProtocol, writeProtocol } from "./helpers";
import { exampleReplay } from "./replay-example";

describe("replays in a protocol", () => {
  const root = temporaryFolder();
  const read = (replay: object) => {
    const steps = [{ ...tinyProtocol.steps[0]!, replay: { ...exampleReplay, set: "one", ...replay } }];
    writeProtocol(root.path, { ...tinyProtocol, steps });
    return readProtocol(root.path).steps[0]!.replay;
  };

  it("are as they are written", () => {
    deepEqual(read({}), { ...exampleReplay, set: "one" });
  });

  it("are refused where they are of no set, decide by no budget, or have other keys", () => {
    throws(() => read({ set: "on" }), /replays the set "on" in its step "first"/);
    throws(() => read({ decides: 7 }), /decides by 7 minutes in its step "first", of 5, 10/);
    throws(() => read({ minuts: [5] }), /minuts/);
    throws(() => read({ pools: 1 }), /pools/);
  });
});
