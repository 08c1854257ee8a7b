import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { readArguments } from "../../../lib/data/command/main";
import { dataRoot, projectRoot } from "../../../lib/runtime/environment";
import { rectangle, texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const command = (...parameters: string[]) =>
  spawnSync(process.execPath, [join(projectRoot, "dist", "data", "command", "main.js"), ...parameters], {
    encoding: "utf8",
    cwd: projectRoot,
  });
const lastLine = (text: string) => JSON.parse(text.trimEnd().split("\n").at(-1)!) as Record<string, unknown>;
const makeBusi = () => {
  for (const label of ["benign", "malignant"]) {
    for (const number of [1, 2, 3]) {
      writePicture(join(folder.path, "busi", label, `${label} (${number}).png`), texture(number + label.length));
      writePicture(join(folder.path, "busi", label, `${label} (${number})_mask.png`), rectangle(3, 3, 9 + number, 9));
    }
  }
};

describe("readArguments(parameters)", () => {
  it("reads names, options and paths", () => {
    const { action, name, paths, root, json } = readArguments([
      "import",
      "busi",
      "a.zip",
      "b",
      "--root",
      "data",
      "--json",
    ]);
    deepEqual(
      [action, name, paths, root, json],
      ["import", "busi", [resolve("a.zip"), resolve("b")], resolve("data"), true],
    );
    equal(readArguments(["list"]).root, dataRoot());
    deepEqual(readArguments(["audit", "x", "--split", "a.csv", "--split", "b.json"]).splits, ["a.csv", "b.json"]);
  });

  it("gives help where nothing is asked", () => {
    equal(readArguments([]).action, "help");
    equal(readArguments(["audit", "--help"]).action, "help");
  });

  it("refuses what it does not understand, and says what it does", () => {
    throws(
      () => readArguments(["audt", "busi"]),
      /has no "audt"\. It has list, fetch, import, describe, verify, audit/,
    );
    throws(() => readArguments(["audit"]), /"audit" needs the name of a data set/);
    throws(() => readArguments(["audit", "a", "b"]), /takes one name/);
    throws(() => readArguments(["list", "busi"]), /takes no name/);
    throws(() => readArguments(["import", "busi"]), /Nothing to import/);
    throws(() => readArguments(["audit", "busi", "--map", "patient=ID"]), /takes no words on how a folder is read/);
    throws(() => readArguments(["audit", "busi", "--jsn"]), /no option --jsn\. Did you mean --json\?/);
  });
});

describe("npm run data", () => {
  it("audits a set and prints one JSON object on the last line", () => {
    makeBusi();
    const { status, stdout, stderr } = command("audit", "BUSI", "--root", folder.path, "--json");
    equal(`${status} ${stderr}`, "0 ");
    const { dataset, counts } = lastLine(stdout) as unknown as { dataset: string; counts: { images: number } };
    deepEqual([dataset, counts.images], ["busi", 6]);
    match(stdout, /Duplicates\n/);
  });

  it("verifies, and ends with 1 where a set is not as published", () => {
    makeBusi();
    const { status, stdout } = command("verify", "busi", "--root", folder.path, "--json");
    equal(status, 1);
    match(stdout, /benign images +NO +3, expected 437/);
    equal(lastLine(stdout).good, false);
  });

  it("lists all sets with citation and licence, and where they are", () => {
    makeBusi();
    const { sets } = lastLine(command("list", "--root", folder.path, "--json").stdout) as unknown as {
      sets: { name: string; folder: string | null; citation: string }[];
    };
    equal(sets.find(({ name }) => name === "busi")!.folder, join(folder.path, "busi"));
    ok(sets.every(({ citation }) => citation.length > 0));
  });

  it("says in one sentence what is wrong, without a stack, also as JSON", () => {
    const { status, stdout, stderr } = command("audit", "oasbud", "--root", folder.path, "--json");
    equal(status, 1);
    match(stderr, /^OASBUD.* was not found in .*npm run data -- fetch oasbud/);
    equal(/\n\s+at /.test(stderr), false);
    match(String(lastLine(stdout).error), /was not found/);
  });

  it("tells what every file is before it copies, refuses what it does not know, and describes the set again", () => {
    const own = join(folder.path, "mine");
    for (const label of ["B", "M"]) writePicture(join(own, label, "1.png"), texture(label.length + 1));
    writeFileSync(join(own, "1.xyz"), "");
    const root = join(folder.path, "root");
    const refused = command("import", "my set", own, "--root", root);
    equal(refused.status, 1);
    match(refused.stdout, /image +2 +1 benign, 1 malignant +B\/1\.png\nrefused +1 +is neither/);
    match(refused.stderr, /1\.xyz is neither a picture nor a table.*--leave-out "\*\.xyz".*Nothing was copied/);
    equal(existsSync(join(root, "my set")), false);
    const taken = command("import", "my set", own, "--root", root, "--leave-out", "*.xyz");
    equal(`${taken.status} ${taken.stderr}`, "0 ");
    match(taken.stdout, /left out +1 +as was said +1\.xyz/);
    const told = command(
      "describe",
      "my set",
      "--root",
      root,
      "--value",
      "benign=M",
      "--value",
      "malignant=B",
      "--json",
    );
    deepEqual((lastLine(told.stdout) as { description: { values: object } }).description.values, {
      B: "malignant",
      M: "benign",
    });
    match(command("list", "--root", root).stdout, /my set .* yes/);
  });

  it("explains itself", () => {
    const { status, stdout } = command("--help");
    equal(status, 0);
    for (const action of ["list", "fetch NAME", "import NAME PATH", "verify NAME", "audit NAME", "--root", "--json"])
      ok(stdout.includes(action), action);
  });
});
