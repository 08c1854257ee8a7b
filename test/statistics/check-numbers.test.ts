import { doesNotThrow, throws } from "node:assert/strict";

import {
  checkConfidence,
  checkCounts,
  checkLabels,
  checkNumbers,
  checkProbabilities,
  checkSameLength,
  checkTwoClasses,
} from "../../lib/statistics/check-numbers";

describe("checkNumbers(name, values, least)", () => {
  it("lets finite numbers pass", () => {
    doesNotThrow(() => {
      checkNumbers("scores", [0, -1e300]);
    });
  });

  it("names the number that is not finite, and its place", () => {
    throws(() => {
      checkNumbers("scores", [1, NaN]);
    }, /^Problem: Number 1 of the scores, counted from 0, is NaN/);
    throws(() => {
      checkNumbers("scores", [-Infinity]);
    }, /is -Infinity/);
  });

  it("refuses too few", () => {
    throws(() => {
      checkNumbers("scores", []);
    }, /There are 0 scores, expected at least 1/);
    throws(() => {
      checkNumbers("scores", [1], 2);
    }, /expected at least 2/);
  });
});

describe("checkSameLength(name, found, other, expected)", () => {
  it("names both lists and their lengths", () => {
    checkSameLength("labels", 3, "scores", 3);
    throws(() => {
      checkSameLength("labels", 2, "scores", 3);
    }, /There are 2 labels for 3 scores/);
  });
});

describe("checkTwoClasses(labels)", () => {
  it("refuses other labels than 0 and 1, and one class alone", () => {
    checkTwoClasses([0, 1]);
    throws(() => {
      checkTwoClasses([0, 1, 2]);
    }, /Label 2, counted from 0, is 2, expected 0 or 1/);
    throws(() => {
      checkTwoClasses([1, 1]);
    }, /All of the 2 labels are of one class, 1/);
    throws(() => {
      checkTwoClasses([0]);
    }, /All of the 1 labels are of one class, 0/);
  });
});

describe("checkLabels(labels)", () => {
  it("allows one class alone, and refuses what is no class", () => {
    checkLabels([1, 1]);
    throws(() => {
      checkLabels([1, NaN]);
    }, /Label 1, counted from 0, is NaN, expected 0 or 1/);
  });
});

describe("checkProbabilities(name, values)", () => {
  it("refuses what is not within 0 to 1", () => {
    checkProbabilities("probabilities", [0, 1]);
    throws(() => {
      checkProbabilities("probabilities", [0.5, 1.2]);
    }, /Number 1 of the probabilities, counted from 0, is 1.2, expected a number from 0 to 1/);
    throws(() => {
      checkProbabilities("p-values", [-1e-9]);
    }, /of the p-values/);
    throws(() => {
      checkProbabilities("probabilities", [NaN]);
    }, /is NaN/);
  });
});

describe("checkConfidence(confidence)", () => {
  it("refuses what is not between 0 and 1", () => {
    checkConfidence(0.95);
    for (const wrong of [0, 1, 95, NaN]) {
      throws(
        () => {
          checkConfidence(wrong);
        },
        new RegExp(`The confidence is ${wrong},`),
      );
    }
  });
});

describe("checkCounts(counts)", () => {
  it("names the count that is none", () => {
    checkCounts({ right: 0, wrong: 3 });
    for (const wrong of [-1, 0.5, NaN, Infinity]) {
      throws(
        () => {
          checkCounts({ right: 0, wrong });
        },
        new RegExp(`The count wrong is ${wrong}, expected a whole number from 0`),
      );
    }
  });
});
