import { deepEqual, equal, throws } from "node:assert/strict";
import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { rowOf } from "../../lib/apply/applied-row";
import { doneFile, openDone } from "../../lib/apply/done-images";
import { WrongConfiguration } from "../../lib/runs/exit-codes";
import { temporaryFolder } from "../helpers/temporary";
import { put } from "./helpers";

describe("openDone(folder, head, check)", () => {
  const folder = temporaryFolder();
  const head = { release: "abc", images: "/images" };
  const open = (given = head) => openDone(folder.path, given, () => undefined);
  const row = rowOf("a.png", { fate: "refused", reason: 'a "reason"\nof two lines' });

  it("gives what was done before the work was cut off", () => {
    const first = open();
    first.add("one", [row]);
    first.close();
    const second = open();
    deepEqual(second.rowsOf("one"), [row]);
    equal(second.rowsOf("two"), undefined);
    second.add("two", [row, row]);
    second.close();
    equal(open().rowsOf("two")!.length, 2);
  });

  it("passes over a line that was cut off, and writes whole lines after it", () => {
    const first = open();
    first.add("one", [row]);
    first.close();
    appendFileSync(join(folder.path, doneFile), '{"key":"two","ro');
    const second = open();
    equal(second.rowsOf("two"), undefined);
    second.add("two", [row]);
    second.close();
    const third = open();
    deepEqual([third.rowsOf("one"), third.rowsOf("two")], [[row], [row]]);
    third.close();
  });

  it("counts an image as not done whose heat map is gone, or whose row is none", () => {
    const map = put(join(folder.path, "heat-maps", "a.png"), "x");
    const first = open();
    first.add("one", [{ ...row, fate: "predicted", heatMap: "heat-maps/a.png" }]);
    first.add("two", [{ ...row, probability: 7 }]);
    first.close();
    const second = open();
    equal(second.rowsOf("one")!.length, 1);
    equal(second.rowsOf("two"), undefined);
    second.close();
    rmSync(map);
    equal(open().rowsOf("one"), undefined);
  });

  it("refuses the results of another release or of other images, and leaves them as they are", () => {
    open().close();
    const before = readFileSync(join(folder.path, doneFile), "utf8");
    throws(() => open({ ...head, release: "def" }), WrongConfiguration);
    throws(() => open({ ...head, images: "/others" }), /has the results of the images of \/images/);
    equal(readFileSync(join(folder.path, doneFile), "utf8"), before);
  });

  it("starts anew from a file that holds no such list", () => {
    writeFileSync(join(folder.path, doneFile), "\0\0\0");
    const done = open();
    done.add("one", [row]);
    done.close();
    deepEqual(open().rowsOf("one"), [row]);
  });
});
