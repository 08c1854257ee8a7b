import { deepEqual, equal } from "node:assert/strict";

import { describeArchitecture, drawArchitecture } from "../../../lib/space/architecture";
import { decode } from "../../../lib/space/encode";
import { sampleArchitecture } from "../../../lib/space/sample";
import { createRandom } from "../../../lib/runtime/random";
import { shapeSpace } from "../../helpers/spaces";
import { count, paint, textsOf } from "../../helpers/svg";

describe("drawArchitecture(architecture of the shape space)", () => {
  it("shows its blocks, what halves between them, and an arc for each residual connection", async () => {
    const architecture = decode(shapeSpace(), "2 0 0 0 0 0  1 1 1 1 1 1  3 0 0 0 0 0  0 1  0 0");
    const { svg, title, description } = await drawArchitecture(architecture);
    deepEqual(
      textsOf(svg).filter((text) => text !== ""),
      [
        ...["stem", "convolution 3×3, 16 channels"],
        ...["stage 1, block 1", "convolution 3×3, 16 channels"],
        ...["to stage 2", "max pool 2×2"],
        ...["stage 2, block 1", "separable 5×5, 24 channels, with excitation", "+"],
        ...["stage 2, block 2", "separable 5×5, 24 channels, with excitation", "+"],
        ...["stage 3, block 1", "convolution 3×3, 96 channels, stride 2"],
        ...["head", "mean"],
      ],
    );
    // Eight boxes below others, and two sums.
    equal(count(svg, "edge"), 8 + 2);
    equal(title, "Shape architecture of widths 16-24-96");
    equal(description, describeArchitecture(architecture));
  });

  it("is the same each time, fits the page and is not cut off", async () => {
    const random = createRandom(2);
    for (let index = 0; index < 4; index++) {
      const architecture = sampleArchitecture(shapeSpace(), random);
      const drawing = await drawArchitecture(architecture);
      deepEqual(await drawArchitecture(architecture), drawing);
      equal(drawing.width <= 900, true);
      deepEqual(await paint(drawing), { width: drawing.width, height: drawing.height, touched: false });
    }
  });

  it("says of both halvings and of every head what they are", async () => {
    for (const [code, halving, head] of [
      ["0 0", "max pool 2×2", "mean"],
      ["2 1", "mean pool 2×2", "max pool then mean"],
      ["2 2", "mean pool 2×2", "mean and max"],
    ] as const) {
      const [down, last] = code.split(" ");
      const stages = "0 1 0 0 0 0  0 1 0 0 0 0  0 1 0 0 0 0";
      const texts = textsOf(
        (await drawArchitecture(decode(shapeSpace(), `${stages}  ${down} ${down}  0 ${last}`))).svg,
      );
      equal(texts.includes(head), true, head);
      equal(texts.filter((text) => text === halving).length, 2);
      equal(texts.filter((text) => text.includes("stride 2")).length, 0);
      equal(texts.includes("to stage 3"), true);
    }
    const strided = decode(shapeSpace(), "0 1 0 0 0 0  0 1 0 0 0 0  0 1 0 0 0 0  1 1  0 0");
    // Of two blocks in each stage the first alone halves.
    equal(textsOf((await drawArchitecture(strided)).svg).filter((text) => text.includes("stride 2")).length, 2);
  });
});
