import { deepEqual, match } from "node:assert/strict";

import type { Audit } from "../../../lib/data/audit/audit";
import { decisionsOf } from "../../../lib/data/audit/tell-decisions";

const record = (id: string, more: object = {}) => ({ id, label: "benign", masks: [{}], patient: "P", ...more });
const audit = (records: object[], more: object = {}) =>
  ({ records, findings: [], contradictions: [], pairs: [], ...more }) as unknown as Audit;

describe("decisionsOf(audit)", () => {
  it("asks nothing of a set that has all of it", () => {
    deepEqual(decisionsOf(audit([record("a"), record("b", { masks: [], box: {} })])), []);
  });

  it("names each question, with its number and its answer", () => {
    const findings = [
      { severity: "error", check: "one image in two classes", images: ["a", "b"], message: "" },
      { severity: "error", check: "mask of another size", images: ["c"], message: "" },
      { severity: "warning", check: "missing mask", images: ["d"], message: "" },
    ];
    const contradictions = [
      { images: ["a", "b"], labels: [] },
      { images: ["c", "d"], labels: [] },
    ];
    const pairs = [{ first: "a", second: "b", identical: true }];
    const records = [
      record("a"),
      record("b"),
      record("c"),
      record("d", { masks: [] }),
      record("n", { label: "normal", patient: undefined }),
    ];
    const said = decisionsOf(audit(records, { findings, contradictions, pairs }));
    for (const [place, expected] of [
      /^2 images are the same pictures.*--set onContradiction=leave-out/,
      /^1 groups of images look alike/,
      /^1 images have errors.*--set onError=leave-out/,
      /^1 of 4 images have neither a mask nor a box.*missingLesion/,
      /^1 images show normal tissue.*--set normal=benign/,
      /^The patient of 1 images is unknown.*unknownPatients=stop/,
    ].entries())
      match(said[place]!, expected);
  });

  it("says so where no image has a lesion or a patient that is known", () => {
    const said = decisionsOf(audit([record("a", { masks: [], patient: undefined })]));
    match(said[0]!, /No image has a mask or a box/);
    match(said[1]!, /The patient of all images is unknown/);
  });
});
