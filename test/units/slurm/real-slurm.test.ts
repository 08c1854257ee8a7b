import { deepEqual, equal, match } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { systemClock } from "../../../lib/runtime/environment";
import { readJournal } from "../../../lib/units/journal";
import { driveSlurm } from "../../../lib/units/slurm/drive-slurm";
import { findSlurm } from "../../../lib/units/slurm/slurm";
import type { Unit } from "../../../lib/units/unit";
import { realSlurm } from "../../helpers/slurm";
import { temporaryFolder } from "../../helpers/temporary";

const unit = (name: string, needs: readonly string[] = []): Unit => ({
  ...{ name, needs: [...needs], kind: "unit", title: name, threads: 1, cost: 1, of: {} },
});

/**
 * Seals a unit's folder, and writes a line of the journal; the first time that "again" is begun it is killed, "broken" fails for good, and
 * "behind" looks whether that is done, as units do.
 */
const program = `#!/bin/bash
[ "$2" != behind ] || [ -e "$1/broken/done.json" ] || exit 87
mkdir -p "$1/$2" && echo '{}' > "$1/$2/run.json"
[ "$2" != broken ] || { echo '{"error":"No room.","wrongConfiguration":true}' > "$1/$2/failed.json"; exit 64; }
[ "$2" != again ] || [ -e "$1/killed" ] || { touch "$1/killed"; kill -9 $$; }
echo "{\\"unit\\":\\"$2\\",\\"seconds\\":1}" >> "$1/journal.jsonl"
echo '{}' > "$1/$2/done.json"
`;

describe("driveSlurm({ slurm: findSlurm(), … })", function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  const { there } = realSlurm();

  it("does each unit once on a real Slurm after what it needs, one that was killed too, and tells what waits for one that failed", async function () {
    if (!there) {
      console.log("      skipped: there is no slurmctld here (apt-get install slurm-wlm munge)");
      this.skip();
    }
    writeFileSync(join(folder.path, "program"), program);
    const resources = { minutes: 5, memory: "100M", partition: null, account: null, gpus: 0, atOnce: null };
    const report = await driveSlurm({
      units: [unit("again"), unit("after", ["again"]), unit("broken"), unit("behind", ["broken"]), unit("alone")],
      place: {
        ...{ jobName: "real", folder: folder.path, scripts: join(folder.path, "slurm") },
        ...{ program: ["/bin/bash", join(folder.path, "program")], variables: {} },
      },
      ...{ journal: folder.path, slurm: findSlurm(), clock: systemClock },
      resources: { ...resources, others: [] },
      pause: () => new Promise((resolve) => setTimeout(resolve, 300)),
      stopped: () => false,
      show: () => undefined,
    });
    equal(report.end, "failed");
    deepEqual(
      report.undone.map(({ unit: { name }, waitsFor }) => [name, waitsFor]),
      [
        ["broken", null],
        ["behind", "broken"],
      ],
    );
    match(report.undone[0]!.message, /No room/);
    const done = readJournal(folder.path).next();
    deepEqual(done.map(({ unit: name }) => name).sort(), ["after", "again", "alone"]);
  });
});
