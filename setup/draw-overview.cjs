"use strict";

// `npm run overview:draw`: draws the picture that the README opens with, docs/overview.png, from what is published with the project and
// from phantoms.
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

const { root } = require("./machine/places.cjs");
const { noBrowser, openBrowser } = require("./machine/open-browser.cjs");

/** @returns {Promise<string>} The picture's file. */
async function drawOverview() {
  const { composeOverview } = require(join(root, "dist", "gallery", "overview.js"));
  const html = await composeOverview();
  const sharp = require("sharp");
  const browser = await openBrowser();
  if (browser === null) throw new Error(noBrowser());
  try {
    const context = await browser.newContext({
      offline: true,
      viewport: { width: 1200, height: 800 },
      deviceScaleFactor: 1.5,
    });
    const page = await context.newPage();
    await page.setContent(html);
    const drawn = await page.locator("main").screenshot();
    const file = join(root, "docs", "overview.png");
    writeFileSync(
      file,
      await sharp(drawn).removeAlpha().png({ compressionLevel: 9, effort: 10, palette: true, quality: 90 }).toBuffer(),
    );
    return file;
  } finally {
    await browser.close();
  }
}

if (require.main === module) {
  drawOverview().then(
    (file) => process.stdout.write(`${file}\n`),
    (error) => {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    },
  );
}

module.exports = { drawOverview };
