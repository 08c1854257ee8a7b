import { ok, throws } from "node:assert/strict";

import { fitProcess } from "../../lib/optimise/gaussian-process";
import { Problem } from "../../lib/runtime/problem";
import { recorded } from "./recorded/read";

const close = (found: number, expected: number, what: string) => {
  ok(Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${what}: ${found}, expected ${expected}`);
};

describe("fitProcess(inputs, values, settings)", () => {
  it("has the likelihood, means and variances of scikit-learn's GaussianProcessRegressor", () => {
    for (const {
      inputs,
      values,
      settings,
      logLikelihood,
      places,
      means,
      variances,
      varianceOfMean,
    } of recorded.processes) {
      const process = fitProcess(inputs, values, settings);
      close(process.logLikelihood, logLikelihood, "likelihood");
      process.predict(places).forEach(({ mean, variance }, index) => {
        close(mean, means[index]!, "mean");
        close(variance, variances[index]!, "variance");
      });
      const together = process.predictMean(places);
      close(together.mean, means.reduce((sum, one) => sum + one, 0) / means.length, "mean of means");
      close(together.variance, varianceOfMean, "variance of the mean");
    }
  });

  it("knows the values where there is next to no noise, and nothing far away", () => {
    const process = fitProcess([[0], [0.3]], [1, -1], { lengths: [0.2], signal: 1, noise: 1e-10 });
    const [near, far] = process.predict([[0.3], [50]]);
    close(near!.mean, -1, "mean");
    ok(near!.variance < 1e-6);
    ok(Math.abs(far!.mean) < 1e-12 && Math.abs(far!.variance - 1) < 1e-12);
  });

  it("refuses observations that it cannot tell apart", () => {
    throws(
      () => fitProcess([[0], [0]], [1, -1], { lengths: [1], signal: 1, noise: 0 }),
      (error: unknown) => error instanceof Problem && error.message.includes("larger noise"),
    );
  });
});
