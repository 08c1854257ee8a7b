import { equal, match, notEqual, throws } from "node:assert/strict";
import { createHmac } from "node:crypto";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { pseudonym, readPseudonymKey } from "../../lib/dicom/pseudonym";
import { temporaryFolder } from "../helpers/temporary";

const folder = temporaryFolder();

describe("readPseudonymKey(path)", () => {
  it("makes a key that its owner alone can read, and gives the same one ever after", () => {
    const path = join(folder.path, "deep", "key");
    const key = readPseudonymKey(path);
    equal(key.length, 32);
    equal(statSync(path).mode & 0o777, 0o600);
    equal(readPseudonymKey(path).equals(key), true);
    notEqual(readPseudonymKey(join(folder.path, "other")).toString("hex"), key.toString("hex"));
  });

  it("refuses a key that others can read, and a file that is none", () => {
    const path = join(folder.path, "open");
    readPseudonymKey(path);
    chmodSync(path, 0o644);
    throws(() => readPseudonymKey(path), /can be read by others/);
    const other = join(folder.path, "text");
    writeFileSync(other, "not a key", { mode: 0o600 });
    throws(() => readPseudonymKey(other), /is no key of pseudonyms/);
    throws(() => readPseudonymKey(join(other, "below")), /cannot be written|is no key|ENOTDIR/);
  });
});

describe("pseudonym(key, kind, parts)", () => {
  const key = Buffer.alloc(32, 7);
  it("is the HMAC of kind, issuer and number, cut to 80 bits", () => {
    const expected = createHmac("sha256", key).update("patient\0Clinic\0P-1").digest("hex").slice(0, 20);
    equal(pseudonym(key, "patient", ["Clinic", "P-1"]), `p${expected}`);
    match(pseudonym(key, "study", ["1.2.3"]), /^s[0-9a-f]{20}$/);
  });

  it("differs by kind, issuer, number and key, and shows none of them", () => {
    const own = pseudonym(key, "patient", ["Clinic", "P-1"]);
    notEqual(own, pseudonym(key, "patient", ["Other", "P-1"]));
    notEqual(own, pseudonym(key, "patient", ["ClinicP", "-1"]));
    notEqual(own.slice(1), pseudonym(key, "study", ["Clinic", "P-1"]).slice(1));
    notEqual(own, pseudonym(Buffer.alloc(32, 8), "patient", ["Clinic", "P-1"]));
    equal(own.includes("P-1"), false);
    equal(readFileSync(__filename, "utf8").includes(own), false);
  });
});
