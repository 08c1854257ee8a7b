import { deepEqual, match } from "node:assert/strict";

import type { StudyChanges } from "../../lib/study/changes";
import { nameStudy } from "../../lib/study/name-study";
import { listChanges, tellChanges } from "../../lib/study/tell-changes";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";

describe("listChanges and tellChanges(study)", () => {
  const folder = temporaryFolder();
  const named = (changes: StudyChanges) => nameStudy({ profile: "smoke", dataset: "phantom", changes }, folder.path);

  it("have a row for each setting that differs, with both values", () => {
    const strategy = { kind: "evolution", population: 10 } as const;
    const rows = listChanges(
      named({ search: { options: { epochs: 2, strategy } }, seeds: [1, 2], network: { dropout: 0.5 }, workers: 1 }),
    );
    deepEqual(rows, [
      { setting: "network", profile: "none", "this study": '{"cells": 2, "channels": 8, "dropout": 0.5}' },
      { setting: "search.options.epochs", profile: 4, "this study": 2 },
      {
        ...{ setting: "search.options.strategy", profile: '{"kind": "enas", "preset": "small"}' },
        "this study": '{"kind": "evolution", "population": 10}',
      },
      { setting: "seeds", profile: "[1]", "this study": "[1, 2]" },
      { setting: "workers", profile: 2, "this study": 1 },
    ]);
  });

  it("say that nothing is changed where nothing is", async () => {
    deepEqual(listChanges(named({})), []);
    const said = await captureOutput(() => {
      tellChanges(named({}));
    });
    match(said, /phantom-smoke: the profile "smoke" on phantom, as it stands\./);
  });

  it("say what the patients can show, where the study is open", async () => {
    const power = { value: null, missing: "No fold tests patients of both classes." };
    const said = await captureOutput(() => {
      tellChanges({ ...named({}), notices: ["One."], power });
    });
    match(said, /· One\.\n· What the study can show cannot be told beforehand\. No fold/);
  });

  it("show the rows below the study's name", async () => {
    const said = await captureOutput(() => {
      tellChanges(named({ controls: 0 }));
    });
    match(said, /phantom-smoke\+[0-9a-f]{8}: the profile "smoke" on phantom, changed[\s\S]*controls/);
  });
});
