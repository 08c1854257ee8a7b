import { equal, rejects, throws } from "node:assert/strict";

import { checkArchitecture, describeArchitecture, drawArchitecture } from "../../lib/space/architecture";
import { readMacro, readMicro } from "../helpers/spaces";

describe("checkArchitecture(architecture)", () => {
  it("takes architectures of every kind as they are", () => {
    for (const architecture of [readMicro("0 2 1 0  1 3 0 4"), readMacro("0 1 1")])
      equal(checkArchitecture(architecture), architecture);
  });

  it("refuses a kind that is none, and what its kind refuses", () => {
    throws(
      () => checkArchitecture({ kind: "mikro" } as never),
      /The kind of an architecture is "mikro", expected "micro" or "macro".*Did you mean "micro"/s,
    );
    throws(() => checkArchitecture({} as never), /The kind of an architecture is not given/);
    throws(() => checkArchitecture({ kind: "toString" } as never), /is "toString"/);
    throws(() => checkArchitecture({ kind: "micro" } as never), /The normal cell has no nodes/);
    throws(() => checkArchitecture({ kind: "macro", layers: [] }), /has no layers/);
  });
});

describe("describeArchitecture(architecture) and drawArchitecture(architecture)", () => {
  it("tell the same in words, in every kind, and refuse what is no architecture", async () => {
    for (const architecture of [readMicro("0 2 1 0  1 3 0 4"), readMacro("0 1 1")])
      equal((await drawArchitecture(architecture)).description, describeArchitecture(architecture));
    throws(() => describeArchitecture({ kind: "macro", layers: [] }), /has no layers/);
    await rejects(drawArchitecture({ kind: "mikro" } as never), /Did you mean "micro"/);
  });
});
