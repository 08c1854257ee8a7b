import { deepEqual, equal, ok } from "node:assert/strict";

import { axisRange } from "../../lib/display/axis-range";

const trace = (y: readonly unknown[], more: object = {}) => ({ type: "scatter" as const, y, ...more }) as object;

describe("axisRange(data, name, type)", () => {
  it("does not draw numbers that hardly differ as if they did, and leaves others to plotly", () => {
    const { range } = axisRange([trace([32.023, 32.025])], "y", undefined);
    ok(range![0] < 31 && range![1] > 33);
    deepEqual(axisRange([trace([0.5, 0.9])], "y", undefined), {});
    // One number alone.
    const one = axisRange([trace([99.3e6, null, NaN])], "y", undefined).range!;
    equal((one[0] + one[1]) / 2, 99.3e6);
  });

  it("counts bars of errors, and the traces of its own axis alone", () => {
    const bars = { error_y: { array: [2], arrayminus: [1] } };
    deepEqual(axisRange([trace([10], bars)], "y", undefined), {});
    deepEqual(axisRange([trace([10, 20], { yaxis: "y2" })], "y", undefined), {});
    ok(axisRange([trace([10, 20], { yaxis: "y2" }), trace([5])], "y", undefined).range);
  });

  it("lets names, columns and maps be", () => {
    deepEqual(axisRange([trace(["a", "b"])], "y", undefined), {});
    deepEqual(axisRange([trace([5, 5], { type: "bar" })], "y", undefined), {});
  });

  it("gives a logarithmic axis a decade at least, with marks that do not touch", () => {
    const { range, dtick, tickformat } = axisRange([trace([2e6, 3e6])], "y", "log");
    equal(tickformat, "~s", "2M, not 2");
    equal(axisRange([trace([0.02, 0.3])], "y", "log").tickformat, "~g", "0.02, not 20m");
    ok(range![1] - range![0] >= 1 && 10 ** range![0] < 2e6 && 10 ** range![1] > 3e6);
    equal(dtick, "D2");
    equal(axisRange([trace([1e3, 1e6, 0])], "y", "log").dtick, 1);
    deepEqual(axisRange([trace([0])], "y", "log"), {});
  });
});
