import { match } from "node:assert/strict";

import { watchPlan } from "../../lib/validate/watch-plan";
import { captureBundles } from "../helpers/capture";

describe("watchPlan(title)", () => {
  const shown = captureBundles();
  const last = () => shown.last()["text/plain"];

  it("shows one bar over all epochs, those of earlier runs included, and what was said last", () => {
    const watch = watchPlan("validate");
    watch.begin(4, 12);
    match(last(), /^validate 4\/12/);
    watch.advance(3, "Plain CNN, fold 1, seed 1: epoch 3");
    watch.end("stopped and saved");
    match(last(), /^validate 7\/12 \| stopped and saved \| took/);
  });

  it("keeps quiet before it has begun", () => {
    const watch = watchPlan();
    watch.advance(1, "x");
    watch.end("");
  });
});
