import { equal } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { readMatlab } from "../../lib/files/matlab";
import type { MatlabValue } from "../../lib/files/matlab-matrix";
import { readNumpyArchive } from "../../lib/files/numpy-archive";
import { parseNumpyArray } from "../../lib/files/numpy-array";
import { readTable } from "../../lib/files/table";
import { unpackZip } from "../../lib/files/unpack";
import { Problem } from "../../lib/runtime/problem";
import { createRandom } from "../../lib/runtime/random";
import { mutateBytes } from "../fuzz/mutate";
import { temporaryFolder } from "../helpers/temporary";
import { makeZip } from "../helpers/zip";

const fixtures = join(__dirname, "fixtures");
const read = (name: string) => readFileSync(join(fixtures, name));

/** Reads all of a value, so that what is decoded late is decoded too. */
function readAll(value: MatlabValue): void {
  if (value.kind === "cells") for (let index = 0; index < value.count; index++) readAll(value.read(index));
  if (value.kind !== "structs" || value.fields.length === 0) return;
  for (let index = 0; index < value.count; index++) {
    for (const field of value.fields) readAll(value.read(index, field));
  }
}

describe("damaged files", () => {
  const folder = temporaryFolder();
  const random = createRandom(2020);

  /** Reads mutants: each gives a value or a problem, and in time. */
  async function readMutants(
    name: string,
    sources: readonly Uint8Array[],
    use: (path: string, index: number) => unknown,
  ): Promise<void> {
    const path = join(folder.path, name);
    const outcomes = { value: 0, problem: 0 };
    for (let index = 0; index < 300; index++) {
      const bytes = mutateBytes(sources[index % sources.length]!, random.split(`${name} ${index}`));
      writeFileSync(path, bytes);
      const start = performance.now();
      try {
        await use(path, index);
        outcomes.value++;
      } catch (error) {
        equal(error instanceof Problem, true, `mutant ${index} of ${name}: ${(error as Error).stack ?? ""}`);
        outcomes.problem++;
      }
      equal(performance.now() - start < 2000, true, `mutant ${index} of ${name} took too long`);
    }
    // Both happen, or the mutants would test one thing only.
    equal(outcomes.problem > 100, true, JSON.stringify(outcomes));
  }

  it("give a value or a problem: arrays", async () => {
    await readMutants("a.npy", ["version-1.npy", "version-2.npy", "version-3.npy"].map(read), (path) =>
      parseNumpyArray(readFileSync(path), path),
    );
  });

  it("give a value or a problem: archives of arrays", async () => {
    await readMutants("a.npz", ["arrays-stored.npz", "arrays-deflated.npz"].map(read), (path) =>
      readNumpyArchive(path),
    );
  });

  it("give a value or a problem: MATLAB files", async () => {
    const sources = ["variables.mat", "variables-packed.mat", "by-hand-little.mat", "by-hand-big.mat"].map(read);
    const [bySciPy, byHand] = [
      ["data", "cells", "rows", "complex", "volume"],
      ["struct", "word", "squee"],
    ];
    await readMutants("a.mat", sources, async (path, index) => {
      const variables = index % sources.length < 2 ? bySciPy : byHand;
      readAll(await readMatlab(path, { variable: variables[Math.floor(index / sources.length) % variables.length]! }));
    });
  });

  it("give a value or a problem: tables", async () => {
    const text = 'id,label,"a note"\r\n1,benign,"Größe ""x"""\r\n2,malignant,\r\n3,normal,"a\nb"\r\n';
    await readMutants(
      "a.csv",
      [Buffer.from(text), Buffer.from(text, "latin1"), Buffer.from(text.replaceAll(",", ";"))],
      (path) => readTable(path, { columns: ["id", "label"] }),
    );
  });

  it("give a folder or a problem, and nothing beside: zip archives", async () => {
    const own = makeZip([
      { name: "set/", mode: 0o040755 },
      { name: "set/benign (1).png", contents: "x".repeat(300), deflate: true },
      { name: "set/größe.csv", contents: "a,b\n" },
      { name: "top", contents: "y", mode: 0o100644 },
    ]);
    await readMutants("a.zip", [own, own, read("sheet.xlsx")], async (path) => {
      const target = join(folder.path, "target");
      try {
        await unpackZip({ archive: path, folder: target });
      } catch (error) {
        equal(existsSync(target), false);
        throw error;
      } finally {
        rmSync(target, { recursive: true, force: true });
        equal(readdirSync(folder.path).join(), "a.zip");
      }
    });
  });
});
