import { equal, throws } from "node:assert/strict";

import { chooseTensorflow } from "../../setup/machine/tensorflow-choice.cjs";

const choose = (platform: string, nvidia: boolean, wish?: string) =>
  chooseTensorflow({ platform, nvidia, env: wish === undefined ? {} : { SONONAS_TENSORFLOW: wish } });

describe("the choice of TensorFlow", () => {
  it("is the wheel for processors where there is no GPU, on every platform that it is built for", () => {
    for (const platform of ["linux-x64", "linux-arm64", "darwin-arm64"]) equal(choose(platform, false, "auto"), "cpu");
  });

  it("is the wheel with CUDA where an NVIDIA GPU is seen, or on request", () => {
    equal(choose("linux-x64", true, "auto"), "cuda");
    equal(choose("linux-x64", false, "cuda"), "cuda");
    equal(choose("linux-x64", true, "cpu"), "cpu");
  });

  it("is the package's own where no wheel is built", () => {
    for (const platform of ["win32-x64", "darwin-x64"]) equal(choose(platform, false, "auto"), "bundled");
    equal(choose("linux-x64", false, "bundled"), "bundled");
  });

  it("refuses what cannot be, and says what can", () => {
    throws(() => choose("darwin-arm64", false, "cuda"), /built for linux-x64, this is darwin-arm64.*--tensorflow cpu/);
    throws(() => choose("win32-x64", false, "cpu"), /No TensorFlow wheel is built for win32-x64.*--tensorflow bundled/);
    throws(
      () => choose("linux-x64", false, "gpu"),
      /SONONAS_TENSORFLOW is "gpu", expected one of auto, cpu, cuda, bundled/,
    );
  });
});
