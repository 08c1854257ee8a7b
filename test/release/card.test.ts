import { deepEqual, equal, throws } from "node:assert/strict";

import { preparationDefaults } from "../../lib/data/prepare/configuration";
import { checkCard } from "../../lib/release/card";
import { exampleCard } from "./example";

describe("checkCard(value, file)", () => {
  const refuse = (given: object, message: RegExp) => {
    const card = JSON.parse(JSON.stringify({ ...exampleCard(), ...given })) as unknown;
    throws(() => checkCard(card, "f.json"), { name: "Problem", message });
  };

  it("takes a whole card, also after it was a file", () => {
    const card = exampleCard();
    equal(checkCard(card, "f.json"), card);
    deepEqual(checkCard(JSON.parse(JSON.stringify(card)), "f.json"), card);
  });

  it("takes null for what an author need not report", () => {
    const names = ["licence", "outOfScope", "testData", "calibration", "externalResult", "failureModes"] as const;
    const more = ["hardware", "trainingSeconds", "commit", "citation"] as const;
    for (const name of [...names, ...more]) checkCard(exampleCard({ [name]: null }), "f.json");
  });

  it("takes the devices of the training where they are known, each once", () => {
    const { data } = exampleCard();
    checkCard(exampleCard({ data: { ...data, devices: ["GE Logiq 9", "Samsung RS80A"] } }), "f.json");
    refuse({ data: { ...data, devices: [] } }, /devices/);
    refuse({ data: { ...data, devices: ["A", "A"] } }, /devices/);
  });

  it("wants every field", () => {
    for (const name of Object.keys(exampleCard())) {
      const card: Record<string, unknown> = { ...exampleCard() };
      Reflect.deleteProperty(card, name);
      throws(() => checkCard(card, "f.json"), { name: "Problem" }, name);
    }
  });

  it("names another kind of file and another format version", () => {
    for (const value of [null, undefined, 3, [], {}])
      throws(() => checkCard(value, "f.json"), { name: "Problem", message: /f\.json does not describe a release/ });
    refuse({ formatVersion: 2 }, /f\.json is of format version 2, and this program reads version 1/);
    refuse({ formatVersion: "1" }, /format version "1"/);
  });

  it("refuses values that make no sense, and unknown fields", () => {
    refuse({ threshold: 1.2 }, /f\.json has threshold: 1\.2/);
    refuse({ threshold: NaN }, /threshold: null/);
    refuse({ temperature: 0 }, /temperature: 0, expected a number above 0/);
    refuse({ classes: ["malignant", "benign"] }, /expected \["benign","malignant"\]/);
    refuse({ date: "yesterday" }, /expected a day/);
    refuse({ data: { ...exampleCard().data, hash: "abc" } }, /data\.hash: "abc", expected 64 hexadecimal/);
    refuse({ data: { ...exampleCard().data, images: 0 } }, /data\.images/);
    refuse({ results: [{ AUC: true }] }, /results\[0\]\.AUC/);
    refuse({ seeds: [1, -1] }, /seeds\[1\]/);
    refuse({ treshold: 0.5 }, /no key "treshold".*"threshold"/);
  });

  it("refuses a preparation that is none, and a normalisation of other planes", () => {
    refuse({ preparation: null }, /preparation: null/);
    refuse({ preparation: { ...preparationDefaults, size: 0 } }, /preparation\.size/);
    refuse({ preparation: { ...preparationDefaults, region: null } }, /preparation\.region/);
    refuse({ preparation: { ...preparationDefaults, filter: "cubic" } }, /filter: "cubic"/);
    refuse({ preparation: { size: 64 } }, /lacks preparation\.region/);
    refuse({ normalisation: { mean: [0.5, 0.1], deviation: [0.2, 0.1] } }, /expected one of each for 1 planes/);
    refuse({ normalisation: { mean: [0.5], deviation: [0] } }, /deviations above 0/);
  });
});
