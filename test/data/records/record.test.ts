import { equal, notEqual } from "node:assert/strict";

import { groupOf, labels } from "../../../lib/data/records/record";

describe("groupOf(record)", () => {
  it("is the patient, and the image itself where she is unknown", () => {
    equal(groupOf({ id: "bus_0001-l", patient: "1" }), groupOf({ id: "bus_0001-r", patient: "1" }));
    notEqual(groupOf({ id: "benign (1)" }), groupOf({ id: "benign (2)" }));
  });

  it("keeps a patient and an image of the same name apart", () => {
    notEqual(groupOf({ id: "7", patient: undefined }), groupOf({ id: "x", patient: "7" }));
  });
});

describe("the labels", () => {
  it("stand in one order everywhere", () => {
    equal(labels.join(), "benign,malignant,normal");
  });
});
