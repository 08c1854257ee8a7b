import { equal, notEqual, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";

import { placeIn } from "../../lib/study/layout";
import { scriptPlace } from "../../lib/study/script-place";

describe("scriptPlace(study)", () => {
  it("names what is in the study's folder by paths that do not depend on where a command was started", () => {
    const place = scriptPlace(placeIn("/shared/results/phantom-smoke"));
    equal(place.scripts, join("/shared/results/phantom-smoke", "units", "slurm"));
    equal(place.variables.SONONAS_RESULTS, "/shared/results");
    for (const path of [...place.program, ...Object.values(place.variables)]) ok(isAbsolute(path), path);
    ok(existsSync(place.program[0]!));
  });

  it("tells studies of other folders apart in the queue, and knows its own again", () => {
    const nameOf = (folder: string) => scriptPlace(placeIn(folder)).jobName;
    equal(nameOf("/a/phantom-smoke"), nameOf("/a/phantom-smoke"));
    notEqual(nameOf("/a/phantom-smoke"), nameOf("/b/phantom-smoke"));
  });
});
