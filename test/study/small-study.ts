import type { StudyChoice } from "../../lib/study/changes";

/** The smallest study of which each step has something to do: 17 units of a second or two. */
export const smallStudy: StudyChoice = {
  profile: "smoke",
  dataset: "phantom",
  changes: {
    search: { options: { epochs: 2, strategy: { kind: "uniform" } } },
    derive: { samples: 4, rescored: 2, trained: 1, training: { epochs: 1, batchSize: 16 } },
    control: { count: 2, training: { epochs: 1, batchSize: 16 } },
    training: { epochs: 1, batchSize: 16 },
    ...{ folds: [1], handCrafted: ["CNN3"], workers: 2 },
  },
};
