import { deepEqual, equal, match } from "node:assert/strict";

import { describeImages, labelOf } from "../../../lib/data/own/describe-images";
import type { Columns, Field } from "../../../lib/data/own/columns";
import { placeImages } from "../../../lib/data/own/place-images";

const table = (columns: Columns, ...rows: Partial<Record<Field, string>>[]) => ({
  name: "t.csv",
  columns,
  unused: [],
  form: "",
  rows: rows.map((row, index) => ({ place: `t.csv, row ${index + 2}`, cell: (field: Field) => row[field] ?? "" })),
});
const place = (...files: string[]) =>
  placeImages(
    files.map((file) => ({ path: file, parts: file.split("/") })),
    {},
  );
const nobody = { values: {}, patientOf: () => undefined };

describe("describeImages(placed, table, options)", () => {
  it("spells a patient as it was spelt first, and joins what stated rules make one", () => {
    const columns = { image: "i", patient: "p" };
    const rows = ["100", "100.0", " p1 ", "P1", "007", "7"].map((patient, index) => ({
      image: String(index),
      patient,
    }));
    const { images, findings } = describeImages(
      place(...rows.map((_, index) => `benign/${index}.png`)),
      table(columns, ...rows),
      nobody,
    );
    deepEqual(
      images.map(({ said }) => said.patient),
      ["100", "100", "p1", "p1", "007", "7"],
    );
    deepEqual(
      findings.map(({ check, images: own }) => [check, own.length]),
      [["patients of almost one name", 2]],
    );
  });

  it("refuses a patient in scientific notation", () => {
    const { findings } = describeImages(
      place("benign/1.png"),
      table({ image: "i", patient: "p" }, { image: "1", patient: "1.67683E+15" }),
      nobody,
    );
    match(
      findings[0]!.message,
      /row 2, column "p": benign\/1 has "1\.67683E\+15", expected a name: a spreadsheet has rounded/,
    );
    equal(findings[0]!.severity, "error");
  });

  it("tells of every cell that cannot be read, by row, column and value, and reads the others", () => {
    const columns = { image: "i", patient: "p", age: "Age", side: "Side", x: "x", y: "y", width: "w", height: "h" };
    const { images, findings } = describeImages(
      place("benign/1.png", "benign/2.png"),
      table(
        columns,
        { image: "1", patient: "A", age: "45 years", side: "L", x: "1", y: "2", width: "3", height: "4" },
        { image: "2", patient: "B", age: "999", side: "both", x: "1", y: "2", width: "0", height: "4" },
      ),
      nobody,
    );
    deepEqual(images[0]!.said, { patient: "A", side: "left", age: 45, box: { left: 1, top: 2, width: 3, height: 4 } });
    deepEqual(
      findings.map(({ severity, message }) => `${severity}: ${message}`),
      [
        'warning: t.csv, row 3, column "Side": benign/2 has "both", expected left or right, L or R.',
        'warning: t.csv, row 3, column "Age": benign/2 has "999", expected years from 0 to 120.',
        'error: t.csv, row 3, columns "x", "y", "w", "h": benign/2 has "1, 2, 0, 4", expected a box: x, y, width and height in pixels.',
      ],
    );
  });

  it("finds images by path, id and name, and tells what a number without its zeros may mean", () => {
    const placed = place("benign/x/001.png", "malignant/y/1.5.png");
    const { findings, images } = describeImages(
      placed,
      table({ image: "i", patient: "p" }, { image: "1", patient: "A" }, { image: "malignant\\y\\1.5", patient: "B" }),
      nobody,
    );
    match(findings[0]!.message, /there is no image "1"\. "001" would be one with zeros before it/);
    equal(images[1]!.said.patient, "B");
    deepEqual(
      findings.map(({ check }) => check),
      ["row without an image", "image without a row"],
    );
  });

  it("reads labels by what was said, by words and by codes, and refuses the rest by name", () => {
    const rows = ["B", "M", "b", "gutartig"].map((label, index) => ({ image: String(index), label }));
    const files = rows.map((_, index) => `${index}.png`);
    const coded = describeImages(place(...files), table({ image: "i", label: "l" }, ...rows), nobody);
    deepEqual(coded.images.map(labelOf), ["benign", "malignant", "benign", "benign"]);
    const said = { values: { B: "malignant", X: "excluded" } as const, patientOf: () => undefined };
    const { images, findings } = describeImages(
      place("0.png", "1.png", "2.png"),
      table(
        { image: "i", label: "l" },
        { image: "0", label: "b" },
        { image: "1", label: "x" },
        { image: "2", label: "maligant" },
      ),
      said,
    );
    deepEqual(
      images.map(({ meaning }) => meaning),
      ["malignant", "excluded", null],
    );
    match(
      findings[0]!.message,
      /the label of 2 is "maligant", expected benign, malignant, normal.*--value MEANING="maligant"/,
    );
    equal(labelOf(images[1]!), null);
  });

  it("tells where a label contradicts its folder", () => {
    const { findings } = describeImages(
      place("benign/1.png", "malignant/2.png"),
      table({ image: "i", label: "l" }, { image: "1", label: "malignant" }, { image: "2", label: "malignant" }),
      nobody,
    );
    deepEqual(
      findings.map(({ check, images }) => [check, images]),
      [["image in two classes", ["benign/1"]]],
    );
  });
});
