import { doesNotThrow, throws } from "node:assert/strict";

import { listOf, mapOfValues, numberFrom, objectOf, orNull, text, wholeFrom } from "../../lib/release/schema";
import type { Check } from "../../lib/release/schema";

const takes = (check: Check, ...values: unknown[]) => {
  for (const value of values)
    doesNotThrow(() => {
      check(value, "it");
    });
};
const refuses = (check: Check, message: RegExp, ...values: unknown[]) => {
  for (const value of values)
    throws(
      () => {
        check(value, "it");
      },
      { name: "Problem", message },
      String(value),
    );
};

describe("checks of plain data", () => {
  it("take texts and numbers within their bounds, and name what they refuse", () => {
    takes(text, "a");
    refuses(text, /at it, expected a text/, "", "  ", 3, null, undefined);
    takes(numberFrom(0, 1), 0, 0.5, 1);
    refuses(numberFrom(0, 1), /at it, expected a number from 0 to 1/, -0.1, 1.1, NaN, "1", null);
    refuses(numberFrom(0, Infinity), /expected a number from 0\. /, Infinity, -1);
    refuses(numberFrom(-Infinity, Infinity), /expected a finite number/, -Infinity, NaN);
    takes(wholeFrom(1), 1, 7);
    refuses(wholeFrom(1), /expected a whole number from 1/, 0, 1.5, "2", 2 ** 60);
    refuses(wholeFrom(1), /The release has nothing at it/, undefined);
  });

  it("take null where it may be, and nothing that is left out", () => {
    takes(orNull(text), null, "a");
    refuses(orNull(text), /expected a text/, undefined, "");
  });

  it("say where in a list or an object the fault is", () => {
    takes(listOf(text, 1), ["a"], ["a", "b"]);
    refuses(listOf(text, 1), /a list of at least 1/, [], {}, null);
    refuses(listOf(text, 1), /at it\[1\], expected a text/, ["a", 2]);
    takes(mapOfValues(text), {}, { a: "b" });
    refuses(mapOfValues(text), /at it\.a, expected a text/, { a: 1 });
    refuses(mapOfValues(text), /expected an object/, null, [], "a");
  });

  it("want all fields of an object and no other", () => {
    const check = objectOf({ name: text, inner: objectOf({ size: wholeFrom(1) }) });
    takes(check, { name: "a", inner: { size: 2 } });
    refuses(check, /at it\.inner\.size/, { name: "a", inner: { size: 0 } });
    refuses(check, /nothing at it\.name/, { inner: { size: 1 } });
    refuses(check, /unknown field "nam" at it\. Did you mean "name"\?/, { nam: "a", inner: { size: 1 } });
    refuses(check, /expected an object/, [], null, 3);
  });
});
