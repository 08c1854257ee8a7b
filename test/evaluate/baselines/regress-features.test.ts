import { ok, throws } from "node:assert/strict";

import { regressFeatures } from "../../../lib/evaluate/baselines/regress-features";
import { fitLogisticRegression } from "../../../lib/statistics/logistic-regression";
import { phantoms } from "./phantoms";

describe("regressFeatures(model, features)", () => {
  it("gives the logits of a logistic regression on the features", async () => {
    const { images } = await phantoms();
    const all = images.records
      .slice(0, 60)
      .map((record, index) => ({ record, seen: images.inspections[index]!.seen! }));
    const features = (_: unknown, index: number) => [index % 7, (index * index) % 11];
    const rows = all.map(features);
    const known = new Map(all.map((image, index) => [image.seen, rows[index]!]));
    const logitOf = regressFeatures("m", ({ seen }) => known.get(seen)!)(all);
    const labels = all.map(({ record }) => (record.label === "malignant" ? 1 : 0));
    const expected = fitLogisticRegression({ features: rows, labels }).predict(rows);
    all.forEach((image, index) => {
      ok(Math.abs(1 / (1 + Math.exp(-logitOf(image))) - expected[index]!) < 1e-12);
    });
  });

  it("refuses an image without the features, and names it", async () => {
    const { images } = await phantoms();
    const image = { record: images.records[0]!, seen: images.inspections[0]!.seen! };
    throws(
      () => regressFeatures("box", () => null)([image]),
      /box: the image ".+" has neither a stated box nor a mask/,
    );
  });
});
