import { equal, ok } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { peakResidentMegabytes } from "../../lib/runtime/peak-memory";
import { temporaryFolder } from "../helpers/temporary";

describe("peakResidentMegabytes(statusFile)", () => {
  const folder = temporaryFolder();

  it("takes what the system tells of this process alone", () => {
    const file = join(folder.path, "status");
    writeFileSync(file, "Name:\tnode\nVmPeak:\t  999999 kB\nVmHWM:\t  524288 kB\nVmRSS:\t    1024 kB\n");
    equal(peakResidentMegabytes(file), 512);
  });

  it("takes Node's figure where the system tells nothing", () => {
    equal(peakResidentMegabytes(join(folder.path, "none")), process.resourceUsage().maxRSS / 1024);
  });

  it("is at least what is resident now", () => {
    ok(peakResidentMegabytes() >= (0.9 * process.memoryUsage.rss()) / 2 ** 20);
  });
});
