import { deepEqual, equal } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { refuseNode } from "../../setup/node-version.cjs";

const read = (name: string) => readFileSync(join(projectRoot, name), "utf8");
const manifest = JSON.parse(read("package.json")) as Record<
  "dependencies" | "devDependencies" | "engines",
  Record<string, string>
>;
const lock = JSON.parse(read("package-lock.json")) as {
  packages: Record<string, { link?: boolean; integrity?: string }>;
};

describe("the packages", () => {
  it("are pinned to exact versions", () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    deepEqual(
      all.filter(([name, version]) => name !== "sononas" && !/^\d+\.\d+\.\d+$/.test(version)),
      [],
    );
  });

  it("have a checksum in the lockfile", () => {
    const ours = ["", "node_modules/danfojs-node/setup/shims/tfjs-node"];
    const missing = Object.entries(lock.packages).filter(
      ([name, entry]) => !ours.includes(name) && !entry.link && !entry.integrity?.startsWith("sha512-"),
    );
    deepEqual(missing, []);
  });

  it("have a checksum in the lists for Python", () => {
    for (const name of ["jupyter", "tensorflow-cpu", "tensorflow-cuda"]) {
      const entries = read(`setup/requirements/${name}.txt`).split(/\n(?=\S)/);
      for (const entry of entries) equal(/^[\w.-]+==\S+[\s\S]*--hash=sha256:[0-9a-f]{64}/.test(entry), true, entry);
    }
  });

  it("are wanted of the same Node as the set-up checks for", () => {
    equal(manifest.engines.node, ">=20.11.0 <23");
    deepEqual(
      ["18.20.8", "20.10.9", "20.11.0", "20.20.2", "22.0.0", "22.23.3", "23.0.0", "24.1.0"].filter(
        (version) => refuseNode(version) === null,
      ),
      ["20.11.0", "20.20.2", "22.0.0", "22.23.3"],
    );
  });

  it("come from wherever npm and pip are told, not from a host in a file of the project", function () {
    let files: string[];
    try {
      files = execFileSync("git", ["ls-files", "-z"], { cwd: projectRoot, encoding: "utf8" }).split("\0");
    } catch {
      files = ["package-lock.json", ".npmrc", "setup/requirements/jupyter.txt"];
    }
    const host = new RegExp(["registry\\.npm" + "js", "python" + "hosted\\.org", "py" + "pi\\.org"].join("|"));
    deepEqual(
      files.filter((name) => name !== "" && existsSync(join(projectRoot, name)) && host.test(read(name))),
      [],
    );
  });
});
