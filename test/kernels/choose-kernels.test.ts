import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  chooseKernels,
  describeKernels,
  ownKernels,
  useKernels,
  type KernelChoice,
} from "../../lib/kernels/choose-kernels";
import { kernelsFolder, projectRoot } from "../../lib/runtime/environment";
import { Problem } from "../../lib/runtime/problem";
import { describeRuntime } from "../../lib/runtime/tensorflow";
import { needOwnKernels } from "../helpers/kernels";
import { temporaryFolder } from "../helpers/temporary";

interface Digest {
  choice: KernelChoice;
  digest: string;
  steady: boolean;
  differences: { name: string; off: number }[];
}

/** Computes every kernel in a process of its own. */
function digestOf(folder: string, threads: number, busy = 0): Digest {
  const script = join(projectRoot, "test", "helpers", "digest-kernels.ts");
  const printed = execFileSync(process.execPath, ["--require", "tsx/cjs", script, folder, String(busy)], {
    cwd: projectRoot,
    encoding: "utf8",
    env: { ...process.env, SONONAS_THREADS: String(threads), TF_NUM_INTRAOP_THREADS: "", TF_NUM_INTEROP_THREADS: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return JSON.parse(printed.trim().split("\n").at(-1)!) as Digest;
}

describe("the choice of kernels", () => {
  const folder = temporaryFolder();
  const variable = process.env.SONONAS_KERNELS;
  const wish = (value: string | undefined) => {
    if (value === undefined) delete process.env.SONONAS_KERNELS;
    else process.env.SONONAS_KERNELS = value;
  };
  beforeEach(() => {
    wish(undefined);
  });
  afterEach(() => {
    wish(variable);
    chooseKernels(kernelsFolder);
    useKernels(null);
  });

  it("is ours where they are compiled, with as many threads as TensorFlow", function () {
    needOwnKernels(this);
    const { kind, variant, reason, threads } = describeKernels();
    equal(kind, "own");
    ok(["avx512", "avx2", "portable"].includes(variant!));
    match(reason, new RegExp(`compiled for this processor \\(${variant}\\)`));
    equal(threads, describeRuntime().threads);
    equal(ownKernels(), true);
  });

  it("is TensorFlow's where SONONAS_KERNELS says so", () => {
    wish("tensorflow");
    const { kind, variant, reason } = chooseKernels(kernelsFolder);
    deepEqual([kind, variant, reason], ["tensorflow", null, "SONONAS_KERNELS=tensorflow is set"]);
    equal(ownKernels(), false);
    throws(() => {
      useKernels("own");
    }, /Our own kernels were asked for and cannot be used: SONONAS_KERNELS=tensorflow is set/);
  });

  it("is the variant of ours that SONONAS_KERNELS names, and a problem where that is not compiled", function () {
    needOwnKernels(this);
    const { variant } = describeKernels();
    wish(variant!);
    equal(chooseKernels(kernelsFolder).variant, variant);
    throws(() => chooseKernels(folder.path), /cannot be used: ours are not compiled/);
  });

  it("is a problem where SONONAS_KERNELS is neither", () => {
    wish("OWN");
    throws(
      () => chooseKernels(kernelsFolder),
      (error: unknown) =>
        error instanceof Problem && error.message.includes('SONONAS_KERNELS is "OWN", expected "own" or'),
    );
  });

  it("is TensorFlow's, with the reason, where ours are not compiled, and a problem where they are asked for", () => {
    deepEqual(chooseKernels(folder.path).kind, "tensorflow");
    equal(describeKernels().reason, "ours are not compiled");
    wish("own");
    throws(() => chooseKernels(folder.path), /cannot be used: ours are not compiled/);
    throws(() => chooseKernels(folder.path), Problem);
  });

  it("is TensorFlow's, with the reason, where a library is damaged", () => {
    writeFileSync(join(folder.path, "kernels-portable.node"), "not a library");
    const { kind, reason } = chooseKernels(folder.path);
    equal(kind, "tensorflow");
    match(reason, /^ours do not load: .+/);
  });

  it("keeps to one library in a process", function () {
    needOwnKernels(this);
    const { variant } = describeKernels();
    const [mine, other] = [variant!, variant === "portable" ? "avx2" : "portable"];
    const file = join(kernelsFolder, `kernels-${other}.node`);
    if (!existsSync(file)) this.skip();
    copyFileSync(file, join(folder.path, `kernels-${other}.node`));
    match(chooseKernels(folder.path).reason, new RegExp(`ours do not load: ${mine} is loaded already`));
    equal(chooseKernels(kernelsFolder).variant, variant);
  });

  it("can be changed to compare both, and back", function () {
    needOwnKernels(this);
    useKernels("tensorflow");
    deepEqual(
      { ...describeKernels(), threads: 0 },
      { kind: "tensorflow", variant: null, reason: "asked for by the program", threads: 0 },
    );
    useKernels("own");
    equal(ownKernels(), true);
    useKernels("tensorflow");
    useKernels(null);
    equal(ownKernels(), true);
  });

  it("computes the same to the bit with 1 thread, 2 and 5, ten times over, beside busy neighbours", function () {
    needOwnKernels(this);
    const alone = digestOf(kernelsFolder, 1);
    const shared = digestOf(kernelsFolder, 2, 2);
    const many = digestOf(kernelsFolder, 5);
    deepEqual(
      [alone, shared, many].map(({ choice }) => choice.threads),
      [1, 2, 5],
    );
    ok(alone.steady && shared.steady && many.steady);
    equal(shared.digest, alone.digest);
    equal(many.digest, alone.digest);
  });

  for (const variant of ["avx512", "avx2", "portable"]) {
    it(`agrees with TensorFlow's kernels in each of ours, compiled as ${variant}`, function () {
      const file = join(kernelsFolder, `kernels-${variant}.node`);
      if (!existsSync(file)) this.skip();
      copyFileSync(file, join(folder.path, `kernels-${variant}.node`));
      const { choice, steady, differences } = digestOf(folder.path, 2);
      if (variant !== "portable" && choice.reason === "ours are not compiled") this.skip(); // Not on this processor.
      equal(choice.variant, variant, choice.reason);
      ok(steady);
      // Both add float32 up in orders of their own.
      deepEqual(
        differences.filter(({ off }) => !(off < 1e-4)),
        [],
      );
      equal(differences.length, 27);
    });
  }
});
