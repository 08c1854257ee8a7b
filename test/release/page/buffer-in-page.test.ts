import { equal } from "node:assert/strict";
import { join } from "node:path";
import { runInNewContext } from "node:vm";

import { build } from "esbuild";

import { projectRoot } from "../../../lib/runtime/environment";

describe("the buffer of a page", () => {
  it("reads numbers and letters as Node's does, without Node", async () => {
    const stdin = {
      contents: `const b = Buffer.from([1, 2, 3, 4, 0x41]); result = [b.readUInt32LE(0), b.toString("latin1", 4), b.indexOf(Buffer.from([3, 4]))].join();`,
    };
    const inject = [join(projectRoot, "lib", "release", "page", "buffer-in-page.ts")];
    const { outputFiles } = await build({
      stdin,
      inject,
      bundle: true,
      write: false,
      format: "iife",
      platform: "browser",
    });
    // Nothing of Node is within reach there.
    const within: { result?: string } = {};
    runInNewContext(outputFiles[0]!.text, within);
    equal(within.result, "67305985,A,2");
  });
});
