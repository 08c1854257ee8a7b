import { deepEqual, equal, throws } from "node:assert/strict";

import { checkLayers, describeLayers, type LayersNetwork } from "../../../lib/train/layers-model/layers-specification";
import { buildSpecified } from "../../../lib/train/specification";

const sum = "0".repeat(64);
const given = (other: object = {}): LayersNetwork => ({ kind: "layers model", folder: "mine", ...other });

describe("checkLayers(given, channels)", () => {
  it("fills in the defaults", () => {
    deepEqual(checkLayers(given()), {
      ...{ kind: "layers model", folder: "mine", address: null, sha256: {}, cutAt: null },
      ...{ frozenEpochs: 0, dropout: 0, normalisation: "training images", channels: null },
    });
    const address = "https://example.org/model.json";
    equal(checkLayers({ kind: "layers model", address, sha256: { "model.json": sum } }).address, address);
  });

  it("refuses what is nowhere, in two places, or not known by its sums", () => {
    const refused: [object, RegExp][] = [
      [{ folder: null }, /neither a folder nor an address/],
      [{ address: "https://example.org/model.json" }, /both a folder, mine, and an address/],
      [{ folder: null, address: "https://example.org/model.json" }, /no sha256 for model\.json/],
      [{ folder: null, address: "file:///etc/passwd" }, /address: "file:\/\/\/etc\/passwd"/],
      [{ sha256: { "model.json": "12" } }, /sha256.*"12".*64 hexadecimal digits/s],
      [{ sha256: { "../model.json": sum } }, /"\.\.\/model\.json", which is no file's name/],
      [{ frozenEpochs: -1 }, /frozenEpochs: -1/],
      [{ frozen: 2 }, /no option "frozen".*frozenEpochs/s],
      [{ dropout: 1 }, /dropout: 1/],
      [{ channels: ["red"] }, /channels\[0\]: "red"/],
      [{ normalisation: { mean: [0.5, 0.5], deviation: [0.5] } }, /2 means and 1 deviations/],
      [{ normalisation: { mean: [0.5], deviation: [0] } }, /normalisation/],
    ];
    for (const [other, message] of refused) throws(() => checkLayers(given(other)), message, JSON.stringify(other));
  });

  it("refuses channels that the images do not have, where these are known", () => {
    throws(
      () => checkLayers(given({ channels: ["mask"] }), ["gray"]),
      /takes the channel mask, which images .* gray do not have/,
    );
    checkLayers(given({ channels: ["gray", "gray"] }), ["gray"]);
  });

  it("names networks that have no graph", () => {
    throws(() => buildSpecified(given(), { height: 8, width: 8, channels: 1 }), /layers model .* has no graph/);
  });
});

describe("describeLayers(given)", () => {
  it("names the folder without the path of a machine, the address, and what stays as it was saved", () => {
    equal(describeLayers(given({ folder: "/home/somebody/mine" })), "the user's, from the folder mine; new head");
    const address = "https://example.org/model.json";
    equal(
      describeLayers({ kind: "layers model", address, sha256: { "model.json": sum }, frozenEpochs: 3 }),
      "the user's, from https://example.org/model.json; new head; other layers as they were saved for the first 3 epochs",
    );
    equal(
      describeLayers(given({ frozenEpochs: 1 })),
      "the user's, from the folder mine; new head; other layers as they were saved for the first epoch",
    );
  });
});
