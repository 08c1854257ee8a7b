import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";

import { answer } from "../../../lib/data/inspect/inspector";
import { texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

describe("answer(question)", () => {
  const folder = temporaryFolder();

  it("has the number of the question, and what was seen", async () => {
    const path = writePicture(join(folder.path, "a.png"), texture(1));
    const record = { id: "a", image: { kind: "file" as const, path }, masks: [], label: "benign" as const };
    const said = await answer({ number: 7, record, folder: folder.path, published: false });
    deepEqual([said.number, said.kind], [7, "seen"]);
  });

  it("tells a failure that is no finding", async () => {
    const said = await answer({ number: 8, record: null as never, folder: folder.path, published: false });
    equal(said.kind, "error");
  });
});
