import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";

import { generatePhantoms } from "../../lib/data/phantom/phantom";
import { preparations } from "../../lib/data/prepare/presets";
import { loadDataSet } from "../../lib/data/sets/load";
import { openExternal } from "../../lib/external/open-external";
import { createRandom } from "../../lib/runtime/random";
import { captureBundles } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";
import { writeOtherSet } from "./example";

describe("openExternal(dataset, own, options)", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  captureBundles();
  const preparation = { ...preparations.squareContext, size: 32 };
  const own = async (changed: object = {}) => {
    writeOtherSet(folder.path, "here");
    const { inspections } = await loadDataSet("here", { root: folder.path, cacheFolder: null });
    return { dataset: "here", inspections, preparation: { ...preparation, ...changed } };
  };
  const root = () => ({ root: folder.path });

  it("prepares another set as the networks' own images were", async () => {
    writeOtherSet(folder.path, "there", { seed: 17 });
    const images = await openExternal("there", await own(), root());
    deepEqual([images.prepared.size, images.prepared.ids.length], [32, 40]);
    deepEqual(
      images.records.map(({ id }) => id),
      images.prepared.ids,
    );
    deepEqual(images.notices, []);
  });

  it("refuses images that networks have learned from, or goes on without them and counts them", async () => {
    const mine = generatePhantoms({ count: 40, size: 48, malignant: 0.5, random: createRandom(91) });
    writeOtherSet(folder.path, "there", { seed: 17, more: mine.slice(2, 5) });
    await rejects(openExternal("there", await own(), root()), {
      name: "Problem",
      message: /^3 of 43 images of there are among those of here.*scan.*shared: "leave-out"/s,
    });
    const images = await openExternal("there", await own(), { ...root(), shared: "leave-out" });
    equal(images.records.length, 40);
    match(images.notices.join(" "), /3 images are left out because here has them/);
  });

  it("says what the set lacks, and refuses it where networks look at what it does not have", async () => {
    writeOtherSet(folder.path, "there", { seed: 17, masks: false });
    await rejects(openExternal("there", await own(), root()), /None of the 40 images of there has an outline or a box/);
    const whole = await own({ ...preparations.wholeImage, size: 32 });
    const images = await openExternal("there", whole, root());
    match(images.notices.join(" "), /no outlines of lesions/);
    ok(images.prepared.ids.length === 40);
  });

  it("stops at damaged images and at labels that contradict each other, each with its own way on", async () => {
    writeOtherSet(folder.path, "faulty", { seed: 17, faulty: true });
    const open = async (more: object) => openExternal("faulty", await own(), { ...root(), ...more });
    await rejects(open({}), { message: /broken.*onError: "leave-out".*--external faulty:without-errors/s });
    await rejects(open({ onError: "leave-out" }), {
      name: "Problem",
      message: /again .*scan000 .*same picture.*--external faulty:without-contradictions/s,
    });
    await rejects(open({ onContradiction: "leave-out" }), /broken/);
    const without = await open({ onError: "leave-out", onContradiction: "leave-out" });
    equal(without.records.length, 39);
    match(without.notices.join(" "), /3 images are left out because of errors or contradictory labels/);
    equal((await open({ onError: "leave-out", onContradiction: "keep" })).records.length, 41);
  });

  it("refuses the study's own set, a set of one class, and one that is not there", async () => {
    const mine = await own();
    await rejects(openExternal("here", mine, root()), /here is the study's own set/);
    await rejects(openExternal("here", { ...mine, dataset: "busi+here" }, root()), /here is one of the study's sets/);
    await rejects(openExternal("nowhere", mine, root()), /nowhere/);
    await rejects(openExternal("there", mine, { ...root(), share: "stop" } as never), /no option "share"/);
  });
});
