import { deepEqual, equal, rejects } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import {
  folderOfSearch,
  forgetNestedSplit,
  forgetSearches,
  keepNestedSplit,
  readNestedSearch,
  searchOuterFold,
} from "../../lib/tabular/nested-search";
import { innerFoldsOf } from "../../lib/tabular/folds";
import { readProtocol } from "../../lib/tabular/protocol";
import { namesOfTested } from "../../lib/train/test-door";
import { temporaryFolder } from "../helpers/temporary";
import { writeTinySet } from "../validate/helpers";
import { tinyProtocol, writeProtocol } from "./helpers";

const nested = {
  ...{ set: "one", outer: [2], searches: [7], size: 16 },
  arms: {
    race: {
      ...{ strategy: "random-race", limit: { trainings: 3 }, candidates: 3 },
      training: { epochs: 1, batchSize: 4 },
    },
  },
  winners: { size: 16, epochs: 1, seeds: [1] },
};
const steps = [{ ...tinyProtocol.steps[0]!, name: "nested", runs: [], nested }];

describe("searchOuterFold(folder, step, one, place, tell)", function () {
  this.timeout(120_000);
  const root = temporaryFolder();

  it("searches on the inner folds of an outer one, sees none of its test images, tells each training, and is not run again", async () => {
    writeTinySet(root.path);
    const folder = writeProtocol(join(root.path, "benchmark"), { ...tinyProtocol, steps });
    const place = { workFolder: join(root.path, "work"), dataRoot: root.path };
    const one = { arm: "race", search: 7, fold: 2 };
    const told: number[] = [];
    const search = () => searchOuterFold(folder, "nested", one, place, (done) => told.push(done));
    await rejects(search(), /nested-split\.json/);
    const protocol = readProtocol(folder);
    const split = await keepNestedSplit(protocol, place);
    const inner = innerFoldsOf(split, protocol.folds, 2);
    equal(inner.length, 2);
    const tested = namesOfTested(inner[0]!);
    deepEqual(namesOfTested(inner[1]!), tested, "the inner folds of an outer one test the same images");
    const seen = new Set(inner.flatMap(({ train, validation }) => [...train, ...validation]));
    equal(
      tested.some((id) => seen.has(id)),
      false,
    );
    await search();
    deepEqual(told, [1, 2, 3]);
    const { trials } = readNestedSearch(place, one);
    equal(trials.length, 3);
    await search();
    equal(told.length, 3, "what is done is not done again");
    forgetSearches(place, [one]);
    forgetNestedSplit(place);
    equal(existsSync(folderOfSearch(place, one)), false);
  });
});
