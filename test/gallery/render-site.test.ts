import { equal, match } from "node:assert/strict";

import type { ComparisonRow } from "../../lib/compare/comparison-rows";
import { renderPlain, renderSite } from "../../lib/gallery/render-site";

const row: ComparisonRow = {
  ...{ model: "ENAS <b>", kind: "found", input: "64x64x1", parameters: 12_345, multiplyAdds: 2_500_000 },
  ...{
    accuracy: 0.8,
    accuracyLow: 0.7,
    accuracyHigh: 0.9,
    balancedAccuracy: 0.8,
    sensitivity: 0.75,
    specificity: null,
  },
  ...{ f1: 0.7, areaUnderCurve: 0.9, areaLow: null, areaHigh: null, latencyMs: null, trainSeconds: null },
};

describe("renderSite(page)", () => {
  const page = {
    ...{ name: "a & b", dataset: "set", comparison: [row], missing: ["The report is not there."] },
    links: [{ file: "try.html", text: "Try it", about: "One file." }],
    networks: [
      {
        drawing: { svg: "<svg/>", title: "Micro", description: "Two cells", width: 10, height: 10 },
        caption: "Found.",
      },
    ],
  };

  it("links, draws and compares, in text alone", () => {
    const html = renderSite(page);
    match(html, /<h1>a &amp; b<\/h1>/);
    match(html, /<a href="try\.html">Try it<\/a>/);
    match(html, /<img src="data:image\/svg\+xml;base64,[^"]*" alt="Micro\nTwo cells"/);
    match(html, /ENAS &lt;b&gt;.*12,345.*2\.5.*0\.900<.*0\.800 \[0\.700, 0\.900\].*0\.750/s);
    match(html, /<li>The report is not there\.<\/li>/);
    equal(/<script|https?:/.test(html), false);
  });

  it("leaves out what is not there", () => {
    const html = renderSite({ ...page, links: [], networks: [], comparison: null, missing: [] });
    equal(html.includes("<h2>"), false);
  });
});

describe("renderPlain(title, body)", () => {
  it("forbids scripts and requests, and begins with what it is not", () => {
    const html = renderPlain("<t>", "<p>x</p>");
    match(
      html,
      /content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"/,
    );
    match(html, /<title>&lt;t&gt;<\/title>/);
    match(html, /<div class="ribbon" role="note">Research only: not a medical device/);
  });
});
