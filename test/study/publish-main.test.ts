import { deepEqual, throws } from "node:assert/strict";

import { readPublishCommand } from "../../lib/study/publish-main";

describe("readPublishCommand(parameters)", () => {
  it("reads the target and the studies", () => {
    deepEqual(readPublishCommand(["bus-bra", "bus-bra-overnight", "bus-bra-overnight-masks"]), {
      help: false,
      target: "bus-bra",
      studies: ["bus-bra-overnight", "bus-bra-overnight-masks"],
    });
  });

  it("reads a target alone where what is published is to be drawn again", () => {
    deepEqual(readPublishCommand(["--again", "bus-bra"]), { help: false, target: "bus-bra", studies: [] });
    throws(() => readPublishCommand(["--again", "bus-bra", "more"]), /There are 2 names, expected a target alone/);
    throws(() => readPublishCommand(["--again"]), /There are 0 names, expected a target alone/);
    throws(() => readPublishCommand(["--again", "../x"]), /is no name of a folder/);
  });

  it("refuses what names no folder in results/", () => {
    for (const wrong of ["../bus-bra", "a/b", "..", ""])
      throws(() => readPublishCommand(["bus-bra", wrong]), /is no name of a folder in results\//, wrong);
    throws(() => readPublishCommand(["bus-bra", "--all"]), /npm run publish:results has no option --all/);
    for (const few of [[], ["bus-bra"]])
      throws(() => readPublishCommand(few), /expected a target and at least one study/);
  });
});
