import { deepEqual } from "node:assert/strict";

import { captionOf } from "../../../lib/study/report/parts";

describe("captionOf(name, section, caption)", () => {
  it("takes what was kept, and else what figures of that name have", () => {
    deepEqual(captionOf("confusion", "limits", "Mine."), { section: "limits", caption: "Mine." });
    deepEqual(captionOf("confusion"), {
      section: "errors",
      caption: "Right and wrong decisions of the found network on the test images.",
    });
    deepEqual(captionOf("cost").section, "comparison");
  });

  it("puts a name that nobody knows into the comparison, and one of subgroups there; a section that is none counts as none", () => {
    deepEqual(captionOf("of-mine"), { section: "comparison", caption: "Of mine" });
    deepEqual(captionOf("subgroup-size"), { section: "subgroups", caption: "Subgroup size" });
    deepEqual(captionOf("of-mine", "nowhere", 3), { section: "comparison", caption: "Of mine" });
  });
});
