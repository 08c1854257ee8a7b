import { equal, rejects, throws } from "node:assert/strict";

import { withinFile } from "../../lib/files/within-file";
import { Problem } from "../../lib/runtime/problem";

class Stopped extends Problem {}

describe("withinFile(path, work, fix)", () => {
  it("gives what the work gives, now or later", async () => {
    equal(
      withinFile("a.json", () => 5),
      5,
    );
    equal(await withinFile("a.json", () => Promise.resolve(6)), 6);
  });

  it("names the file before a problem that does not name it, and leaves one that does", () => {
    throws(
      () =>
        withinFile("a.json", () => {
          throw new Problem("The plan lacks models.", "Give them.");
        }),
      { name: "Problem", message: "a.json: The plan lacks models. Give them." },
    );
    throws(
      () =>
        withinFile("a.json", () => {
          throw new Problem("a.json lacks models.", "Give them.");
        }),
      { message: "a.json lacks models. Give them." },
    );
  });

  it("makes a problem of anything else, also of what fails later", async () => {
    const circle = () => (null as unknown as { models: string }).models;
    throws(
      () => withinFile("a.json", circle),
      /^Problem: a\.json is damaged or was changed \(Cannot read properties of null/,
    );
    await rejects(
      withinFile("a.json", () => Promise.reject(new RangeError("Maximum call stack size exceeded")), "Get it again."),
      {
        name: "Problem",
        message: "a.json is damaged or was changed (Maximum call stack size exceeded). Get it again.",
      },
    );
  });

  it("lets through what says more than a problem", () => {
    const stopped = new Stopped("It was stopped.", "Run again.");
    throws(
      () =>
        withinFile("a.json", () => {
          throw stopped;
        }),
      (error) => error === stopped,
    );
  });

  it("blames no file for a package that is missing", async () => {
    const missing = () => import("a-package-that-nobody-" + "installed");
    await rejects(withinFile("a.json", missing), { code: "ERR_MODULE_NOT_FOUND" });
  });
});
