import { deepEqual, equal, throws } from "node:assert/strict";

import { checkMicro, looseEndsOf, type MicroArchitecture } from "../../../lib/space/micro/architecture";
import { readMicro } from "../../helpers/spaces";

/** The micro architecture that the authors of ENAS publish. */
const published = readMicro("0 2 0 0 0 4 0 1 0 4 1 1 1 0 0 1 0 2 1 1 1 0 1 0 0 3 0 2 1 1 3 1 1 0 0 4 0 3 1 1");

/** The published architecture with one value replaced. */
function changed(change: (copy: { normal: { x: { input: number; operation: string } }[] }) => void): MicroArchitecture {
  const copy = JSON.parse(JSON.stringify(published)) as Parameters<typeof change>[0];
  change(copy);
  return copy as unknown as MicroArchitecture;
}

describe("checkMicro(architecture)", () => {
  it("takes the published one", () => {
    equal(checkMicro(published), published);
  });

  it("refuses an input that does not exist yet, and names its place and what is allowed", () => {
    const wrong = changed(({ normal }) => {
      normal[3]!.x.input = 5;
    });
    throws(() => checkMicro(wrong), /The input of side x of node 5 in the normal cell is 5, expected 0 to 4/);
    for (const input of [-1, 1.5, NaN]) {
      const other = changed(({ normal }) => {
        normal[0]!.x.input = input;
      });
      throws(() => checkMicro(other), /expected 0 to 1/);
    }
  });

  it("refuses an operation that is none, and names the nearest", () => {
    const wrong = changed(({ normal }) => {
      normal[1]!.x.operation = "seperable 3x3";
    });
    throws(
      () => checkMicro(wrong),
      /operation of side x of node 3 in the normal cell is "seperable 3x3".*Did you mean "separable 3×3"/s,
    );
  });

  it("refuses cells without nodes or of two sizes", () => {
    throws(() => checkMicro({ ...published, normal: [] }), /The normal cell has no nodes/);
    throws(() => checkMicro({ kind: "micro" } as never), /The normal cell has no nodes/);
    throws(
      () => checkMicro({ ...published, normal: published.normal.slice(1) }),
      /4 nodes and the reduction cell 5|expected 0 to 1/,
    );
    throws(
      () => checkMicro({ ...published, reduction: published.reduction.slice(0, 4) }),
      /5 nodes and the reduction cell 4/,
    );
  });
});

describe("looseEndsOf(cell)", () => {
  it("finds what no edge uses, the cell's inputs included", () => {
    // Of the normal cell's 2 to 6, none is used; both inputs are.
    deepEqual(looseEndsOf(published.normal), [2, 3, 4, 5, 6]);
    // The reduction cell uses node 3.
    deepEqual(looseEndsOf(published.reduction), [2, 4, 5, 6]);
    deepEqual(
      looseEndsOf([{ x: { input: 1, operation: "identity" }, y: { input: 1, operation: "identity" } }]),
      [0, 2],
    );
  });
});
