import { equal, throws } from "node:assert/strict";

import { clusteredMeans } from "../../lib/statistics/clustered-means";
import { varianceOfSum } from "../../lib/statistics/clustered-areas";
import { near, patients } from "./recorded/read";

describe("clusteredMeans(groups, values)", () => {
  const { groups, first, second, means, variances, ofDifference } = patients.means;

  it("gives the variances of statsmodels with standard errors by groups, and that of a difference", () => {
    const found = clusteredMeans(groups, [first, second]);
    near(found.means, means, 1e-12);
    near([found.covariance![0]![0]!, found.covariance![1]![1]!], variances, 1e-15);
    near(varianceOfSum(found.covariance!, [1, -1]), ofDifference, 1e-15);
  });

  it("knows no variance of one group, and refuses what does not go together", () => {
    equal(clusteredMeans(["a", "a"], [[1, 2]]).covariance, null);
    throws(() => clusteredMeans([], []), { name: "Problem" });
    throws(() => clusteredMeans(["a", "b"], [[1]]), { name: "Problem" });
    throws(() => clusteredMeans(["a", "b"], [[1, NaN]]), { name: "Problem" });
  });
});
