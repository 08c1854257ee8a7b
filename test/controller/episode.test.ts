import { deepEqual, equal } from "node:assert/strict";

import { toEpisode } from "../../lib/controller/episode";
import { macroSpace } from "../helpers/spaces";

describe("toEpisode(space, decisions, skipPenalty, tape)", () => {
  it("adds up its decisions, and takes the backward passes from the last to the first", () => {
    const taken: string[] = [];
    const episode = toEpisode(
      macroSpace(2),
      [
        { sampled: 5, logProbability: -2, entropy: 1.5, drawnEntropy: 0.25 },
        { sampled: 3, logProbability: -1, entropy: 1, drawnEntropy: 0.5 },
        { sampled: 1, logProbability: -0.5, entropy: 0.5, drawnEntropy: 0.125 },
      ],
      0.75,
      [
        ({ logProbability }) => void taken.push(`first ${logProbability}`),
        ({ skipPenalty }) => void taken.push(`second ${skipPenalty}`),
      ],
    );
    deepEqual(episode.architecture, {
      kind: "macro",
      layers: [
        { operation: "max pool 3×3", skips: [] },
        { operation: "separable 5×5", skips: [true] },
      ],
    });
    equal(episode.logProbability, -3.5);
    equal(episode.entropy, 3);
    equal(episode.drawnEntropy, 0.875);
    equal(episode.skipPenalty, 0.75);
    episode.backward({ logProbability: 7, skipPenalty: 8 });
    deepEqual(taken, ["second 8", "first 7"]);
  });
});
