import { deepEqual, equal, ok } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { formats } from "./formats";
import { fuzz } from "./fuzz";
import { mutateBytes, mutateJson, mutateTable } from "./mutate";

describe("npm run fuzz", function () {
  this.timeout(180_000);

  it("finds every reader to refuse a hundred mutants of each format by name, or to read them, in time", async () => {
    const names = formats.map(({ name }) => name);
    const { rows, bad } = await fuzz({ seed: 1, count: 100, formats: names, seconds: 20 });
    deepEqual(
      bad.map(({ format, index, outcome, message }) => ({ format, index, outcome, message })),
      [],
    );
    for (const row of rows) {
      equal(row.mutants, 100);
      ok(row["refused by name"] > 10, `${row.format} is hardly damaged`);
    }
    ok(rows.reduce((sum, { read }) => sum + read, 0) > 50, "some are read");
  });

  it("makes the same mutants of one seed", () => {
    const bytes = Buffer.from(Array.from({ length: 300 }, (_, place) => place & 255));
    const make = (seed: number) => [
      mutateBytes(bytes, createRandom(seed)).toString("hex"),
      mutateJson('{"a":[1,2,{"b":"c"}]}', createRandom(seed)),
      mutateTable("a,b\n1,2\n3,4", createRandom(seed)),
    ];
    deepEqual(make(3), make(3));
    ok(make(3)[0] !== make(4)[0]);
  });
});
