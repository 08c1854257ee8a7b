import { deepEqual, equal, throws } from "node:assert/strict";

import { readBenchmarkOptions } from "../../lib/bench/options";
import { Problem } from "../../lib/runtime/problem";

const read = (...parameters: string[]) => readBenchmarkOptions(parameters, 8);

describe("readBenchmarkOptions(parameters, defaultThreads)", () => {
  it("measures everything but PyTorch where nothing is said", () => {
    deepEqual(read(), {
      cases: ["child-step", "reward", "resnet18-step"],
      sizes: [32, 64],
      rounds: 12,
      torch: null,
      threads: 8,
      contenders: ["ours", "stock"],
      json: false,
      help: false,
    });
  });

  it("reads lists, numbers and a Python", () => {
    const options = read(
      ...["--cases", "reward, child-step", "--sizes", "64", "--rounds", "5"],
      ...["--torch", "/opt/python", "--threads", "2", "--json"],
    );
    deepEqual(options.cases, ["child-step", "reward"]);
    deepEqual(options.sizes, [64]);
    deepEqual([options.rounds, options.threads, options.torch, options.json], [5, 2, "/opt/python", true]);
    deepEqual(options.contenders, ["ours", "stock", "torch"]);
    deepEqual(read("--torch=python3", "--contenders=torch").contenders, ["torch"]);
    equal(read("--help").help, true);
  });

  const wrong: readonly (readonly [string[], RegExp])[] = [
    [["--case", "reward"], /no option --case\. Did you mean --cases\?.*--help/],
    [["reward"], /"reward", and takes no such argument.*--help/],
    [["--cases", "reward,childstep"], /--cases has "childstep", expected some of child-step, reward, resnet18-step/],
    [["--cases", ""], /--cases has ""/],
    [["--sizes", "48"], /--sizes has "48", expected some of 32, 64/],
    [["--rounds", "0"], /--rounds is "0", expected a whole number from 1/],
    [["--rounds", "2.5"], /--rounds is "2\.5"/],
    [["--threads", "two"], /--threads is "two"/],
    [["--torch", ""], /--torch is empty/],
    [["--contenders", "torch"], /no Python that has it/],
    [["--contenders", "jax", "--torch", "x"], /--contenders has "jax", expected some of ours, stock, torch/],
  ];
  for (const [parameters, message] of wrong)
    it(`refuses ${parameters.join(" ")}`, () => {
      throws(
        () => read(...parameters),
        (error) => error instanceof Problem && message.test(error.message),
      );
    });
});
