import { equal, match, ok } from "node:assert/strict";

import { preparations } from "../../lib/data/prepare/presets";
import { researchOnly, writeModelCard } from "../../lib/release/model-card";
import { exampleCard } from "./example";

describe("writeModelCard(card, drawing)", () => {
  it("begins with the line on research, and counts no gap where all is said", () => {
    const text = writeModelCard(exampleCard({ testData: exampleCard().data }), null);
    equal(text.split("\n")[0], `> ${researchOnly}`);
    match(text, /## Not reported: 0 of \d+/);
    ok(!text.includes("**Not reported**"));
  });

  it("shows every gap where it is, and lists all at the end", () => {
    const text = writeModelCard(
      exampleCard({ licence: null, testData: null, results: [], seeds: [], trainingSeconds: null }),
      null,
    );
    const shown = text.match(/: \*\*Not reported\*\*/g)!.length;
    equal(shown, 9);
    match(text, new RegExp(`## Not reported: ${shown} of`));
    const listed = text.slice(text.indexOf("## Not reported")).match(/^- /gm)!.length;
    equal(listed, shown);
    for (const gap of ["Use: Licence", "Test data: Images", "Results: Metrics", "Training: Seeds", "Training: Time"])
      ok(text.includes(`- ${gap}\n`), gap);
  });

  it("states what the card holds, with its digits", () => {
    const text = writeModelCard(
      exampleCard({ threshold: 0.371, temperature: 1.25, results: [{ measure: "AUC", value: 0.00012345 }] }),
      "architecture.svg",
    );
    for (const part of ["Threshold: 0.371", "fixed before", "Temperature: 1.25", "| AUC | 0.0001234 |", "Patients: 80"])
      ok(text.includes(part), part);
    match(text, /!\[Architecture\]\(architecture\.svg\)/);
    match(text, /64 × 64 pixels, planes: gray/);
  });

  it("names the devices of the training where they are known", () => {
    const { data } = exampleCard();
    ok(!writeModelCard(exampleCard(), null).includes("Devices"));
    const text = writeModelCard(exampleCard({ data: { ...data, devices: ["GE Logiq 9", "B"] } }), null);
    match(text, /Devices: GE Logiq 9, B/);
  });

  it("shows how to load it, with what the model needs to know of the lesion", () => {
    const lineOf = (preparation: keyof typeof preparations) => {
      const card = exampleCard({ preparation: preparations[preparation] });
      return /await model\.predict\(.*/.exec(writeModelCard(card, null))![0];
    };
    match(lineOf("squareContext"), /"image.png", \{ box: \{ left/);
    match(lineOf("busBraAuthors"), /\{ mask: "mask.png" \}/);
    equal(lineOf("wholeImage"), 'await model.predict("image.png"));');
  });

  it("lets no text of an author break the page", () => {
    const text = writeModelCard(
      exampleCard({ name: "A\n# B", intendedUse: "<script>x</script>", results: [{ "a|b": "c\nd" }] }),
      null,
    );
    ok(!text.includes("\n# B") && !text.includes("<script>"));
    ok(text.includes("| a\\|b |") && text.includes("| c d |"));
  });

  it("leaves no link and no image of a text alive, and no character that a terminal obeys", () => {
    const hostile = "![x](http://evil/a.png) [y](https://evil) <https://evil> www.evil.org a@evil.org `code` \u001b[2J";
    const text = writeModelCard(exampleCard({ name: hostile, intendedUse: hostile, citation: hostile }), null);
    for (const alive of ["![", "](", "://", "www.", "@", "\u001b", "<http"])
      equal(
        text
          .replaceAll(/\\[[\]`]/g, "")
          .split("\n")
          .some((line) => line.includes("evil") && line.includes(alive)),
        false,
        alive,
      );
  });
});
