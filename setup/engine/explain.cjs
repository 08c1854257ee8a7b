"use strict";

const path = require("node:path");
const { Problem } = require("./problem.cjs");
const { root } = require("../machine/places.cjs");

/** What programs print when the disk is full. */
const fullDisk = /ENOSPC|No space left on device|not enough space on the disk|Disk quota exceeded/i;

const causes = [
  {
    pattern: fullDisk,
    what: () => `The disk is full (the one of ${root}, or the one for temporary files).`,
    fix: "Free some space and run the same command again: what is done stays done.",
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network (?:request|timeout|connectivity)|Failed to establish a new connection|Max retries exceeded|Could not fetch URL|Temporary failure in name resolution|Read timed out|ConnectionResetError|ProxyError|Connection broken|IncompleteRead|TLSV1|self.signed certificate|SSLError|CERTIFICATE_VERIFY_FAILED/i,
    what: (/** @type {string} */ doing) => `The network failed while ${doing}.`,
    fix: "Check the connection (behind a proxy: HTTPS_PROXY; with a company's certificate: NODE_EXTRA_CA_CERTS and PIP_CERT) and run the same command again: what is done stays done.",
  },
  {
    pattern: /EACCES|EPERM|Permission denied|EROFS|Read-only file system/i,
    what: (/** @type {string} */ doing) => `A file could not be written while ${doing}: permission denied.`,
    fix: `Make ${root} and everything in it yours, and run the same command again.`,
  },
  {
    pattern: /THESE PACKAGES DO NOT MATCH THE HASHES|EINTEGRITY/,
    what: (/** @type {string} */ doing) =>
      `A download did not have the checksum that the lockfile expects while ${doing}.`,
    fix: "Run the same command again; if it happens again, ask whoever runs the proxy or mirror between you and the registry.",
  },
];

/**
 * Turns the output of a failed program into a sentence.
 *
 * @param {string} doing What was being done, "installing the Node packages".
 * @param {string} output The end of the program's output.
 * @param {string} log The file with all of it.
 * @returns {Problem}
 */
function explain(doing, output, log) {
  const where = `(All that was printed: ${path.relative(root, log)})`;
  for (const cause of causes) {
    if (cause.pattern.test(output)) return new Problem(cause.what(doing), `${cause.fix} ${where}`);
  }
  const lines = output.split("\n").map((line) => line.trim());
  const telling = lines.filter((line) => /\berror\b/i.test(line) && !/complete log/i.test(line)).slice(-1)[0];
  const last = telling ?? lines.filter((line) => line !== "").slice(-1)[0] ?? "nothing was printed";
  return new Problem(
    `Something failed while ${doing}: ${last}`,
    `Run the same command again, or \`npm run doctor\` to see what is missing. ${where}`,
  );
}

module.exports = { explain, fullDisk };
