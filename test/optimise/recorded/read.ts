import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { ProcessSettings } from "../../../lib/optimise/gaussian-process";

type Row = readonly number[];

/** What scikit-learn and SciPy computed; record.py beside it says how. */
export const recorded = JSON.parse(readFileSync(join(__dirname, "values.json"), "utf8")) as {
  readonly processes: readonly {
    readonly inputs: readonly Row[];
    readonly values: Row;
    readonly settings: ProcessSettings;
    readonly logLikelihood: number;
    readonly places: readonly Row[];
    readonly means: Row;
    readonly variances: Row;
    readonly varianceOfMean: number;
  }[];
  readonly improvements: readonly {
    readonly mean: number;
    readonly variance: number;
    readonly best: number;
    readonly expected: number;
  }[];
};
