import { equal, ok } from "node:assert/strict";

import { bundleScript } from "../../../lib/release/page/bundle-script";

describe("bundleScript()", function () {
  this.timeout(60_000);
  it("makes one script of the library's own modules, without Node's, and the same each time", async () => {
    const script = await bundleScript();
    equal(await bundleScript(), script);
    ok(script.length < 400_000, `${script.length} letters`);
    // Sentences of the library's own preparation and files.
    for (const own of ["lies outside of the picture", "its transfer syntax is missing", "expected an image: PNG"])
      ok(script.includes(own), own);
    for (const foreign of [
      /require\("node:/,
      /tensorflow/i,
      /<\/script/i,
      /\bfetch\(/,
      /XMLHttpRequest\(/,
      /WebSocket\(/,
    ])
      equal(foreign.test(script), false, foreign.source);
  });
});
