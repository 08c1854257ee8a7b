import { deepEqual } from "node:assert/strict";

import { tellDownloads } from "../../../lib/data/command/tell-download";

describe("tellDownloads(start)", () => {
  it("has a bar for each file, in megabytes, full when all is there", () => {
    const told: string[] = [];
    const teller = tellDownloads(({ title, total }) => {
      told.push(`${title} of ${total}`);
      return {
        advance: (units = 1) => {
          told.push(`+${units}`);
          return Promise.resolve();
        },
        finish: () => void told.push("end"),
      };
    });
    teller.tell("a.zip", 400_000, 2_500_000);
    teller.tell("a.zip", 2_100_000, 2_500_000);
    teller.tell("a.zip", 2_500_000, 2_500_000);
    teller.tell("b.xlsx", 9, 9);
    teller.finish();
    deepEqual(told, ["a.zip, MB of 3", "+2", "+1", "end", "b.xlsx, MB of 1", "+1", "end"]);
  });
});
