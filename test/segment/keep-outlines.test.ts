import { deepEqual, equal, rejects } from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { readMask, readPicture } from "../../lib/data/records/read-pixels";
import { listenForStop, type StopListener } from "../../lib/runs/stop";
import { findOutlines } from "../../lib/segment/find-outlines";
import { keepOutlines } from "../../lib/segment/keep-outlines";
import { maskName, rowsFile } from "../../lib/segment/outlines-folder";
import type { TrainedSegmentation } from "../../lib/segment/train-segmentation";
import { lastingFolder } from "../helpers/temporary";
import { learnedSegmentation, phantomRecords } from "./helpers";

describe("keepOutlines(folder, work)", function () {
  this.timeout(120_000);
  const folder = lastingFolder();
  let [network, stop]: [TrainedSegmentation | null, StopListener | null] = [null, null];
  before(async () => {
    network = await learnedSegmentation(join(folder.path, "learned"));
    stop = listenForStop();
  });
  after(() => {
    network?.weights.dispose();
    stop?.end();
  });
  const work = async (inputs: Record<string, string> = { data: "a" }) => ({
    ...{ records: (await phantomRecords()).slice(16), fold: "fold 1", network: network!, inputs, stop: stop! },
  });

  it("keeps a row an image, and the masks at the pictures' size; and does nothing again", async () => {
    const place = join(folder.path, "kept");
    const { records } = await work();
    const rows = await keepOutlines(place, await work());
    deepEqual(
      rows.map(({ id }) => id),
      records.map(({ id }) => id),
    );
    const [record] = records;
    const [outline] = findOutlines(network!, [{ id: record!.id, picture: await readPicture(record!) }]);
    const path = join(place, maskName(record!.id));
    deepEqual(await readMask({ id: "a", masks: [{ kind: "file", path }] }), outline!.mask);
    equal(rows[0]!.others, outline!.others);
    const before = statSync(path).mtimeMs;
    deepEqual(await keepOutlines(place, await work()), rows);
    equal(statSync(path).mtimeMs, before);
  });

  it("refuses a folder with outlines of something else, and makes anew what is damaged", async () => {
    const place = join(folder.path, "kept");
    await rejects(keepOutlines(place, await work({ data: "b" })), { name: /Problem|WrongConfiguration/ });
    const rows = await keepOutlines(place, await work());
    writeFileSync(join(place, rowsFile), "[{}]");
    deepEqual(await keepOutlines(place, await work()), rows);
  });
});
