import { deepEqual, equal, match, ok } from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { listBegun, listCosts, showChoices } from "../../lib/study/list-choices";
import { keepFacts } from "../../lib/study/study-facts";
import { decisive } from "../../lib/study/changes";
import { nameStudy } from "../../lib/study/name-study";
import { profileNames } from "../../lib/study/study-settings";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";
import { unchosen, withVariables } from "./helpers";

describe("listCosts, listBegun and showChoices", () => {
  const folder = temporaryFolder();
  withVariables(() => unchosen);

  it("give what each profile takes on every data set that is here, the slower the machine the more", () => {
    const fast = listCosts({ found: 1e12, handCrafted: 1e12 }, folder.path);
    deepEqual(
      fast.map(({ profile }) => profile),
      [...profileNames],
    );
    deepEqual(Object.keys(fast[0]!), ["profile", "on phantom", "what it is"], "no other set is here");
    const slow = listCosts({ found: 1e9, handCrafted: 1e9 }, folder.path);
    match(String(fast[0]!["on phantom"]), /^about [123]m00s$/);
    match(String(slow[4]!["on phantom"]), /^about \d+(h|d)/);
  });

  it("list the studies that were begun, with their changes and how far they are; a damaged one says so", () => {
    deepEqual(listBegun(join(folder.path, "none")), []);
    const study = nameStudy({ profile: "smoke", dataset: "phantom", changes: { controls: 0 } }, folder.path);
    const { settings, changes, dataset } = study;
    const hashes = { dataHash: "d", prepared: "p", sample: null, split: "s", power: null };
    keepFacts(study, { settings: decisive(settings), changes, dataset, ...hashes }, 5);
    mkdirSync(join(folder.path, "another"));
    mkdirSync(join(folder.path, "broken"));
    writeFileSync(join(folder.path, "broken", "study.json"), "{");
    const [broken, begun, ...others] = listBegun(folder.path);
    equal(others.length, 0);
    deepEqual(begun, {
      ...{ study: study.name, profile: "smoke", "data set": "phantom", changes: '{"controls":0}', done: "0 of 11" },
    });
    match(String(broken!.done), /study\.json is damaged/);
  });

  it("show them with how the times were estimated, and how to choose", async () => {
    const said = await captureOutput(showChoices);
    for (const part of [/overnight-masks/, /The times are estimated: the multiply-adds/, /Chosen is \S+\. To choose/])
      match(said, part);
    ok(said.includes('study.chooseStudy({ profile: "quick", dataset: "bus-bra" })'));
  });
});
