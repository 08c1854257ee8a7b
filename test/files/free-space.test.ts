import { deepEqual, rejects } from "node:assert/strict";
import { join } from "node:path";

import { formatBytes, requireFreeSpace } from "../../lib/files/free-space";
import { temporaryFolder } from "../helpers/temporary";
import { onSmallDisk } from "../helpers/small-disk";

describe("formatBytes(bytes)", () => {
  it("writes them as people do", () => {
    deepEqual([0, 999, 1000, 999_949, 999_950, 4.2e6, 999_950_000, 1.5e9, 2e13].map(formatBytes), [
      "0 bytes",
      "999 bytes",
      "1.0 kB",
      "999.9 kB",
      "1.0 MB",
      "4.2 MB",
      "1.0 GB",
      "1.5 GB",
      "20000.0 GB",
    ]);
  });
});

describe("requireFreeSpace(folder, bytes, what)", () => {
  const folder = temporaryFolder();

  it("says how much is needed and how much there is", async () => {
    await requireFreeSpace(folder.path, 0, "nothing");
    await rejects(requireFreeSpace(folder.path, 1e18, "The archive"), {
      name: "Problem",
      message: /^The archive needs 1000000000\.0 GB, and the disk has \S+ \S+ free\. Free some space/,
    });
  });

  it("counts what is really free", async function () {
    await onSmallDisk(this, folder.path, "1m", async (disk) => {
      await requireFreeSpace(disk, 2 ** 20, "It");
      await rejects(requireFreeSpace(disk, 2 ** 20 + 1, "It"), /It needs 1\.0 MB, and the disk has 1\.0 MB free/);
    });
  });

  it("names a folder that is not there", async () => {
    await rejects(requireFreeSpace(join(folder.path, "none"), 1, "It"), { name: "Problem", message: /none cannot/ });
  });
});
