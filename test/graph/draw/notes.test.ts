import { deepEqual, equal } from "node:assert/strict";

import { notesOf } from "../../../lib/graph/draw/notes";
import { costOf } from "../../../lib/graph/cost";
import { buildHandCrafted } from "../../../lib/graph/hand-crafted/registry";

describe("notesOf(graph)", () => {
  const graph = buildHandCrafted("plain CNN", { height: 32, width: 32, channels: 1 });
  const noteOf = notesOf(graph);

  it("gives the shape of a part's last output and the sum of its parameters", () => {
    const total = costOf(graph).trainable;
    deepEqual(noteOf(""), { shape: "2", parameters: `${total.toLocaleString("en-US")} parameters` });
    deepEqual(noteOf("input"), { shape: "32×32×1", parameters: "" });
  });

  it("gives null for a part that is not there", () => {
    equal(noteOf("nowhere/", "neither"), null);
  });
});
