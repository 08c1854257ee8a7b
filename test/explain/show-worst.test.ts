import { equal, throws } from "node:assert/strict";

import { decode } from "fast-png";

import type { Channel } from "../../lib/data/prepare/configuration";
import { showWorst } from "../../lib/explain/show-worst";
import { captureBundles } from "../helpers/capture";

const prepared = {
  ids: ["a", "b"],
  labels: Int32Array.of(0, 1),
  size: 2,
  channels: ["mask", "gray"] as Channel[],
  pixels: Float32Array.of(1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1),
};
const predictions = [
  { id: "a", label: 0, probability: 0.3 },
  { id: "b", label: 1, probability: 0.1 },
];

describe("showWorst(predictions, prepared, options)", () => {
  const shown = captureBundles();
  const first = () => {
    const html = shown.last()["text/html"] as string;
    return [...html.matchAll(/base64,([^"]+)"/g)].map((found) => decode(Buffer.from(found[1]!, "base64")));
  };

  it("shows the gray plane of the worst first, with the lesion's outline", () => {
    showWorst(predictions, prepared, { masks: new Map([["a", Float32Array.of(1, 0, 0, 0)]]) });
    equal(
      shown.last()["text/plain"],
      "Image, 2 by 2 pixels: b: truth malignant · P(malignant) 0.1 · loss 2.3\n" +
        "Image, 2 by 2 pixels: a: truth benign · P(malignant) 0.3 · loss 0.36",
    );
    const [worst, other] = first();
    equal(worst!.channels, 1);
    equal(worst!.data[0], 255);
    equal(other!.channels, 3);
    equal([...other!.data].join(), "255,255,255,0,0,0,0,0,0,0,0,0");
  });

  it("refuses a prediction of an image that was not prepared", () => {
    throws(
      () => {
        showWorst([{ id: "c", label: 0, probability: 0.5 }], prepared);
      },
      { name: "Problem", message: /"c"/ },
    );
  });
});
