import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createHash } from "node:crypto";

import { withoutAuxiliary } from "../../../lib/graph/graph";
import { pageMark, renderPage, type PageContents } from "../../../lib/release/page/render-page";
import { exampleCard, exampleFinderCard, exampleGraph } from "../example";

const contents = (given: Parameters<typeof exampleCard>[0] = {}): PageContents => ({
  release: {
    card: exampleCard(given),
    graph: withoutAuxiliary(exampleGraph),
    others: [],
    finder: null,
    check: {
      ...{ width: 1, height: 1, levels: "AA==", box: { left: 0, top: 0, width: 1, height: 1 }, probability: 0.5 },
      ...{ pixelSize: 0.4, jpeg: "AA==", decoded: [0], tolerance: 0.1 },
    },
  },
});

describe("renderPage(contents, weights, script)", () => {
  it("lets its own script run and forbids every request", () => {
    const html = renderPage(contents(), "AAAA", "run();");
    ok(html.startsWith(pageMark));
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
    const hash = createHash("sha256").update("run();").digest("base64");
    deepEqual(policy.split("; ").slice(0, 2), ["default-src 'none'", `script-src 'sha256-${hash}'`]);
    equal(/unsafe|http|blob|data:/.test(policy), false);
    equal(/(?:src|href)=/.test(html), false);
  });

  it("begins with what it is not, says on how many patients it was tested, and is no blank without its script", () => {
    const html = renderPage(
      contents({ testData: { name: "Set", hash: null, licence: null, images: 50, patients: 31 } }),
      "",
      "",
    );
    ok(html.indexOf("Research only: not a medical device") < html.indexOf("<h1>"));
    match(html, /<dt>Tested on<\/dt><dd>Set: 50 images of 31 patients<\/dd>/);
    match(html, /<main><p class="message">The page does not run: scripts are switched off/);
    const results = [{ measure: "accuracy", "value [95 %]": "0.8" }, { measure: "AUC", "value [95 %]": "0.9" }]; // prettier-ignore
    match(renderPage(contents({ results }), "", ""), /<dd>accuracy 0\.8; AUC 0\.9 \(value \[95 %\]\)<\/dd>/);
    match(renderPage(contents({ testData: null }), "", ""), /<dt>Tested on<\/dt><dd>not reported<\/dd>/);
  });

  it("says of a finder what it learned from, what it reached, and from when on it is sure", () => {
    const html = renderPage(contents({ finder: exampleFinderCard }), "", "");
    match(
      html,
      /<dt>Finds lesions<\/dt><dd>Trained on Phantoms: 16 images of 9 patients\. Tested on Others: 8 images of 5/,
    );
    match(html, /Dice 0\.871/);
    match(html, /<dt>Sure of an outline<\/dt><dd>from an expected Dice coefficient of 0\.81 on: chosen on others</);
    equal(renderPage(contents(), "", "").includes("Finds lesions"), false);
  });

  it("takes nothing of a card for HTML", () => {
    const evil = `</script><script>alert("1")</script><img src=x onerror=alert(1)>`;
    const html = renderPage(contents({ name: evil, thresholdOrigin: evil, licence: evil }), "", "run();");
    equal(html.match(/<script/g)!.length, 3);
    equal(html.includes("<img"), false);
  });

  it("shows no network where it only draws boxes", () => {
    const html = renderPage({ release: null }, "", "run();");
    match(html, /<title>Boxes for a set of images<\/title>/);
    equal(html.includes("About the network"), false);
  });
});
