import { equal, match, ok } from "node:assert/strict";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describeBeside } from "../../../lib/study/report/beside-section";
import { temporaryFolder } from "../../helpers/temporary";
import { filledStudy, textsOf } from "../helpers";

describe("describeBeside(study, others, replicates)", () => {
  const made = filledStudy();
  const folder = temporaryFolder();

  before(() => {
    const { settings } = made.study;
    writeFileSync(made.study.path("study.json"), JSON.stringify({ settings, dataHash: "a", sample: null }));
  });

  it("shows the models of both studies in one table and one figure", () => {
    const other = join(folder.path, "another");
    cpSync(made.study.path(), other, { recursive: true });
    const { anchor, blocks } = describeBeside(made.study, [other], 100);
    equal(anchor, "beside");
    const table = blocks.find((block) => block.kind === "table");
    ok(table?.kind === "table");
    match(JSON.stringify(table.rows), /another/);
    ok(blocks.some(({ kind }) => kind === "figure"));
  });

  it("says in a sentence why one cannot stand there", () => {
    const section = describeBeside(made.study, [join(folder.path, "none")], 100);
    match(textsOf(section), /^caution: .*none.*study\.json/m);
    match(textsOf(section), /stands alone/);
    ok(!section.blocks.some(({ kind }) => kind === "table"));
  });
});
