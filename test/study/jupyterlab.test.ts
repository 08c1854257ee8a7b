import { deepEqual, equal, ok } from "node:assert/strict";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";

import { lookAtOutputs, withNotebook } from "../helpers/jupyterlab";

/** Sent to the page: keeps every value that a progress bar shows there. */
const watchBars = `
  globalThis.shownByBars = [];
  setInterval(() => {
    for (const bar of document.querySelectorAll('.jp-OutputArea [role="progressbar"]')) {
      const value = Number(bar.getAttribute("aria-valuenow"));
      if (value !== globalThis.shownByBars.at(-1)) globalThis.shownByBars.push(value);
    }
  }, 50);
`;

describe("the first notebook in JupyterLab", function () {
  this.timeout(300_000);
  const opened = withNotebook("00_start_here", 5300, watchBars);

  it("shows tables, figures, images and a full bar, nothing wider than the page, and no error", async () => {
    const seen = await lookAtOutputs(opened());
    deepEqual(seen.errors, []);
    equal(seen.figures, 1);
    // Three of its own, and the choices of a study; studies that were begun are one more.
    ok(seen.tables === 4 || seen.tables === 5, `${seen.tables} tables`);
    // Ten phantoms, the network, and six heat maps.
    equal(seen.images.length, 17);
    ok(seen.images.every(({ drawn }) => drawn));
    equal(seen.images.filter(({ caption }) => caption.includes("synthetic")).length, 16);
    deepEqual(seen.bars, ["100.0"]);
    deepEqual(seen.overflowing, []);
  });

  it("moves its bar while the network trains", async () => {
    const values = await opened().page.evaluate<number[]>("globalThis.shownByBars");
    ok(values.filter((value) => value > 0 && value < 100).length >= 5, values.join());
    deepEqual(
      values,
      [...values].sort((one, other) => one - other),
    );
  });

  it("completes the names of the library", async () => {
    const { page } = opened();
    await page.click(".jp-Notebook .jp-CodeCell >> nth=-1");
    await page.keyboard.press("Escape");
    await page.keyboard.press("b");
    await page.keyboard.press("Enter");
    await page.keyboard.type("display.showT");
    await page.keyboard.press("Tab");
    await page.waitForSelector(".jp-Completer-item:has-text('showTable')", { timeout: 20_000 });
    await page.keyboard.press("Enter");
    equal(await page.textContent(".jp-Notebook .jp-Cell.jp-mod-active .cm-content"), "display.showTable");
  });

  it("is drawn with no other machine's help", () => {
    deepEqual([...new Set(opened().strangers)], []);
  });

  it("is refused to whom has no token", async () => {
    for (const path of ["/api/contents/notebooks", "/api/kernels", "/api/terminals", "/files/package.json"]) {
      const { status, url } = await fetch(`${opened().address}${path}`);
      ok(status === 403 || url.includes("/login"), `${path}: ${status} ${url}`);
    }
  });

  it("cannot be reached from other machines", async () => {
    const port = Number(new URL(opened().address).port);
    const others = Object.values(networkInterfaces()).flatMap((list) =>
      (list ?? []).filter((entry) => !entry.internal && entry.family === "IPv4"),
    );
    for (const { address } of others) {
      const reached = await new Promise<boolean>((resolve) => {
        const socket = connect({ host: address, port, timeout: 3_000 });
        const end = (answer: boolean) => {
          socket.destroy();
          resolve(answer);
        };
        socket
          .on("connect", () => {
            end(true);
          })
          .on("error", () => {
            end(false);
          })
          .on("timeout", () => {
            end(false);
          });
      });
      equal(reached, false, address);
    }
  });
});
