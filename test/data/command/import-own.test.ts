import { deepEqual, equal, rejects } from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { copyOwn, keepOwn, surveyOwn } from "../../../lib/data/command/import-own";
import { ownFolder } from "../own/helpers";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const from = () => join(folder.path, "from");
const own = ownFolder(from);
const fill = () => {
  own.images("benign/1.png", "malignant/2.png");
  own.text("Thumbs.db", "");
  own.text("a.xyz", "");
};
const all = (place: string) => readdirSync(place, { recursive: true, encoding: "utf8" }).sort();

describe("surveyOwn(folder, options)", () => {
  it("tells first, and stops at a file of unknown kind until it is left out", async () => {
    fill();
    let told = 0;
    const onSurvey = () => {
      told++;
    };
    await rejects(surveyOwn(from(), { onSurvey }), /a\.xyz is neither.*Nothing was copied/);
    await surveyOwn(from(), { onSurvey, said: { leaveOut: ["*.xyz"] } });
    equal(told, 2);
  });

  it("stops at a folder of no class, and where there are no images", async () => {
    fill();
    own.images("bening/3.png");
    await rejects(surveyOwn(from(), { said: { leaveOut: ["*.xyz"] } }), /"bening" holds 1 picture, but is no class/);
    await rejects(surveyOwn(from(), { said: { leaveOut: ["*.xyz", "*.png"] } }), /holds no images among its 5 files/);
  });
});

describe("copyOwn(survey, target), keepOwn(survey)", () => {
  it("copy what belongs to the set, with a description that reads it so again", async () => {
    fill();
    const survey = await surveyOwn(from(), { said: { leaveOut: ["*.xyz"], values: { x: "benign" } } });
    copyOwn(survey, join(folder.path, "to"));
    const kept = ["benign", "benign/1.png", "malignant", "malignant/2.png", "sononas-set.json"];
    deepEqual(all(join(folder.path, "to")), kept);
    deepEqual(
      (JSON.parse(readFileSync(join(folder.path, "to", "sononas-set.json"), "utf8")) as { values: object }).values,
      { x: "benign" },
    );
    keepOwn(survey);
    deepEqual(all(from()), kept);
  });

  it("names the file that cannot be copied", async () => {
    fill();
    const survey = await surveyOwn(from(), { said: { leaveOut: ["*.xyz"] } });
    writeFileSync(join(folder.path, "to"), "");
    let message = "";
    try {
      copyOwn(survey, join(folder.path, "to"));
    } catch (error) {
      message = (error as Error).message;
    }
    equal(message.includes("benign/1.png could not be copied"), true);
  });
});
