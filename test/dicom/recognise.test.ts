import { equal } from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { bytesToRecognise, recogniseDicom } from "../../lib/dicom/recognise";
import { pictureElements, writeDicom } from "../helpers/dicom";

const fixtures = join(__dirname, "fixtures");

describe("recogniseDicom(bytes)", () => {
  it("finds every kind of file by its first bytes, with and without a preamble", () => {
    for (const name of readdirSync(fixtures).filter((file) => file.endsWith(".dcm"))) {
      const begin = readFileSync(join(fixtures, name)).subarray(0, bytesToRecognise);
      equal(recogniseDicom(begin), name === "o_no_preamble.dcm" ? "no preamble" : "preamble", name);
    }
  });

  it("finds a bare data set, in explicit and implicit representation", () => {
    const elements = pictureElements(2, 2, new Uint8Array(4));
    equal(recogniseDicom(writeDicom(elements, { beginning: "bare" })), "bare");
    equal(recogniseDicom(writeDicom(elements, { beginning: "bare", syntax: "1.2.840.10008.1.2" })), "bare");
  });

  it("takes no other file for one", () => {
    for (const begin of [
      "\x89PNG\r\n\x1a\n",
      "\xff\xd8\xff\xe0",
      "BM",
      "image,patient\n1,2\n",
      "PK\x03\x04",
      "GIF89a",
      "",
    ]) {
      equal(recogniseDicom(Buffer.from(begin.padEnd(300, " "), "latin1")), null, begin);
    }
    equal(recogniseDicom(Buffer.alloc(0)), null);
    equal(recogniseDicom(Buffer.alloc(500)), null);
    // Group 8, but an element that does not stand first, or a length that cannot be.
    equal(recogniseDicom(Buffer.from([8, 0, 0x90, 0, ...Buffer.alloc(20)])), null);
    equal(recogniseDicom(Buffer.from([8, 0, 5, 0, 255, 255, 255, 255, ...Buffer.alloc(20)])), null);
  });
});
