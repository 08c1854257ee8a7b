import { deepEqual, ok, rejects } from "node:assert/strict";

import { Problem } from "../../lib/runtime/problem";
import { prepareMasks } from "../../lib/segment/prepare-masks";
import { phantomRecords, quickly } from "./helpers";

describe("prepareMasks(records, options)", () => {
  it("prepares the whole picture in gray, and behind it which share of each pixel is lesion", async () => {
    const { size, channels, pixels } = await prepareMasks(await phantomRecords(), quickly);
    deepEqual([size, channels], [32, ["gray", "mask"]]);
    const masks = pixels.filter((_, place) => place % 2 === 1);
    ok(masks.every((share) => share >= 0 && share <= 1));
    ok(masks.some((share) => share > 0.1 && share < 0.9));
  });

  it("refuses images without a mask, and names the first", async () => {
    const [first, second] = await phantomRecords();
    const bare = { ...second!, masks: [] };
    await rejects(
      () => prepareMasks([first!, bare], quickly),
      (error: Problem) => error instanceof Problem && error.what.includes(bare.id),
    );
  });
});
