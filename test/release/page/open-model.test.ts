import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { join } from "node:path";

import { gradCam } from "../../../lib/explain/grad-cam";
import { loadRelease } from "../../../lib/release/load-release";
import { ellipseIn, openModel } from "../../../lib/release/page/open-model";
import { releaseModel } from "../../../lib/release/release-model";
import { Problem } from "../../../lib/runtime/problem";
import { tf } from "../../../lib/runtime/tensorflow";
import { numbersOf } from "../../onnx/networks";
import { temporaryFolder } from "../../helpers/temporary";
import { exampleContents } from "../example";
import { phantomPicture } from "../trained";

describe("openModel(card, graph, weights)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const picture = phantomPicture(90);
  const box = { left: 30, top: 20, width: 31, height: 24 };
  const kinds = {
    lesion: { size: 16, channels: ["gray", "size"] },
    whole: { size: 16, channels: ["gray", "gray"], region: { kind: "whole" } },
    mask: { size: 16, channels: ["gray", "mask"] },
  } as const;

  for (const [kind, preparation] of Object.entries(kinds))
    it(`says what the library says of a picture: ${kind}`, async () => {
      const contents = exampleContents({ preparation });
      await releaseModel(join(folder.path, kind), contents);
      contents.weights.dispose();
      const release = await loadRelease(join(folder.path, kind));
      const { card, graph, weights } = release;
      const given = kind === "whole" ? {} : kind === "mask" ? { mask: ellipseIn(box, picture) } : { box };
      const input = await release.prepareInput(picture, given);
      const expected = release.predictInput(input);
      const judged = openModel(card, graph, numbersOf(weights))({ picture, box, device: undefined });
      ok(Math.abs(judged.probability - expected.probability) < 1e-6);
      equal(judged.label, expected.label);
      deepEqual(judged.part, input.part);
      ok(expected.warnings.every((one) => judged.warnings.includes(one)));
      equal(
        judged.warnings.some((one) => one.includes("ellipse in the box")),
        kind === "mask",
      );
      const images = tf.tensor4d(input.values, [1, 16, 16, 2]);
      const { values } = gradCam(graph, weights.of, images, { target: 1, score: "log-odds" });
      images.dispose();
      const largest = Math.max(...values);
      ok(Math.abs((judged.largest as number) - largest) <= 1e-4 * largest);
      for (const [pixel, value] of values.entries())
        ok(Math.abs(judged.map!.pixels[pixel]! * largest - value) <= 1e-4 * largest);
      if (kind === "lesion") {
        throws(
          () => openModel(card, graph, numbersOf(weights))({ picture, box: undefined, device: undefined }),
          Problem,
        );
        const devices = { ...card, data: { ...card.data, devices: ["A scanner"] } };
        const { warnings } = openModel(devices, graph, numbersOf(weights))({ picture, box, device: "Another" });
        match(warnings.at(-1)!, /The device Another is none of the training's/);
        const nothing = () => new Float32Array(1e4).fill(NaN);
        throws(() => openModel(card, graph, nothing)({ picture, box, device: undefined }), Problem);
      }
      release.dispose();
    });
});

describe("ellipseIn(box, picture)", () => {
  it("has the area of the ellipse, as far as it lies in the picture", () => {
    const area = ({ pixels }: { pixels: Uint8Array }) => pixels.reduce((sum, one) => sum + one, 0);
    const picture = { width: 200, height: 150 };
    const whole = area(ellipseIn({ left: 20, top: 30, width: 100, height: 60 }, picture));
    ok(Math.abs(whole - Math.PI * 50 * 30) < 20, `${whole}`);
    const half = area(ellipseIn({ left: -50, top: 30, width: 100, height: 60 }, picture));
    ok(Math.abs(half - whole / 2) < 20, `${half}`);
  });
});
