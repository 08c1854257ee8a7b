import { equal, match } from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

import { hashOfScript, packPlotly } from "../../lib/report/plotly-source";

describe("packPlotly()", () => {
  it("packs plotly as it was installed, byte by byte, in less than 3 MB", () => {
    const { packed, hash } = packPlotly();
    const source = readFileSync(require.resolve("plotly.js-dist/plotly.js"));
    equal(gunzipSync(Buffer.from(packed, "base64")).equals(source), true);
    equal(packed.length < 3e6, true);
    match(packed, /^[A-Za-z0-9+/]+=*$/);
    equal(hash, `sha256-${createHash("sha256").update(source).digest("base64")}`);
  });

  it("packs once", () => {
    equal(packPlotly(), packPlotly());
  });
});

describe("hashOfScript(source)", () => {
  it("is the hash that content security policies name, of the text in UTF-8", () => {
    // The example of the CSP specification, section "hash-source".
    equal(hashOfScript("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    equal(hashOfScript("é"), hashOfScript(Buffer.from("é")));
  });
});
