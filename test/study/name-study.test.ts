import { deepEqual, equal, notEqual, ok, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { StudyChanges } from "../../lib/study/changes";
import { choiceOf, nameStudy } from "../../lib/study/name-study";
import { overnight } from "../../lib/study/profiles/overnight";
import { smoke } from "../../lib/study/profiles/smoke";
import type { ProfileName } from "../../lib/study/study-settings";
import { temporaryFolder } from "../helpers/temporary";

describe("nameStudy(choice, root)", () => {
  const folder = temporaryFolder();
  const name = (changes: unknown = {}, profile: ProfileName = "smoke", dataset = "phantom") =>
    nameStudy({ profile, dataset, changes: changes as StudyChanges }, folder.path);

  it("is the profile, and its folder, where nothing is changed", () => {
    const named = name();
    deepEqual(named.settings, smoke);
    equal(named.name, "phantom-smoke");
    equal(named.path("a", "b"), join(folder.path, "phantom-smoke", "a", "b"));
    deepEqual(named.changes, {});
  });

  it("has a name for its changes: the beginning of the SHA-256 of their JSON with keys in order", () => {
    const json = '{"search":{"options":{"epochs":2}},"seeds":[1,2]}';
    const hash = createHash("sha256").update(json).digest("hex").slice(0, 8);
    const named = name({ seeds: [1, 2], search: { options: { epochs: 2 } } });
    equal(named.name, `phantom-smoke+${hash}`);
    equal(JSON.stringify(named.changes), json);
    equal(named.settings.search.options.epochs, 2);
    equal(named.settings.search.options.batchSize, smoke.search.options.batchSize);
  });

  it("drops what is as the profile has it, by its value or by a default", () => {
    const { space, schedule } = smoke.search.options;
    for (const changes of [
      { seeds: [1], workers: 1 },
      { search: { options: { epochs: 4, space, schedule, strategy: { kind: "enas", preset: "small" } } } },
      { derive: { criterion: "area under the curve" }, training: { batchSize: 16, mixup: 0 } },
      { network: smoke.search.options.network },
      { training: undefined },
    ])
      equal(name(changes).name, "phantom-smoke", JSON.stringify(changes));
  });

  it("is the same study however its changes are written", () => {
    const one = name({ search: { options: { schedule: { rate: 0.1 } } } });
    const { schedule } = smoke.search.options;
    for (const same of [
      { search: { options: { schedule: { rate: 0.1, first: 2 } }, seeds: [1] } },
      { search: { options: { schedule: { ...schedule, rate: 0.1 } } } },
    ]) {
      const other = name(same);
      equal(other.name, one.name, JSON.stringify(same));
      deepEqual(other.settings, one.settings);
    }
  });

  it("replaces lists as a whole, and one of several kinds where the kind is named", () => {
    deepEqual(name({ handCrafted: ["AlexNet"] }).settings.handCrafted, ["AlexNet"]);
    const { settings } = name({ training: { schedule: { kind: "constant", rate: 0.01 } } });
    deepEqual(settings.training.schedule, { kind: "constant", rate: 0.01 });
    const again = name({ search: { options: { schedule: { kind: "restarts", rate: 0.1 } } } });
    deepEqual(again.settings.search.options.schedule, { kind: "restarts", rate: 0.1 });
    notEqual(again.name, name({ search: { options: { schedule: { rate: 0.1 } } } }).name, "the others are defaults");
  });

  it("trains the winner with the changed settings of the search, and changes them further where that is asked for", () => {
    const changes = { search: { options: { network: { channels: 4 } } } };
    equal(name(changes).settings.network, null);
    const { settings } = name({ ...changes, network: { dropout: 0.4 } });
    deepEqual(settings.network, { ...smoke.search.options.network, channels: 4, dropout: 0.4 });
    deepEqual(name({ network: { dropout: 0.2 } }, "overnight").settings.network, {
      ...overnight.network,
      dropout: 0.2,
    });
    equal(name({ network: null }, "overnight").settings.network, null);
  });

  it("does as many processes as are asked for, under the same name: they change no result", () => {
    const named = name({ workers: 3 });
    equal(named.name, "phantom-smoke");
    equal(named.settings.workers, 3);
    deepEqual(choiceOf(named), { profile: "smoke", dataset: "phantom", changes: { workers: 3 } });
  });

  it("has one name for a data set, whatever name was typed", () => {
    for (const typed of ["bus-bra", "busbra", "BUS_BRA", "Bus Bra"])
      equal(name({}, "quick", typed).name, "bus-bra-quick", typed);
    equal(name({}, "overnight", "breastmnist").settings.preparation.size, 28, "as published, by its short name too");
  });

  it("goes on in a folder that was begun under the typed name, as long as there is no other", () => {
    const begin = (own: string) => {
      mkdirSync(join(folder.path, own));
      writeFileSync(join(folder.path, own, "study.json"), "{}");
    };
    begin("busbra-quick");
    equal(name({}, "quick", "busbra").name, "busbra-quick");
    equal(name({}, "quick", "bus-bra").name, "bus-bra-quick");
    begin("bus-bra-quick");
    equal(name({}, "quick", "busbra").name, "bus-bra-quick");
  });

  it("gives settings that nobody can change unnoticed", () => {
    const { settings } = name({ seeds: [2] });
    equal(Reflect.set(settings.search.options, "epochs", 1), false);
    equal(Reflect.set(settings, "controls", 7), false);
    throws(() => (settings.seeds as number[]).push(3), TypeError);
    ok(!Object.isFrozen(smoke.search.options), "the profile itself is left as it is");
  });

  for (const [what, changes, expected] of [
    ["an unknown key", { sedes: [1] }, /no option "sedes"\. Did you mean "seeds"/],
    [
      "one deep inside",
      { search: { options: { epocs: 40 } } },
      /no option "search\.options\.epocs"\. Did you mean "search\.options\.epochs"/,
    ],
    ["one of a network", { search: { options: { network: { chanels: 8 } } } }, /network.*"chanels".*"channels"/],
    [
      "one of a training",
      { training: { optimiser: { kind: "momentum", momentun: 0.8 } } },
      /training.*momentun.*momentum/,
    ],
    [
      "one of a derivation",
      { derive: { training: { epoch: 1 } } },
      /no option "derive\.training\.epoch"\. Did you mean "derive\.training\.epochs"/,
    ],
    ["one of a control", { control: { counts: 1 } }, /"control\.counts"\. Did you mean "control\.count"/],
    ["one of a preparation", { preparation: { sise: 32 } }, /"preparation\.sise"\. Did you mean "preparation\.size"/],
    ["a value out of range", { search: { options: { epochs: 0 } } }, /search\.options.*epochs: 0/],
    ["a text for a number", { seeds: "1" }, /seeds: "1"/],
    ["a network that there is not", { handCrafted: ["ResNet-81"] }, /handCrafted\[0\]: "ResNet-81"/],
    ["another profile", { profile: "quick" }, /The changes have profile, which says which profile they begin with/],
    ["another purpose", { purpose: "mine" }, /The changes have purpose/],
    ["a list", [1], /The changes are \[1\], expected an object/],
    ["nothing", null, /The changes are null, expected an object/],
    [
      "a seed beside the seeds",
      { search: { options: { seed: 3 } } },
      /search\.options\.seed, which its lists of seeds/,
    ],
    ["a network of another depth", { network: { cells: 1 } }, /network.*cells: 1/],
    [
      "a search of larger images",
      { search: { size: 64 } },
      /search\.size: 64, expected at most its preparation\.size, 32/,
    ],
  ] as const) {
    it(`refuses ${what}, in a sentence, and makes no folder`, () => {
      throws(() => name(changes), expected);
      ok(!existsSync(join(folder.path, "phantom-smoke")));
    });
  }

  it("refuses options that a search by trials does not look at, and takes them where there is none", () => {
    const message = /search\.options\.epochs, and the study of the profile quick searches by trials.*trials: null/s;
    throws(() => name({ search: { options: { epochs: 40 } } }, "quick"), message);
    throws(
      () => name({ search: { options: { strategy: { kind: "evolution" } } } }, "quick"),
      /search\.options\.strategy.*Change search\.trials instead: \{ strategy: "evolution" \}/s,
    );
    equal(name({ search: { trials: { strategy: "evolution" } } }, "quick").found.name, "evolution");
    equal(name({ search: { trials: null, options: { epochs: 40 } } }, "quick").found.name, "ENAS");
    equal(name({ search: { options: { space: { kind: "macro", layers: 6 } } } }, "quick").found.slug, "random-race");
  });

  it("refuses a space that the networks do not fit, before anything is searched", () => {
    throws(
      () => name({ search: { options: { space: { kind: "macro", layers: 6 }, network: { cells: 2 } } } }),
      /search\.options\.network does not fit its search\.options\.space/,
    );
    throws(
      () => name({ search: { options: { space: { kind: "macro", layers: 5 } } } }, "overnight-enas"),
      /network does not fit its search\.options\.space/,
    );
  });

  it("refuses a strategy under the name of another model", () => {
    const named = (strategy: object) => () => name({ search: { options: { strategy } } });
    throws(named({ kind: "evolution", name: "plain cnn" }), /has the name "plain cnn", which another model/);
    throws(
      named({ kind: "evolution", name: "Uniform" }),
      /strategy\.name: "Uniform", expected a name that no other strategy has/,
    );
  });

  it("refuses a profile that there is not, and a data set that there is not or that is a path", () => {
    throws(() => name({}, "smok" as ProfileName), /There is no profile "smok"/);
    throws(() => name({}, "smoke", "bussi"), /There is no data set "bussi"\. Did you mean "busi"/);
    for (const dataset of ["../elsewhere", "/data/busi", "a/b", "a\\b", "..", ""])
      throws(() => name({}, "smoke", dataset), /is no name of a data set/, dataset);
  });
});
