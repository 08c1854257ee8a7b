"use strict";

// Tests keep what they prepare in a folder of their own, which goes when they end, and leave the user's alone.
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const folder = mkdtempSync(join(tmpdir(), "sononas cache "));
process.env.SONONAS_CACHE = folder;
process.on("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});
