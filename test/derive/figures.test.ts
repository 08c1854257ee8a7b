import { deepEqual, equal } from "node:assert/strict";

import { colorOfModel } from "../../lib/display/model-style";
import { areShared, drawArms, drawScoreAgreement, figuresOfArms } from "../../lib/derive/figures";
import { plainText } from "../helpers/plain-text";
import { candidate } from "./helpers";

const arms = [
  {
    name: "found",
    kind: "found" as const,
    candidates: [
      candidate("0123456789", { onAll: 0.8, score: 0.9 }),
      candidate("b", { onAll: 0.7 }),
      candidate("c", { onAll: null, score: 0.85 }),
    ],
  },
  { name: "random", kind: "control" as const, candidates: [candidate("d", { onAll: 0.6, score: 0.7 })] },
];
interface Trace {
  name: string;
  x: number[];
  y: number[];
  text: string[];
}

describe("drawScoreAgreement(arms, measure)", () => {
  it("marks each architecture that has both scores, by its arm", () => {
    const { data, layout } = drawScoreAgreement(arms, "accuracy");
    deepEqual(
      (data as unknown as Trace[]).map(({ name, x, y, text }) => [name, x, y, text]),
      [
        ["found", [0.8], [0.9], ["01234567"]],
        ["random", [0.6], [0.7], ["d"]],
      ],
    );
    equal(plainText(layout.yaxis?.title), "accuracy when trained from scratch");
  });

  it("draws what was found and what was drawn in the colours of such models", () => {
    deepEqual(
      (drawScoreAgreement(arms).data as unknown as { marker: { color: string } }[]).map(({ marker }) => marker.color),
      [colorOfModel("found", "found"), colorOfModel("random", "control")],
    );
  });
});

describe("drawArms(arms, measure)", () => {
  it("shows every architecture that was trained, by its arm", () => {
    const { data, layout } = drawArms(arms);
    deepEqual(
      (data as unknown as Trace[]).map(({ name, x }) => [name, x]),
      [
        ["found", [0.9, 0.85]],
        ["random", [0.7]],
      ],
    );
    equal(plainText(layout.xaxis?.title), "area under the curve on the search-validation images");
    equal(drawArms([]).data.length, 0);
  });
});

describe("figuresOfArms(arms)", () => {
  it("asks whether shared weights tell who is good only where they have scored what was trained", () => {
    const alone = [
      { ...arms[0]!, candidates: [candidate("a", { onAll: null, score: 0.9 }), candidate("b", { onAll: 0.7 })] },
    ];
    deepEqual([areShared(arms), areShared(alone), areShared([])], [true, false, false]);
    deepEqual(figuresOfArms(arms), [drawArms(arms), drawScoreAgreement(arms)]);
    deepEqual(figuresOfArms(alone), [drawArms(alone)]);
  });
});
