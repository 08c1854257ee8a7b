import { deepEqual, equal, throws } from "node:assert/strict";

import { findColumns, plainColumn } from "../../../lib/data/own/columns";

describe("findColumns(header, said, table)", () => {
  it("knows usual names, whatever their letters, spaces and dashes", () => {
    deepEqual(findColumns(["File Name", "PatientID", "Device", "Age", "pixelsize", "BI-RADS", "Notes"], {}, "t"), {
      image: "File Name",
      patient: "PatientID",
      device: "Device",
      age: "Age",
      pixelSize: "pixelsize",
      birads: "BI-RADS",
    });
  });

  it("takes the column that was said before one that is called as usual", () => {
    deepEqual(findColumns(["image", "nr", "patient"], { patient: "NR" }, "t"), { image: "image", patient: "nr" });
  });

  it("knows boxes in two forms, and takes width and height for a box's only beside x and y", () => {
    deepEqual(findColumns(["image", "x", "y", "width", "height"], {}, "t"), {
      ...{ image: "image", x: "x", y: "y", width: "width", height: "height" },
    });
    deepEqual(findColumns(["image", "width", "height"], {}, "t"), { image: "image" });
    deepEqual(Object.keys(findColumns(["xmin", "ymin", "xmax", "ymax"], {}, "t")), ["x1", "y1", "x2", "y2"]);
  });

  it("asks where two columns could be meant, and takes the plain name before others", () => {
    throws(
      () => findColumns(["file", "filename"], {}, "t.csv"),
      /t\.csv has 2 columns that can be the image: "file", "filename"/,
    );
    equal(findColumns(["image", "filename"], {}, "t").image, "image");
  });

  it("refuses a column that is not there", () => {
    throws(
      () => findColumns(["a", "b"], { patient: "c" }, "t"),
      /t has no column "c", which was to be the patient\. It has a, b/,
    );
  });
});

describe("plainColumn(name)", () => {
  it("leaves letters and digits", () => {
    equal(plainColumn(" Pixel_Size (mm)"), "pixelsizemm");
  });
});
