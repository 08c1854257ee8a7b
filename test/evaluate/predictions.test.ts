import { equal, notEqual } from "node:assert/strict";

import { patientOf } from "../../lib/evaluate/predictions";

describe("patientOf(prediction)", () => {
  it("keeps a patient and an image of the same name apart", () => {
    equal(patientOf({ id: "a", patient: "12" }), "patient 12");
    equal(patientOf({ id: "12", patient: null }), "image 12");
    notEqual(patientOf({ id: "12", patient: null }), patientOf({ id: "a", patient: "12" }));
  });
});
