import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Figure } from "../../lib/display/figure";
import { colorOfModel } from "../../lib/display/model-style";
import { resultsRoot } from "../../lib/runtime/environment";
import { redrawPublished } from "../../lib/study/redraw-published";
import { temporaryFolder } from "../helpers/temporary";

describe("redrawPublished(target)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const study = "breastmnist-64-overnight";
  const command = "npm run publish:results -- --again breastmnist, and bus-bra, then npm run figures:draw of both";

  it("leaves what is published with the project as it is: its figures have the look of this version", async () => {
    const target = join(folder.path, "breastmnist");
    const published = join(resultsRoot, "breastmnist");
    cpSync(published, target, { recursive: true });
    const written = await redrawPublished(target);
    ok(written.length > 30);
    for (const file of written) {
      const name = file.slice(target.length + 1);
      match(name, /^breastmnist-\d\d-overnight\/(figures\/[\w-]+\.json|architectures\/[\w-]+\.svg)$/);
      equal(readFileSync(file, "utf8"), readFileSync(join(published, name), "utf8"), `${name}: ${command}`);
    }
  });

  it("draws from the tables, under the names of today, each model in its colour", () => {
    const figureOf = (name: string) =>
      JSON.parse(readFileSync(join(resultsRoot, "breastmnist", study, "figures", `${name}.json`), "utf8")) as Figure;
    const namesOf = ({ data }: Figure) => (data as { name?: string }[]).flatMap(({ name }) => name ?? []);
    deepEqual(namesOf(figureOf("found-and-random")), ["ENAS", "uniform policy", "drawn at random"]);
    deepEqual(namesOf(figureOf("cost")), ["majority class", "found", "control", "hand-crafted"]);
    const curves = figureOf("roc").data as { name?: string; line?: { color: string } }[];
    for (const model of ["ENAS", "random 1", "VGG-11"])
      equal(curves.find(({ name }) => name?.startsWith(`${model}:`))!.line!.color, colorOfModel(model), model);
  });

  it("says where nothing is published", async () => {
    await rejects(redrawPublished(folder.path), /has no published study.*/);
  });
});
