import { equal, match, ok, rejects } from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { checkPreparation } from "../../../lib/data/prepare/configuration";
import { writePage } from "../../../lib/release/page/write-page";
import { temporaryFolder } from "../../helpers/temporary";
import { exampleCard, exampleGraph } from "../example";

describe("writePage(file, network)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  it("writes one file, and says how large it is; the same each time", async () => {
    const file = join(folder.path, "boxes.html");
    equal(await writePage(file, null), statSync(file).size);
    const before = readFileSync(file, "utf8");
    ok(before.length < 500_000);
    await writePage(file, null);
    equal(readFileSync(file, "utf8"), before);
    equal(readdirSync(folder.path).length, 1);
  });

  it("refuses another ending, and what is there and no page", async () => {
    await rejects(writePage(join(folder.path, "boxes"), null), /is not called as a page is/);
    const mine = join(folder.path, "mine.html");
    writeFileSync(mine, "<!DOCTYPE html>\nmine");
    await rejects(writePage(mine, null), /is no page of this program/);
    match(readFileSync(mine, "utf8"), /mine$/);
  });

  it("refuses networks that need other things of an image, and leaves nothing", async () => {
    const network = (given: object) => ({
      ...{ card: exampleCard({ preparation: checkPreparation(given) }), graph: exampleGraph },
      weights: () => new Float32Array(0),
    });
    const both = {
      ...network({}),
      others: [network({ region: { kind: "whole" } })],
      predict: () => Promise.resolve({ probability: 0.5 }),
      finder: null,
    };
    await rejects(writePage(join(folder.path, "two.html"), both), /look at images in different ways/);
    equal(readdirSync(folder.path).length, 0);
  });
});
