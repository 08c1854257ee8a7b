import { deepEqual, equal, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { readModelFiles } from "../../../lib/networks/model/model-files";
import { temporaryFolder } from "../../helpers/temporary";

describe("readModelFiles(folder)", () => {
  const folder = temporaryFolder();
  const write = (name: string, contents: string | Uint8Array) => {
    writeFileSync(join(folder.path, name), contents);
  };
  const weight = (name: string, shape: number[], more = {}) => ({ name, shape, dtype: "float32", ...more });
  const model = (...weightsManifest: unknown[]) =>
    JSON.stringify({ modelTopology: { class_name: "Model" }, weightsManifest });

  it("puts the files of the weights behind each other, in the order in which they are named", () => {
    write(
      "model.json",
      model(
        { paths: ["b", "a"], weights: [weight("one", [1]), weight("two", [2])] },
        { paths: ["c"], weights: [weight("three", [3], { quantization: { dtype: "uint8", min: 0, scale: 1 } })] },
      ),
    );
    write("a", Uint8Array.from([7, 8, 9, 10]));
    write("b", Uint8Array.from([1, 2, 3, 4, 5, 6, 11, 12]));
    write("c", Uint8Array.from([13, 14, 15]));
    const { artifacts, checked } = readModelFiles(folder.path);
    equal(checked, false);
    deepEqual(
      [...new Uint8Array(artifacts.weightData as ArrayBuffer)],
      [1, 2, 3, 4, 5, 6, 11, 12, 7, 8, 9, 10, 13, 14, 15],
    );
    deepEqual(
      artifacts.weightSpecs!.map(({ name }) => name),
      ["one", "two", "three"],
    );
    deepEqual(artifacts.modelTopology, { class_name: "Model" });
  });

  it("refuses weights that are cut off or too many", () => {
    write("model.json", model({ paths: ["w"], weights: [weight("one", [2, 3])] }));
    for (const count of [23, 25]) {
      write("w", new Uint8Array(count));
      throws(() => readModelFiles(folder.path), {
        name: "Problem",
        message: new RegExp(`are ${count} bytes, and its model\\.json needs 24`),
      });
    }
    rmSync(join(folder.path, "w"));
    throws(() => readModelFiles(folder.path), { name: "Problem", message: /w cannot be read: there is no such file/ });
  });

  it("refuses what is no layers model", () => {
    throws(() => readModelFiles(folder.path), {
      name: "Problem",
      message: /model\.json cannot be read: there is no such/,
    });
    const group = { paths: ["w"], weights: [weight("one", [1])] };
    const others = [
      "",
      "{",
      "null",
      "[]",
      "7",
      '{"weightsManifest":[]}',
      '{"modelTopology":null,"weightsManifest":[]}',
    ];
    for (const text of [
      ...others,
      model(null),
      model({ paths: "w", weights: [] }),
      model({ ...group, weights: [{}] }),
    ]) {
      write("model.json", text);
      throws(() => readModelFiles(folder.path), { name: "Problem", message: /is not a layers model/ }, text);
    }
    write("model.json", '{"format":"graph-model","modelTopology":{},"weightsManifest":[]}');
    throws(() => readModelFiles(folder.path), { name: "Problem", message: /is a graph model/ });
  });

  it("reads no file outside of the folder", () => {
    mkdirSync(join(folder.path, "inner"));
    write("secret", new Uint8Array(4));
    for (const name of ["../secret", "inner/w", "..", join(folder.path, "secret")]) {
      writeFileSync(join(folder.path, "inner", "model.json"), model({ paths: [name], weights: [weight("one", [1])] }));
      throws(
        () => readModelFiles(join(folder.path, "inner")),
        { name: "Problem", message: /names a file outside/ },
        name,
      );
    }
  });

  it("checks each file by its checksum, and refuses one without", () => {
    const text = model({ paths: ["w"], weights: [weight("one", [1])] });
    const bytes = Uint8Array.from([1, 2, 3, 4]);
    const sum = (contents: string | Uint8Array) => createHash("sha256").update(contents).digest("hex");
    write("model.json", text);
    write("w", bytes);
    write("checksums.json", JSON.stringify({ "model.json": sum(text), w: sum(bytes) }));
    equal(readModelFiles(folder.path).checked, true);
    for (const sums of [{ "model.json": sum(text) }, { "model.json": sum(bytes), w: sum(bytes) }, null, 1, []]) {
      write("checksums.json", JSON.stringify(sums));
      throws(() => readModelFiles(folder.path), { name: "Problem", message: /is not as it was saved/ });
    }
  });
});
