import { rmSync, writeFileSync } from "node:fs";

import { releaseModel } from "../../lib/release/release-model";
import { hashArchitecture } from "../../lib/space/encode";
import type { Study } from "../../lib/study/open-study";
import { exampleArchitecture, exampleContents } from "../release/example";

/** Writes into a study's folder what a site shows: what it is, its winner, and a release. */
export async function fillForSite(study: Pick<Study, "path" | "settings">): Promise<string> {
  writeFileSync(
    study.path("study.json"),
    JSON.stringify({ settings: study.settings, dataset: "phantom", dataHash: "a", prepared: "b" }),
  );
  const winner = { hash: hashArchitecture(exampleArchitecture), seed: 1, architecture: exampleArchitecture };
  writeFileSync(study.path("winner.json"), JSON.stringify({ winner, winners: [winner], controls: [] }));
  rmSync(study.path("release"), { recursive: true, force: true });
  const contents = exampleContents();
  await releaseModel(study.path("release"), contents);
  contents.weights.dispose();
  return study.path();
}
