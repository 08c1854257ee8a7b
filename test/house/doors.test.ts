import { deepEqual, ok } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { notebooksRoot, projectRoot } from "../../lib/runtime/environment";
import { projectNotebooks } from "../../lib/study/contents";
import type { NotebookFile } from "../../lib/study/notebook-file";

const lib = join(projectRoot, "lib");

/** The names that each room gives, types among them. */
const doors = new Map(
  readdirSync(lib)
    .filter((room) => existsSync(join(lib, room, "index.ts")))
    .map((room) => {
      const lists = readFileSync(join(lib, room, "index.ts"), "utf8").matchAll(/^export (?:type )?\{([^}]*)\}/gm);
      const names = [...lists].flatMap(([, list]) => list!.split(",").map((name) => name.trim()));
      return [room, new Set(names.filter((name) => name !== ""))] as const;
    }),
);

/** Code that users read and copy: of the notebooks' cells, and of what is written about the library. */
const texts = [
  ...projectNotebooks.map((name) => {
    const { cells } = JSON.parse(readFileSync(join(notebooksRoot, name), "utf8")) as NotebookFile;
    const code = cells.filter((cell) => cell.cell_type === "code");
    return { name, text: code.map(({ source }) => [source].flat().join("")).join("\n") };
  }),
  ...["README.md", ...readdirSync(join(projectRoot, "docs")).map((name) => `docs/${name}`)]
    .filter((name) => name.endsWith(".md"))
    .map((name) => {
      const blocks = readFileSync(join(projectRoot, name), "utf8").matchAll(/```ts\n([\s\S]*?)```/g);
      return { name, text: [...blocks].map(([, block]) => block!).join("\n") };
    }),
];

/** The rooms that a text imports, and the names that it takes from each of them. */
function namesIn(text: string): string[] {
  const rooms = [...text.matchAll(/import \{([^}]*)\} from "sononas"/g)].flatMap(([, list]) =>
    list!
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
  );
  return [...new Set(rooms)].flatMap((room) =>
    [...text.matchAll(new RegExp(String.raw`(?<![\w.$])${room}\s*\.(\w+)`, "g"))].map(([, name]) => `${room}.${name!}`),
  );
}

describe("the doors of the rooms", () => {
  const given = [...doors].flatMap(([room, names]) => [...names].map((name) => `${room}.${name}`));

  it("give few names", () => {
    ok(given.length <= 250, `${given.length} names`);
  });

  for (const { name, text } of texts)
    it(`give every name that is taken from them: ${name}`, () => {
      deepEqual(
        namesIn(text).filter((one) => !given.includes(one) && !one.startsWith("tf.")),
        [],
      );
    });

  it("are found in a text by this test", () => {
    deepEqual(namesIn('import { data, tf } from "sononas";\ndata.prepare(x); other.data.y; tf.add();'), [
      "data.prepare",
      "tf.add",
    ]);
  });
});
