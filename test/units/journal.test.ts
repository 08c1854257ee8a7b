import { deepEqual, equal } from "node:assert/strict";
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { appendToJournal, readJournal } from "../../lib/units/journal";
import { temporaryFolder } from "../helpers/temporary";

describe("readJournal(folder)", () => {
  const folder = temporaryFolder();
  const path = () => join(folder.path, "journal.jsonl");

  it("gives each line once, as they come, whoever wrote them", () => {
    const journal = readJournal(folder.path);
    deepEqual(journal.next(), []);
    appendToJournal(folder.path, { unit: "search/enas-seed-1", seconds: 12.34 });
    appendToJournal(folder.path, { unit: "units/winner", seconds: 1 });
    deepEqual(journal.next(), [
      { unit: "search/enas-seed-1", seconds: 12.3 },
      { unit: "units/winner", seconds: 1 },
    ]);
    deepEqual(journal.next(), []);
    appendToJournal(folder.path, { unit: "derive/seed-1", seconds: 2 });
    deepEqual(journal.next(), [{ unit: "derive/seed-1", seconds: 2 }]);
    equal(readJournal(folder.path).next().length, 3);
  });

  it("passes over what is no line, waits for the rest of one, and begins anew where the file is another", () => {
    const journal = readJournal(folder.path);
    writeFileSync(path(), '{"unit":"a","sec\n{"unit":5,"seconds":1}\nnull\n\n{"unit":"b","seconds":1}\n{"unit":"c",');
    deepEqual(journal.next(), [{ unit: "b", seconds: 1 }]);
    appendFileSync(path(), '"seconds":2}\n');
    deepEqual(journal.next(), [{ unit: "c", seconds: 2 }]);
    writeFileSync(path(), '{"unit":"d","seconds":3}\n');
    deepEqual(journal.next(), [{ unit: "d", seconds: 3 }]);
  });

  it("is a hint: where it cannot be written or read, nothing happens", () => {
    mkdirSync(path());
    appendToJournal(folder.path, { unit: "a", seconds: 1 });
    deepEqual(readJournal(folder.path).next(), []);
    rmSync(path(), { recursive: true });
    appendToJournal(join(folder.path, "missing"), { unit: "a", seconds: 1 });
    deepEqual(readJournal(folder.path).next(), []);
  });
});
