import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { preparations } from "../../lib/data/prepare/presets";
import { loadDataSet } from "../../lib/data/sets/load";
import { findLesions } from "../../lib/external/find-lesions";
import { openExternal } from "../../lib/external/open-external";
import { learnedSegmentation, phantomSet } from "../segment/helpers";
import { captureBundles } from "../helpers/capture";
import { lastingFolder } from "../helpers/temporary";
import { writeOtherSet } from "./example";

describe("findLesions(dataset, loaded, preparation, finder)", function () {
  this.timeout(180_000);
  const folder = lastingFolder();
  captureBundles();
  const preparation = { ...preparations.squareContext, size: 32 };
  const finder = () => ({ training: join(folder.path, "learned"), keep: join(folder.path, "found") });
  before(async () => {
    const network = await learnedSegmentation(finder().training);
    network.weights.dispose();
    writeOtherSet(folder.path, "bare", { seed: 17, masks: false });
    writeOtherSet(folder.path, "drawn", { seed: 17 });
  });
  const load = (name: string) => loadDataSet(name, { root: folder.path, cacheFolder: null });

  it("outlines the images that nobody has drawn on, keeps that, and says of how many it is not sure", async () => {
    const bare = await load("bare");
    const { loaded, found, notices } = await findLesions("bare", bare, preparation, finder());
    ok(found.size > 20, `${found.size}`);
    for (const [index, { id, masks }] of loaded.records.entries()) {
      equal(masks.length, found.has(id) ? 1 : 0);
      equal(loaded.inspections[index]!.seen!.lesion !== null, found.has(id));
    }
    match(
      notices[0]!,
      new RegExp(`lesions of ${found.size} images were outlined by a network that had learned from 24 other`),
    );
    equal(loaded.dataHash, bare.dataHash);
    equal(readdirSync(finder().keep).length, 1);
    deepEqual((await findLesions("bare", bare, preparation, finder())).notices, notices);
  });

  it("leaves outlines that are there, and looks for none where the whole picture is looked at", async () => {
    const drawn = await load("drawn");
    const same = await findLesions("drawn", drawn, preparation, finder());
    deepEqual([same.loaded, same.found.size, same.notices], [drawn, 0, []]);
    const whole = await findLesions("bare", await load("bare"), { ...preparations.wholeImage, size: 32 }, finder());
    equal(whole.found.size, 0);
  });

  it("refuses a network that has learned from the set itself, and a folder without one", async () => {
    const own = await phantomSet();
    const bare = { ...own, records: own.records.map((record) => ({ ...record, masks: [] })) };
    await rejects(findLesions("phantom", bare, preparation, finder()), /has learned from 24 images of phantom itself/);
    const nowhere = { ...finder(), training: join(folder.path, "nowhere") };
    await rejects(findLesions("bare", await load("bare"), preparation, nowhere), {
      name: /Problem|WrongConfiguration/,
    });
  });

  it("lets a set be opened for a test that could not be without, with what was found marked", async () => {
    writeOtherSet(folder.path, "here");
    const { inspections } = await load("here");
    const mine = { dataset: "here", inspections, preparation };
    await rejects(openExternal("bare", mine, { root: folder.path }), /--finder DIR/);
    const images = await openExternal("bare", mine, { root: folder.path, finder: finder() });
    equal(images.found.size, images.records.length);
    match(images.notices.join(" "), /were outlined by a network.*no outlines of lesions/s);
    deepEqual(
      images.prepared.ids,
      images.records.map(({ id }) => id),
    );
  });
});
