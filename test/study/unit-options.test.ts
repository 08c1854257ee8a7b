import { deepEqual, equal, throws } from "node:assert/strict";

import { readCommand } from "../../lib/study/main";
import { readUnitOptions } from "../../lib/study/unit-options";

describe("readUnitOptions(given)", () => {
  it("says nothing where nothing is said of units, and takes workers for this machine", () => {
    equal(readUnitOptions({}), null);
    const { on, workers, threads, print, list, unit } = readUnitOptions({ workers: "4" })!;
    deepEqual([on, workers, threads, print, list, unit], ["here", 4, null, false, false, null]);
  });

  it("takes what a cluster gives from the profile and from options", () => {
    const usual = readUnitOptions({ on: "slurm" })!.resources("paper");
    deepEqual([usual.minutes, usual.memory, usual.gpus, usual.atOnce], [1440, "6G", 0, null]);
    const { units } = readCommand([
      ...["--on", "slurm", "--time", "2:00:00", "--memory", "8G", "--gpus", "1", "--partition", "long"],
      ...["--account", "me", "--workers", "50", "--sbatch", "--qos=x --exclude=n1"],
    ]);
    deepEqual(units!.resources("smoke"), {
      ...{ minutes: 120, memory: "8G", partition: "long", account: "me", gpus: 1, atOnce: 50 },
      others: ["--qos=x", "--exclude=n1"],
    });
  });

  it("refuses in a sentence what is none, and what does not go together", () => {
    const refused = (given: Parameters<typeof readUnitOptions>[0], message: RegExp) => {
      throws(() => readUnitOptions(given)?.resources("smoke"), message);
    };
    refused({ on: "slrum" }, /--on is "slrum", expected here, slurm, kubernetes\. Did you mean "slurm"/);
    refused({ on: "slurm", time: "1" }, /time limit is 1 min, shorter than/);
    refused({ on: "slurm", time: "soon" }, /--time is "soon", expected minutes/);
    refused({ on: "slurm", memory: "lots" }, /--memory is "lots"/);
    refused({ on: "slurm", sbatch: "--array=1-2" }, /--sbatch has --array=1-2, which the scripts set themselves/);
    refused({ memory: "4G" }, /--memory is for a cluster, and the units are done here/);
    refused({ on: "kubernetes" }, /can only be printed/);
    for (const name of ["workers", "threads", "gpus"])
      refused({ on: "slurm", [name]: "-1" }, new RegExp(`--${name} is "-1", expected a whole number`));
  });
});
