import { deepEqual, equal, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { readProtocol } from "../../lib/tabular/protocol";
import { temporaryFolder } from "../helpers/temporary";
import { tinyProtocol, writeProtocol } from "./helpers";

describe("readProtocol(folder)", () => {
  const root = temporaryFolder();

  it("gives what the file says, with a hash that spaces and the order of keys do not change", () => {
    writeProtocol(root.path);
    const { hash, ...protocol } = readProtocol(root.path);
    deepEqual(protocol.sets, tinyProtocol.sets);
    const turned = Object.fromEntries(Object.entries(tinyProtocol).reverse());
    writeFileSync(join(root.path, "protocol.json"), JSON.stringify(turned, null, 4));
    equal(readProtocol(root.path).hash, hash);
    writeProtocol(root.path, { ...tinyProtocol, seed: 2 });
    equal(readProtocol(root.path).hash === hash, false, "another seed is another protocol");
  });

  it("refuses a set, networks and folds that it does not have, and names the step", () => {
    const withRun = (run: object) => {
      const [first, ...others] = tinyProtocol.steps;
      const changed = { ...first!, runs: [{ ...first!.runs[0]!, ...run }] };
      writeProtocol(root.path, { ...tinyProtocol, steps: [changed, ...others] });
      return () => readProtocol(root.path);
    };
    throws(withRun({ set: "on" }), /the set "on" in its step "first", expected one or other/);
    throws(withRun({ networks: [0, 4] }), /the networks 0 to 4 of one in its step "first", of 3/);
    throws(withRun({ networks: [2, 2] }), /the networks 2 to 2 of one/);
    throws(withRun({ folds: [3] }), /the inner fold 3 in its step "first", of 2/);
    throws(withRun({ epoch: 1 }), /epoch.*Did you mean/s);
    const withSupernet = (supernet: object) => {
      const own = { variant: "plain", folds: [1], seed: 1, size: 16, set: "one", ...supernet };
      writeProtocol(root.path, { ...tinyProtocol, steps: [{ ...tinyProtocol.steps[0]!, supernets: [own] }] });
      return () => readProtocol(root.path);
    };
    equal(withSupernet({})().steps[0]!.supernets.length, 1);
    throws(withSupernet({ variant: "plane" }), /the way of sharing "plane" in its step "first", and no such/);
    throws(withSupernet({ set: "on" }), /the set "on"/);
    throws(withSupernet({ folds: [9] }), /the inner fold 9/);
    writeProtocol(root.path, { ...tinyProtocol, supernets: { plain: { space: { kind: "shape" }, epoch: 1 } } });
    throws(() => readProtocol(root.path), /epoch.*Did you mean/s);
  });

  it("refuses what is no JSON, and names a file that is missing", () => {
    throws(() => readProtocol(root.path), /protocol\.json/);
    writeFileSync(join(root.path, "protocol.json"), "{");
    throws(() => readProtocol(root.path), /protocol\.json is no JSON/);
  });

  it("reads the one that was laid down for BUS-BRA", () => {
    const { sets, bin } = readProtocol(join(projectRoot, "results", "search-benchmark"));
    deepEqual(bin, { size: 64, multiplyAdds: [20e6, 40e6] });
    equal(sets.shape!.count, 120);
  });
});
