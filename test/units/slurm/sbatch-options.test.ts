import { deepEqual, equal, throws } from "node:assert/strict";

import { checkResources, readMinutes, readWords } from "../../../lib/units/slurm/sbatch-options";

const resources = {
  ...{ minutes: 30, memory: "1G", partition: null, account: null, gpus: 0, atOnce: null, others: [] as string[] },
};

describe("checkResources(resources)", () => {
  it("refuses a limit that is shorter than it takes to reach a checkpoint", () => {
    equal(checkResources(resources).minutes, 30);
    throws(() => checkResources({ ...resources, minutes: 1 }), /limit is 1 min, shorter than it takes .* checkpoint/);
  });

  it("refuses memory that is none, and what the scripts set themselves", () => {
    for (const memory of ["", "4 G", "G", "-1", "0", "4GB"])
      throws(() => checkResources({ ...resources, memory }), /--memory is/, memory);
    for (const word of ["--array=1-9", "--dependency=afterok:1", "-o", "--export=ALL", "--signal=USR2", "--wrap=ls"])
      throws(() => checkResources({ ...resources, others: [word] }), /which the scripts set themselves/, word);
    checkResources({ ...resources, others: ["--qos=long", "--exclude=n1", "-C", "avx512", "--constraint=a"] });
  });
});

describe("readMinutes(text)", () => {
  it("reads times as sbatch does (man sbatch, --time)", () => {
    deepEqual(
      ["240", "90:30", "2:30:00", "1-0", "1-02:30", "0-1:00:00"].map(readMinutes),
      [240, 91, 150, 1440, 1590, 60],
    );
    for (const text of ["", "4h", "1:2:3:4", "-5", "1.5"]) throws(() => readMinutes(text), /expected minutes/, text);
  });
});

describe("readWords(text)", () => {
  it("divides as a shell would", () => {
    deepEqual(readWords("--partition=long  --qos=x"), ["--partition=long", "--qos=x"]);
    deepEqual(readWords(`--constraint="a b" -C 'c d'`), ["--constraint=a b", "-C", "c d"]);
  });

  it("refuses what is no option, and a quote that is not closed", () => {
    for (const text of ["", "long", "; rm -rf /"]) throws(() => readWords(text), /expected options of sbatch/, text);
    throws(() => readWords(`--qos="long`), /a quote that is not closed/);
  });
});
