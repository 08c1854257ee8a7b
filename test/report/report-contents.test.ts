import { deepEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { renderBlock } from "../../lib/report/render-block";
import type { ReportBlock } from "../../lib/report/report-contents";

describe("report contents", () => {
  it("are plain data: a report that went through JSON is rendered the same", () => {
    const blocks: ReportBlock[] = [
      { kind: "text", text: "a", tone: "caution" },
      { kind: "facts", facts: [{ name: "n", value: null }] },
      { kind: "table", caption: "c", rows: [{ a: 1, b: null }], note: "n" },
    ];
    const again = JSON.parse(JSON.stringify(blocks)) as ReportBlock[];
    deepEqual(
      again.map((block) => renderBlock(block, "f")),
      blocks.map((block) => renderBlock(block, "f")),
    );
  });

  it("have a kind for every block that is documented", () => {
    const source = readFileSync(join(projectRoot, "lib", "report", "report-contents.ts"), "utf8");
    const kinds = [...source.matchAll(/kind: v\.literal\("(\w+)"\)/g)].map(([, kind]) => kind);
    const drawn = readFileSync(join(projectRoot, "lib", "report", "render-block.ts"), "utf8");
    const rendered = [...drawn.matchAll(/case "(\w+)":/g)].map(([, kind]) => kind);
    deepEqual(rendered, kinds);
  });
});
