import { deepEqual, equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { dragFrom, within } from "../../../lib/release/page/box-editor";
import { writePage } from "../../../lib/release/page/write-page";
import { texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";
import { browserOfGroup } from "./open-page";

const box = { left: 20, top: 30, width: 40, height: 10 };

describe("dragFrom(box, x, y, near)", () => {
  it("draws a new box, moves the box, or takes a corner along", () => {
    deepEqual(dragFrom(null, 50, 40, 5)(10.4, 60.2), { left: 10, top: 40, width: 40, height: 20 });
    deepEqual(dragFrom(box, 40, 36, 3)(45, 30), { ...box, left: 25, top: 24 });
    deepEqual(dragFrom(box, 21, 29, 3)(5, 5), { left: 5, top: 5, width: 55, height: 35 });
    // Beyond the corner that stays, the box turns over.
    deepEqual(dragFrom(box, 60, 40, 3)(10, 10), { left: 10, top: 10, width: 10, height: 20 });
    deepEqual(dragFrom(box, 90, 90, 3)(80, 95), { left: 80, top: 90, width: 10, height: 5 });
  });
});

describe("within(box, picture)", () => {
  it("holds a box to the picture's whole pixels", () => {
    deepEqual(within({ left: -5, top: 2.4, width: 20, height: 10 }, { width: 10, height: 8 }), {
      left: 0,
      top: 2,
      width: 10,
      height: 6,
    });
    equal(within({ left: 30, top: 0, width: 5, height: 5 }, { width: 10, height: 8 }), null);
  });
});

describe("the editor of boxes in a page", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const open = browserOfGroup();

  it("takes mouse, touch, keys and numbers", async () => {
    await writePage(join(folder.path, "boxes.html"), null);
    const picture = readFileSync(writePicture(join(folder.path, "a.png"), texture(3), { width: 200, height: 160 }));
    const { page, close } = await open(join(folder.path, "boxes.html"));
    await page
      .locator("input[type=file]")
      .nth(1)
      .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: picture });
    const canvas = page.locator("canvas.picture");
    await canvas.waitFor();
    const bounds = (await canvas.boundingBox())!;
    const scale = bounds.width / 200;
    const at = (x: number, y: number) => [bounds.x + x * scale, bounds.y + y * scale] as const;
    const numbers = () =>
      page
        .locator(".numbers input")
        .evaluateAll((fields) => fields.map((field) => Number((field as HTMLInputElement).value)));
    const drag = async (from: readonly [number, number], to: readonly [number, number]) => {
      await page.mouse.move(...at(...from));
      await page.mouse.down();
      await page.mouse.move(...at(...to), { steps: 3 });
      await page.mouse.up();
    };
    await drag([40, 50], [100, 90]);
    deepEqual(await numbers(), [40, 50, 60, 40]);
    await drag([70, 70], [80, 60]);
    deepEqual(await numbers(), [50, 40, 60, 40]);
    await canvas.focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Control+ArrowDown");
    await page.keyboard.press("Shift+ArrowRight");
    deepEqual(await numbers(), [49, 50, 61, 40]);
    await page.keyboard.press("Delete");
    deepEqual(await numbers(), [0, 0, 0, 0]);
    await page.keyboard.press("ArrowUp");
    deepEqual(await numbers(), [74, 54, 53, 53]);
    await page.locator("input[name=width]").fill("500");
    await page.locator("input[name=width]").press("Enter");
    deepEqual(await numbers(), [74, 54, 126, 53]);
    // As a finger does.
    await canvas.evaluate(
      (element, [from, to]) => {
        const send = (type: string, [clientX, clientY]: readonly number[]) =>
          element.dispatchEvent(
            new PointerEvent(type, { clientX, clientY, pointerId: 1, pointerType: "touch", bubbles: true }),
          );
        element.setPointerCapture = () => undefined;
        send("pointerdown", from!);
        send("pointermove", to!);
        send("pointerup", to!);
      },
      [at(10, 10), at(30, 40)],
    );
    deepEqual(await numbers(), [10, 10, 20, 30]);
    await close();
  });
});
