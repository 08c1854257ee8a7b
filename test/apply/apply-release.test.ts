import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import sharp from "sharp";

import { applyRelease, type Applied, type ApplyOptions } from "../../lib/apply/apply-release";
import { Interrupted, InUse, WrongConfiguration } from "../../lib/runs/exit-codes";
import { takeLock } from "../../lib/runs/lock";
import { listenForStop } from "../../lib/runs/stop";
import { systemClock } from "../../lib/runtime/environment";
import { clinicPicture } from "../helpers/dicom-picture";
import { captureOutput } from "../helpers/capture";
import { writePicture } from "../helpers/pictures";
import { temporaryFolder } from "../helpers/temporary";
import { readPicture } from "../../lib/data/records/read-pixels";
import { findOutlines } from "../../lib/segment/find-outlines";
import { learnedSegmentation, phantomRecords } from "../segment/helpers";
import { fatesOf, fillFolder, put, releaseExample } from "./helpers";

describe("applyRelease(model, images, options)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const at = (...names: string[]) => join(folder.path, ...names);
  const apply = async (options: ApplyOptions = {}, model = at("model")): Promise<Applied> => {
    let applied: Applied | undefined;
    await captureOutput(async () => {
      applied = await applyRelease(model, at("images"), { out: at("out"), ...options });
    });
    return applied!;
  };
  beforeEach(() => releaseExample(at("model"), "whole"));

  it("gives every file one row, whatever it is, and lets none that is bad stop the others", async () => {
    fillFolder(at("images"), ["a.png", "a_mask.png", "sub/b.png"]);
    put(at("images", "broken.png"), "no picture at all");
    put(at("images", "cut.png"), readFileSync(at("images", "a.png")).subarray(0, 200));
    put(at("images", "notes.xyz"), "?");
    put(at("images", "scan"), clinicPicture());
    put(at("images", "scan.dcm"), clinicPicture().subarray(0, 300));
    symlinkSync("/etc/passwd", at("images", "out-of-it.png"));
    const huge = { create: { width: 5000, height: 5000, channels: 3, background: "black" } } as const;
    put(at("images", "huge.png"), await sharp(huge).png().toBuffer());
    const { rows } = await apply();
    deepEqual(fatesOf(rows), [
      ["a_mask.png", "mask"],
      ["a.png", "predicted"],
      ["broken.png", "refused"],
      ["cut.png", "refused"],
      ["huge.png", "refused"],
      ["notes.xyz", "refused"],
      ["out-of-it.png", "refused"],
      ["scan", "predicted"],
      ["scan.dcm", "refused"],
      ["sub/b.png", "predicted"],
    ]);
    ok(rows.filter(({ fate }) => fate === "refused").every(({ reason }) => reason !== ""));
    match(rows[4]!.reason, /huge\.png has more than \d+ pixels/);
    deepEqual(readdirSync(at("out", "heat-maps")).sort(), ["a.png.png", "scan.png", "sub"]);
    const lines = readFileSync(at("out", "predictions.csv"), "utf8").trim().split("\n");
    equal(lines.length, 1 + rows.length + 1);
    match(lines.at(-1)!, /not a medical device/);
  });

  it("warns of a colour photograph", async () => {
    const noise = {
      create: {
        width: 80,
        height: 60,
        channels: 3,
        background: "red",
        noise: { type: "gaussian", mean: 120, sigma: 60 },
      },
    } as const;
    put(at("images", "photo.jpg"), await sharp(noise).jpeg().toBuffer());
    const [row] = (await apply()).rows;
    equal(row!.fate, "predicted");
    match(row!.warnings.join(" "), /% of the picture is coloured/);
  });

  it("goes on where it was, and does anew what has changed", async () => {
    fillFolder(at("images"), ["a.png", "b.png"]);
    const first = await apply();
    const written = statSync(at("out", "heat-maps", "a.png.png")).mtimeMs;
    fillFolder(at("images"), ["x.png", "x.png", "b.png", "c.png"]);
    const second = await apply();
    equal(second.before, 1);
    equal(second.rows.length, 4);
    equal(statSync(at("out", "heat-maps", "a.png.png")).mtimeMs, written);
    deepEqual(second.rows[0], first.rows[0]);
    ok(second.rows[1]!.probability !== first.rows[1]!.probability);
    rmSync(at("out", "heat-maps", "c.png.png"));
    equal((await apply()).before, 3);
    ok(existsSync(at("out", "heat-maps", "c.png.png")));
  });

  it("stops where it is asked to, keeps what is done, and gives the same in the end", async () => {
    fillFolder(at("images"), ["a.png", "b.png"]);
    const whole = await apply({ out: at("whole") });
    const stop = listenForStop();
    try {
      process.emit("SIGTERM", "SIGTERM");
      await rejects(apply(), Interrupted);
    } finally {
      stop.end();
    }
    equal(existsSync(at("out", "predictions.csv")), false);
    deepEqual((await apply()).rows, whole.rows);
  });

  it("refuses as a wrong configuration what trying again cannot help", async () => {
    const wrong = (options: ApplyOptions, model?: string) => rejects(apply(options, model), WrongConfiguration);
    await rejects(apply(), /There is no folder .*images/);
    put(at("images", "notes.txt"), "?");
    await rejects(apply(), /holds no images among its 1 files/);
    rmSync(at("images", "notes.txt"));
    await rejects(apply(), /images is empty/);
    fillFolder(at("images"), ["a.png"]);
    await wrong({}, at("nowhere"));
    await wrong({}, at("images"));
    await rejects(apply({ out: at("images", "out") }), /among the images/);
    put(at("taken", "thesis.doc"), "!");
    await rejects(apply({ out: at("taken") }), /taken holds other files, such as thesis\.doc/);
    await rejects(apply({ out: at("taken", "thesis.doc") }), /which is a file/);
    await wrong({ boxes: at("none.csv") });
    await rejects(apply({ owt: 1 } as never), /owt.*Did you mean.*out/);
    const weights = at("model", "weights.bin");
    writeFileSync(weights, readFileSync(weights).fill(1, 100, 200));
    await rejects(apply(), /do not belong together|weights\.bin/);
    equal(existsSync(at("out")), false);
  });

  it("refuses the results of another release, and a folder that another process works in", async () => {
    const listening = process.listenerCount("SIGTERM");
    fillFolder(at("images"), ["a.png"]);
    await apply();
    const other = await releaseExample(at("other"), "whole", { threshold: 0.9 });
    await rejects(apply({}, other), /has the results of another release/);
    const lock = takeLock(at("out"), { clock: systemClock });
    try {
      await rejects(apply(), InUse);
    } finally {
      lock.release();
    }
    // Nobody listens for signals any more: the next one is for whoever works then.
    equal(process.listenerCount("SIGTERM"), listening);
  });

  it("finds lesions by a segmentation that is named, says by which, and does anew what another one would find", async () => {
    const network = await learnedSegmentation(at("learned"));
    await releaseExample(at("lesion"), "lesion");
    const { width, height, pixels } = await readPicture((await phantomRecords())[18]!);
    const level = (column: number, row: number) => Math.round(255 * pixels[row * width + column]!);
    writePicture(at("images", "a.png"), level, { width, height });
    const before = await apply({}, at("lesion"));
    match(before.rows[0]!.reason, /neither a box nor a mask.*--finder/);
    const finder = { finder: at("learned") };
    const { rows, before: done } = await apply(finder, at("lesion"));
    const [found] = findOutlines(network, [{ id: "a", picture: { width, height, pixels } }]);
    network.weights.dispose();
    equal(done, 0);
    ok(Math.abs(rows[0]!.expectedDice! - found!.expectedDice) < 0.02);
    ok(existsSync(at("out", "outlines", "a.png.png")));
    equal((await apply(finder, at("lesion"))).before, 1);
    rmSync(at("out", "outlines"), { recursive: true });
    equal((await apply(finder, at("lesion"))).before, 0, "an outline that is gone is written anew");
    await rejects(apply(finder), /looks at the whole picture: it has no use for lesions/);
    await rejects(apply({ finder: at("images") }, at("lesion")), WrongConfiguration);
  });
});
