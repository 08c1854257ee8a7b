import { deepEqual, equal, rejects } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { inspectImage } from "../../../lib/data/inspect/inspect-image";
import { startInspectors } from "../../../lib/data/inspect/inspectors";
import type { ImageRecord } from "../../../lib/data/records/record";
import { texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

describe("startInspectors(count, folder, published)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const recordOf = (name: string): ImageRecord => ({
    ...{ id: name, masks: [], label: "benign" },
    image: { kind: "file", path: join(folder.path, `${name}.png`) },
  });

  it("sees in threads what is seen without them, and says the same of a file that is none", async () => {
    for (const number of [1, 2, 3, 4, 5]) writePicture(join(folder.path, `${number}.png`), texture(number));
    writeFileSync(join(folder.path, "none.png"), "no picture");
    const records = ["1", "2", "none", "3", "4", "5"].map(recordOf);
    const inspectors = startInspectors(2, folder.path, false);
    try {
      const seen = await Promise.all(records.map((record) => inspectors.inspect(record)));
      const alone = await Promise.all(
        records.map((record) => inspectImage(record, (path) => relative(folder.path, path), false)),
      );
      deepEqual(seen, alone);
      equal(seen[2]!.findings[0]!.file, "none.png");
    } finally {
      await inspectors.close();
    }
  });

  it("tells those who wait where it is closed", async () => {
    writePicture(join(folder.path, "1.png"), texture(1));
    const inspectors = startInspectors(1, folder.path, false);
    const asked = inspectors.inspect(recordOf("1"));
    await Promise.all([rejects(asked, /was ended/), inspectors.close()]);
  });
});
