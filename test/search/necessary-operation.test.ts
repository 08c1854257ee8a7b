import { ok } from "node:assert/strict";

import type { SearchOptions } from "../../lib/search/search-options";
import { temporaryFolder } from "../helpers/temporary";
import { imagesOfDistantPairs, sharesOf } from "./distant-pairs";

describe("a search on images that one operation tells apart", () => {
  const folder = temporaryFolder();

  it("goes on proposing each operation equally often at random", async () => {
    const uniform: Partial<SearchOptions> = { strategy: { kind: "uniform" }, epochs: 2, warmUpEpochs: 0 };
    const shares = await sharesOf(folder.path, uniform, imagesOfDistantPairs(64, 128));
    // 400 draws of one in five: a deviation of 0.02.
    for (const [operation, share] of shares) ok(Math.abs(share - 0.2) < 0.08, `${operation}: ${share}`);
  });
});
