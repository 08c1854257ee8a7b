import { equal, match } from "node:assert/strict";

import { folderNameOf } from "../../lib/files/folder-name";

describe("folderNameOf(name)", () => {
  it("keeps letters and digits, in lower case, with single dashes between", () => {
    equal(folderNameOf("ResNet-18 (ours)"), "resnet-18-ours");
    equal(folderNameOf("outer 2, inner 3"), "outer-2-inner-3");
    equal(folderNameOf("Modèle n° 2"), "modele-n-2");
  });

  it("gives a name that every system takes, whatever it is given", () => {
    for (const name of ["../../etc", "CON:", "", "…", "a/b\\c", "x".repeat(300), "\0"])
      match(folderNameOf(name), /^[a-z0-9]+(-[a-z0-9]+)*$/, JSON.stringify(name));
  });
});
