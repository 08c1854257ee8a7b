import { deepEqual, equal, match, throws } from "node:assert/strict";
import fs, { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { flushFolder, makeFolder, writeAtomically } from "../../lib/files/write-atomically";
import { Problem } from "../../lib/runtime/problem";
import { temporaryFolder } from "../helpers/temporary";
import { fillDisk, onSmallDisk } from "../helpers/small-disk";

/** Runs something while a function of Node's file system fails, or is only watched. */
function withFunction(name: keyof typeof fs, replace: (original: never) => unknown, run: () => void): void {
  const original = fs[name];
  Object.assign(fs, { [name]: replace(original as never) });
  try {
    run();
  } finally {
    Object.assign(fs, { [name]: original });
  }
}

describe("writeAtomically(path, contents)", () => {
  const folder = temporaryFolder();
  const names = () => readdirSync(folder.path);

  it("writes texts as UTF-8, and bytes", () => {
    writeAtomically(join(folder.path, "text"), "Größe\n");
    writeAtomically(join(folder.path, "bytes"), Uint8Array.of(0, 255));
    equal(readFileSync(join(folder.path, "text"), "utf8"), "Größe\n");
    deepEqual([...readFileSync(join(folder.path, "bytes"))], [0, 255]);
    deepEqual(names(), ["bytes", "text"]);
  });

  it("makes the folder", () => {
    const path = join(folder.path, "a (1)", "b", "c.json");
    writeAtomically(path, "{}");
    equal(readFileSync(path, "utf8"), "{}");
  });

  it("replaces a file, keeping its access rights, and a link, keeping what it leads to", () => {
    const path = join(folder.path, "old");
    writeFileSync(path, "old");
    chmodSync(path, 0o640);
    writeAtomically(path, "new");
    equal(readFileSync(path, "utf8"), "new");
    equal(statSync(path).mode & 0o777, 0o640);
    symlinkSync(path, join(folder.path, "link"));
    writeAtomically(join(folder.path, "link"), "other");
    equal(readFileSync(path, "utf8"), "new");
  });

  it("takes a name that is as long as the disk allows", () => {
    const path = join(folder.path, "n".repeat(255));
    writeAtomically(path, "x");
    equal(readFileSync(path, "utf8"), "x");
  });

  it("flushes the file before it takes its name, and the folder after", () => {
    const calls: string[] = [];
    const watch = (name: string) => (original: (...given: unknown[]) => unknown) => {
      return (...given: unknown[]) => {
        calls.push(name);
        return original(...given);
      };
    };
    withFunction("fsyncSync", watch("flush"), () => {
      withFunction("renameSync", watch("rename"), () => {
        writeAtomically(join(folder.path, "file"), "x");
      });
    });
    deepEqual(calls, ["flush", "rename", "flush"]);
  });

  it("asks once more before the file takes its name, and changes nothing where the answer is no", () => {
    const path = join(folder.path, "file");
    writeFileSync(path, "old");
    const refuse = () => {
      equal(names().length, 2);
      throw new Error("no");
    };
    throws(() => {
      writeAtomically(path, "new", refuse);
    }, /no/);
    equal(readFileSync(path, "utf8"), "old");
    deepEqual(names(), ["file"]);
  });

  for (const name of ["mkdirSync", "openSync", "writeFileSync", "fsyncSync", "renameSync"] as const) {
    it(`leaves the old file and nothing else where ${name} fails`, () => {
      const path = join(folder.path, "file");
      writeFileSync(path, "old");
      const fail = () => () => {
        throw Object.assign(new Error("EIO: i/o error"), { code: "EIO" });
      };
      withFunction(name, fail, () => {
        throws(
          () => {
            writeAtomically(path, "new");
          },
          {
            name: "Problem",
            message: `${path} cannot be written: the disk reports a fault. Run again; if it stays, have the disk looked at.`,
          },
        );
      });
      equal(readFileSync(path, "utf8"), "old");
      deepEqual(names(), ["file"]);
    });
  }

  it("leaves the old file and nothing else where the disk is full", async function () {
    await onSmallDisk(this, folder.path, "1m", (disk) => {
      const path = join(disk, "file");
      writeFileSync(path, "old");
      fillDisk(disk);
      for (const contents of ["x".repeat(10), new Uint8Array(3e6)]) {
        throws(
          () => {
            writeAtomically(path, contents);
          },
          { name: "Problem", message: `${path} cannot be written: the disk is full. Free some space, and run again.` },
        );
      }
      equal(readFileSync(path, "utf8"), "old");
      deepEqual(readdirSync(disk).sort(), ["ballast", "file"]);
      fs.rmSync(join(disk, "ballast"));
      writeAtomically(path, "new");
      equal(readFileSync(path, "utf8"), "new");
    });
  });

  it("names what is in the way", () => {
    mkdirSync(join(folder.path, "folder"));
    writeFileSync(join(folder.path, "file"), "");
    const reasonOf = (path: string) => {
      try {
        writeAtomically(path, "x");
      } catch (error) {
        equal(error instanceof Problem, true);
        return (error as Problem).what;
      }
      return "";
    };
    match(reasonOf(join(folder.path, "folder")), /folder cannot be written: it is a folder, not a file\.$/);
    match(reasonOf(join(folder.path, "file", "x")), /x cannot be written: /);
    match(reasonOf(join(folder.path, "n".repeat(256))), /its name is too long/);
    deepEqual(names(), ["file", "folder"]);
  });
});

describe("makeFolder(folder)", () => {
  const folder = temporaryFolder();

  it("makes what is missing, and flushes every folder that got a new name in it", () => {
    const opened: unknown[] = [];
    const watch = (original: (...given: unknown[]) => unknown) => (path: unknown, flags: unknown) => {
      opened.push(path);
      return original(path, flags);
    };
    const made = join(folder.path, "a", "b", "c");
    withFunction("openSync", watch, () => {
      makeFolder(made);
      makeFolder(made);
    });
    equal(statSync(made).isDirectory(), true);
    deepEqual(opened, [join(folder.path, "a", "b"), join(folder.path, "a"), folder.path]);
  });
});

describe("flushFolder(folder)", () => {
  const folder = temporaryFolder();

  it("takes a system that cannot flush folders as it is, and names a fault", () => {
    const fail = (code: string) => () => () => {
      throw Object.assign(new Error(code), { code });
    };
    withFunction("fsyncSync", fail("EINVAL"), () => {
      flushFolder(folder.path);
    });
    withFunction("fsyncSync", fail("EIO"), () => {
      throws(
        () => {
          flushFolder(folder.path);
        },
        { name: "Problem", message: /cannot be flushed to the disk: the disk reports a fault/ },
      );
    });
  });
});
