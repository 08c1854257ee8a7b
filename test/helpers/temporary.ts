import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes an empty folder that is removed after the test file.
 *
 * @param parent Where; default: the system's folder for temporary files.
 * @returns Its path, known once the tests run.
 */
export function temporaryFolder(parent: string = tmpdir()): { path: string } {
  const folder = { path: "" };
  beforeEach(() => {
    folder.path = mkdtempSync(join(parent, "sononas test "));
  });
  afterEach(() => {
    rmSync(folder.path, { recursive: true, force: true });
  });
  return folder;
}

/**
 * Makes an empty folder that stays from the first test of a `describe` to its last, for what takes long to make.
 *
 * @returns Its path, known once the tests run.
 */
export function lastingFolder(): { path: string } {
  const folder = { path: "" };
  before(() => {
    folder.path = mkdtempSync(join(tmpdir(), "sononas test "));
  });
  after(() => {
    rmSync(folder.path, { recursive: true, force: true });
  });
  return folder;
}
