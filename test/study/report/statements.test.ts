import { deepEqual, equal, throws } from "node:assert/strict";

import { checkStatements } from "../../../lib/study/report/statements";

describe("checkStatements(given)", () => {
  it("fills what is not said with null, and takes spaces for nothing", () => {
    const { authors, funding, ethics } = checkStatements({ authors: "A. Author", funding: "  " });
    deepEqual([authors, funding, ethics], ["A. Author", null, null]);
    equal(
      Object.values(checkStatements({})).every((said) => said === null),
      true,
    );
  });

  it("refuses unknown names and what is no text", () => {
    throws(() => checkStatements({ founding: "x" } as never), /no option "founding".*"funding"/);
    throws(() => checkStatements({ funding: 3 } as never), /funding: 3, expected a text/);
  });
});
