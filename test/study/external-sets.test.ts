import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { ImageRecord } from "../../lib/data/records/record";
import {
  externalSets,
  externalTestFile,
  nameExternalSets,
  readExternalChoice,
  takeOutExternalSets,
} from "../../lib/study/external-sets";
import { placeIn } from "../../lib/study/layout";
import { temporaryFolder } from "../helpers/temporary";
import { withVariables } from "./helpers";

describe("readExternalChoice(given)", () => {
  it("reads a set, and that shared images are left out", () => {
    deepEqual(readExternalChoice("udiat"), { dataset: "udiat", shared: "stop" });
    deepEqual(readExternalChoice("my-set:without-shared"), { dataset: "my-set", shared: "leave-out" });
    deepEqual(readExternalChoice("mine:without-errors:without-contradictions"), {
      ...{ dataset: "mine", shared: "stop", onError: "leave-out", onContradiction: "leave-out" },
    });
  });

  it("refuses what names none", () => {
    for (const given of ["", ":without-shared", "udiat:with-shared", "a:b", "a:", "a:toString"])
      throws(() => readExternalChoice(given), { name: "Problem", message: /--external has .*--external udiat/s });
  });
});

describe("externalSets(study)", () => {
  const folder = temporaryFolder();
  withVariables(() => ({ SONONAS_CACHE: join(folder.path, "cache") }));
  const study = (synthetic?: true) => ({
    ...placeIn(folder.path),
    records: [{ id: "a", image: { kind: "file", path: "a" }, masks: [], label: "benign", ...(synthetic && { synthetic }) }] as ImageRecord[], // prettier-ignore
  });

  it("are those that were named, each once, the last word on it", () => {
    deepEqual(externalSets(study()), []);
    nameExternalSets(study(), [{ dataset: "busi", shared: "stop" }, { dataset: "udiat", shared: "stop" }]); // prettier-ignore
    nameExternalSets(study(), [{ dataset: "busi", shared: "leave-out", finder: "/f" }]);
    deepEqual(externalSets(study(true)), [
      { dataset: "udiat", shared: "stop" },
      { dataset: "busi", shared: "leave-out", finder: "/f" },
    ]);
  });

  it("are without those that were taken out, and says which of these have an outcome", () => {
    nameExternalSets(study(), [{ dataset: "busi", shared: "stop" }, { dataset: "udiat", shared: "stop", onContradiction: "keep" }]); // prettier-ignore
    deepEqual(takeOutExternalSets(study(), ["busi"]), []);
    deepEqual(externalSets(study()), [{ dataset: "udiat", shared: "stop", onContradiction: "keep" }]);
    throws(() => takeOutExternalSets(study(), ["busi"]), { name: "Problem", message: /busi is none.*They are udiat/s });
    mkdirSync(join(folder.path, "external", "udiat"));
    writeFileSync(externalTestFile(study(), "udiat"), "{}");
    deepEqual(takeOutExternalSets(study(), ["udiat"]), ["udiat"]);
    throws(() => takeOutExternalSets(study(), ["udiat"]), /There are none; --external/);
    ok(existsSync(externalTestFile(study(), "udiat")));
  });

  it("are a computed hospital where none was named and all images are computed", () => {
    const [one, ...others] = externalSets(study(true));
    deepEqual(others, []);
    equal(one!.dataset, "another-hospital");
    ok(existsSync(join(one!.root!, one!.dataset, "images.csv")));
  });

  it("refuses a set that is not there, and a file that is damaged or has other keys", () => {
    throws(() => {
      nameExternalSets(study(), [{ dataset: "udiad", shared: "stop" }]);
    }, /udiad/);
    mkdirSync(join(folder.path, "external"));
    for (const [text, said] of [
      ["{", /damaged/],
      ['{"sets": [{"dataset": "busi", "share": "stop"}]}', /share/],
    ] as const) {
      writeFileSync(join(folder.path, "external", "sets.json"), text);
      throws(() => externalSets(study()), { name: "Problem", message: said });
    }
  });
});
