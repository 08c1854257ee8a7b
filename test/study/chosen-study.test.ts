import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { chooseStudy, chosenStudy } from "../../lib/study/chosen-study";
import type { ProfileName } from "../../lib/study/study-settings";
import { temporaryFolder } from "../helpers/temporary";
import { unchosen, withVariables } from "./helpers";

describe("chooseStudy(choice, root) and chosenStudy(root)", () => {
  const folder = temporaryFolder();
  const file = () => join(folder.path, "chosen-study.json");
  const chosen = () => {
    const { profile, dataset, changes } = chosenStudy(folder.path);
    return { profile, dataset, changes };
  };

  describe("where no command has named a study", () => {
    withVariables(() => unchosen);

    it("are the profile smoke on phantoms where nothing was chosen", () => {
      deepEqual(chosen(), { profile: "smoke", dataset: "phantom", changes: {} });
    });

    it("are what was chosen last, by the data set's own name", () => {
      chooseStudy({ profile: "quick", dataset: "phantom" }, folder.path);
      const changes = { search: { trials: { limit: { cpuSeconds: 60 } } } };
      const choice = chooseStudy({ profile: "overnight", dataset: "BUS_BRA", changes }, folder.path);
      deepEqual(choice, { profile: "overnight", dataset: "bus-bra", changes });
      deepEqual(chosen(), choice);
      deepEqual(JSON.parse(readFileSync(file(), "utf8")), choice);
    });

    it("keep nothing that is wrong", () => {
      throws(
        () => chooseStudy({ profile: "smok" as ProfileName, dataset: "phantom" }, folder.path),
        /no profile "smok"/,
      );
      throws(() => chooseStudy({ profile: "smoke", dataset: "bussi" }, folder.path), /no data set "bussi"/);
      ok(!existsSync(file()));
    });

    it("say in a sentence that what was chosen cannot be read", () => {
      for (const [text, expected] of [
        ["{", /chosen-study\.json is damaged/],
        ["{}", /chosen-study\.json names no study: expected/],
        ['{"profile":"smoke","dataset":1}', /names no study/],
        ['{"profile":"smoke","dataset":"phantom","changes":{"sedes":[1]}}', /"sedes"/],
      ] as const) {
        writeFileSync(file(), text);
        throws(chosen, expected, text);
      }
    });
  });

  describe("where a command has named a study", () => {
    const study = { profile: "quick", dataset: "bus-bra", changes: { seeds: [1, 2] } } as const;
    withVariables(() => ({ ...unchosen, SONONAS_STUDY: JSON.stringify(study) }));

    it("are that one", () => {
      writeFileSync(file(), '{"profile":"smoke","dataset":"phantom"}');
      deepEqual(chosen(), study);
    });

    it("can choose no other, and say what to do", () => {
      throws(
        () => chooseStudy({ profile: "smoke", dataset: "phantom" }, folder.path),
        /was started for the study bus-bra-quick\+[0-9a-f]{8}, and not for phantom-smoke\..*npm run lab/,
      );
      ok(!existsSync(file()));
      chooseStudy(study, folder.path);
      ok(existsSync(file()), "the same may be chosen");
    });
  });

  describe("where the command's variable is none", () => {
    withVariables(() => ({ ...unchosen, SONONAS_STUDY: "{quick" }));

    it("say so in a sentence", () => {
      throws(chosen, /SONONAS_STUDY names no study/);
    });
  });

  describe("where profile and data set are named by their own variables", () => {
    withVariables(() => ({ ...unchosen, SONONAS_PROFILE: "quick", SONONAS_DATASET: "" }));

    it("take them, and the default for the other", () => {
      equal(chosenStudy(folder.path).name, "phantom-quick");
    });
  });
});
