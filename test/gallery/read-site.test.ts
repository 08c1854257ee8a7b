import { deepEqual, equal, throws } from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { readSite } from "../../lib/gallery/read-site";
import { projectRoot } from "../../lib/runtime/environment";
import { temporaryFolder } from "../helpers/temporary";
import { filledStudy } from "../study/helpers";
import { fillForSite } from "./helpers";

describe("readSite(study)", function () {
  this.timeout(300_000);
  const made = filledStudy();
  const folder = temporaryFolder();

  it("reads what is there, and says what makes the rest", async () => {
    const path = await fillForSite(made.study);
    writeFileSync(made.study.path("report.html"), "<p>report</p>");
    const site = readSite(path);
    deepEqual([site.dataset, site.winner!.winner.seed, site.missing], ["phantom", 1, []]);
    equal(site.comparison!.length, 4);
    rmSync(made.study.path("report.html"));
    rmSync(made.study.path("release"), { recursive: true });
    deepEqual(readSite(path).missing, [
      "The report is not there: 09_report makes it.",
      "A trained network, to be tried is not there: 05_train_the_winner makes it.",
    ]);
    rmSync(made.study.path("comparison.csv"));
    rmSync(made.study.path("winner.json"));
    throws(() => readSite(path), /has nothing to show yet/);
  });

  it("reads the comparison of studies that were published together", () => {
    const site = readSite(join(projectRoot, "results", "bus-bra", "bus-bra-overnight"));
    equal(
      site.comparison!.some(({ model }) => model.startsWith("ENAS")),
      true,
    );
    deepEqual([site.name, site.dataset], ["bus-bra-overnight", "bus-bra"]);
    equal(site.missing.length, 2);
  });

  it("refuses a folder that is no study, and one of a name that is not there", () => {
    throws(() => readSite(folder.path), /There is no study .*: no study\.json is there\./);
    throws(() => readSite("no-such-study"), /There is no study "no-such-study" in /);
    throws(() => readSite(join(folder.path, "nowhere")), /There is no study/);
  });
});
