import { deepEqual, equal, rejects } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parseDicom, transferSyntaxes } from "../../lib/dicom/parse";
import { Problem } from "../../lib/runtime/problem";
import { pictureElements, writeDicom } from "../helpers/dicom";

const elements = pictureElements(2, 2, Uint8Array.of(1, 2, 3, 4));

describe("parseDicom(bytes, name)", () => {
  it("finds the same elements in every transfer syntax and after every beginning", async () => {
    for (const syntax of Object.values(transferSyntaxes)) {
      const { dataSet, transferSyntax } = await parseDicom(writeDicom(elements, { syntax }), "a.dcm");
      equal(transferSyntax, syntax);
      equal(dataSet.uint16("x00280010"), 2, syntax);
      equal(dataSet.string("x00100020"), "P-1");
    }
    for (const beginning of ["no preamble", "bare"] as const) {
      const { dataSet } = await parseDicom(writeDicom(elements, { beginning }), "a.dcm");
      equal(dataSet.string("x00100020"), "P-1", beginning);
    }
    const implicit = writeDicom(elements, { beginning: "bare", syntax: transferSyntaxes.implicit });
    equal((await parseDicom(implicit, "a.dcm")).transferSyntax, transferSyntaxes.implicit);
  });

  it("reads past elements of 64-bit integers, which the library does not know", async () => {
    const bytes = writeDicom({
      ...pictureElements(2, 2, Uint8Array.of(1, 2, 3, 4), { "7fe0,0001": ["OV", new Uint8Array(8)] }),
    });
    deepEqual((await parseDicom(bytes, "a.dcm")).dataSet.elements.x7fe00010?.length, 4);
  });

  it("refuses by name what is cut, another file, or a bomb", async () => {
    const fixture = readFileSync(join(__dirname, "fixtures", "o_truncated.dcm"));
    await rejects(parseDicom(fixture, "cut.dcm"), (error: Problem) =>
      error.what.startsWith("cut.dcm cannot be read as DICOM"),
    );
    await rejects(parseDicom(Buffer.from("hello"), "hello.dcm"), (error: Problem) =>
      error.what.startsWith("hello.dcm is no"),
    );
    const bomb = writeDicom(pictureElements(2, 2, new Uint8Array(257 * 1024 * 1024)), {
      syntax: transferSyntaxes.deflated,
    });
    await rejects(
      parseDicom(bomb, "bomb.dcm"),
      (error: unknown) => error instanceof Problem && error.what.startsWith("bomb.dcm"),
    );
  });

  it("refuses by name a file of which any byte is missing before its pixels", async () => {
    const whole = writeDicom(elements);
    for (let length = 200; length < whole.length - 1; length += 7) {
      await rejects(
        parseDicom(whole.subarray(0, length), "part.dcm").then(({ dataSet }) => {
          if (dataSet.elements.x7fe00010 === undefined) throw new Problem("part.dcm", "no pixels");
        }),
        (error: unknown) => error instanceof Problem && error.what.startsWith("part.dcm"),
        String(length),
      );
    }
  });
});
