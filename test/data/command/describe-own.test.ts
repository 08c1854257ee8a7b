import { deepEqual, equal, rejects } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { describeOwn } from "../../../lib/data/command/describe-own";
import { ownFolder } from "../own/helpers";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const own = ownFolder(() => join(folder.path, "mine"));

describe("describeOwn(name, root, said)", () => {
  it("looks without writing, and keeps what is said", async () => {
    own.images("benign/1.png", "malignant/2.png");
    const file = join(folder.path, "mine", "sononas-set.json");
    await describeOwn("mine", folder.path, { columns: {}, values: {}, leaveOut: [] });
    equal(existsSync(file), false);
    await describeOwn("mine", folder.path, { values: { benign: "malignant", malignant: "benign" } });
    const { survey } = await describeOwn("mine", folder.path, {});
    deepEqual(
      survey.records.map(({ label }) => label),
      ["malignant", "benign"],
    );
  });

  it("refuses a published set", async () => {
    await rejects(describeOwn("busi", folder.path, {}), /is read as it was published/);
  });
});
