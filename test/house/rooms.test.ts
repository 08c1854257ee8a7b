import { deepEqual, equal, ok } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";

const lib = join(projectRoot, "lib");

/** The rooms, in the order in which the door names them; one stands in a comment, as it gives no names. */
const rooms = [
  ...readFileSync(join(lib, "index.ts"), "utf8").matchAll(
    /^export \* as (\w+) from "\.\/(\w+)";$|^\/\/ (\w+) gives no names/gm,
  ),
].map(([, name, folder, silent]) => {
  equal(name, folder, "a room is exported under the name of its folder");
  return (folder ?? silent)!;
});

/** The rooms within the room `data`, in the order in which its door names them first. */
const innerRooms = [
  ...new Set(
    [
      ...readFileSync(join(lib, "data", "index.ts"), "utf8").matchAll(
        /^} from "\.\/([\w-]+)\/|^export \{.*\} from "\.\/([\w-]+)\//gm,
      ),
    ].map(([, long, short]) => (long ?? short)!),
  ),
];

/** What imports a file, in whatever form, with the path it names. */
const importing = /(?:from|import|import\(|require\()\s*"(\.[^"]*)"/g;

/** Finds the arrows that a file's imports draw to other rooms of a house. */
function arrowsOf(file: string, text: string, house = lib): { from: string; to: string }[] {
  const room = (path: string) => relative(house, path).split(sep)[0]!;
  const targets = [...text.matchAll(importing)].map(([, target]) => target!);
  return targets
    .map((target) => ({ from: room(file), to: room(resolve(dirname(file), target)) }))
    .filter(({ from, to }) => from !== to);
}

/** Finds the files that import each other in a circle, through however many others; types count as all else. */
function circlesOf(arrows: ReadonlyMap<string, readonly string[]>): string[][] {
  const reached = new Map(
    [...arrows.keys()].map((file) => {
      const seen = new Set<string>();
      const open = [...(arrows.get(file) ?? [])];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(...(arrows.get(next) ?? []));
      }
      return [file, seen] as const;
    }),
  );
  const onCircle = [...arrows.keys()].filter((file) => reached.get(file)!.has(file));
  const circles = onCircle.map((file) => onCircle.filter((other) => other === file || reached.get(file)!.has(other)));
  return circles.filter((circle, index) => circle[0] === onCircle[index]);
}

/** Finds the files of a house that each of its files imports. */
function importsOf(file: string, text: string, files: ReadonlySet<string>): string[] {
  const found = [...text.matchAll(importing)].map(([, target]) => resolve(dirname(file), target!));
  return found.flatMap((path) =>
    [path, `${path}.ts`, `${path}.d.ts`, join(path, "index.ts")].filter((name) => files.has(name)),
  );
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => join(folder, name));
}

describe("the rooms of lib", () => {
  it("are all named by the door", () => {
    const folders = readdirSync(lib, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    deepEqual([...rooms].sort(), folders.map((entry) => entry.name).sort());
  });

  it("import only from rooms that the door names before them", () => {
    const wrong = filesOf(lib)
      .filter((file) => dirname(file) !== lib)
      .flatMap((file) =>
        arrowsOf(file, readFileSync(file, "utf8")).map((arrow) => ({ file: relative(lib, file), ...arrow })),
      )
      .filter(({ from, to }) => rooms.indexOf(to) >= rooms.indexOf(from));
    deepEqual(wrong, []);
  });

  it("have inner rooms in `data`, which import only from those that its door names before them", () => {
    const data = join(lib, "data");
    const folders = readdirSync(data, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && entry.name !== "command",
    );
    deepEqual([...innerRooms].sort(), folders.map((entry) => entry.name).sort());
    // Commands stand on everything, and nothing on them.
    const order = [...innerRooms, "command"];
    const wrong = filesOf(data)
      .filter((file) => dirname(file) !== data)
      .flatMap((file) =>
        arrowsOf(file, readFileSync(file, "utf8"), data)
          .filter(({ to }) => to !== "..")
          .map((arrow) => ({ file: relative(lib, file), ...arrow })),
      )
      .filter(({ from, to }) => order.indexOf(to) >= order.indexOf(from));
    deepEqual(wrong, []);
  });

  it("have no files that import each other in a circle", () => {
    const files = new Set(filesOf(lib));
    const arrows = new Map([...files].map((file) => [file, importsOf(file, readFileSync(file, "utf8"), files)]));
    ok([...arrows.values()].flat().length > 2 * files.size, "imports are found");
    deepEqual(
      circlesOf(arrows).map((circle) => circle.map((file) => relative(lib, file))),
      [],
    );
  });

  it("are found by this test in every form of import", () => {
    const file = join(lib, "data", "deep", "file.ts");
    const text = `import { a } from "../../study/main";\nimport type { b } from "../../runtime";\nconst c = require("../../display/x");\ntype D = import("../../files").D;`;
    deepEqual(
      arrowsOf(file, text).map(({ to }) => to),
      ["study", "runtime", "display", "files"],
    );
    const files = new Set(["study/main.ts", "runtime/index.ts", "files/index.ts"].map((name) => join(lib, name)));
    deepEqual(importsOf(file, text, files), [...files]);
  });

  it("are found by this test where they import each other, directly or not, and no others", () => {
    const arrows = { a: ["b"], b: ["c", "e"], c: ["a"], d: ["d"], e: ["f"], f: [], g: ["a"] };
    deepEqual(circlesOf(new Map(Object.entries(arrows))), [["a", "b", "c"], ["d"]]);
  });

  it("have a test for every file, in the same place and of the same name", () => {
    const tested = (file: string) => join(projectRoot, "test", relative(lib, file)).replace(/\.ts$/, ".test.ts");
    const missing = filesOf(lib).filter((file) => basename(file) !== "index.ts" && !existsSync(tested(file)));
    deepEqual(
      missing.map((file) => relative(lib, file)),
      [],
    );
  });
});
