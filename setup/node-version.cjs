"use strict";

// Written for any Node that ever was: a newer syntax would give an old one a parse error instead of this sentence.
// The range repeats "engines" in package.json; a test holds the two together.
var oldestMajor = 20;
var oldestMinor = 11;
var tooNew = 23;

/**
 * Says why this Node cannot run the project, or null where it can.
 *
 * @param {string} version As in process.versions.node, "20.20.2".
 * @returns {string | null}
 */
function refuseNode(version) {
  var parts = version.split(".");
  var major = Number(parts[0]);
  var minor = Number(parts[1]);
  var fix = " Install Node 22 (or 20), open a new terminal and run the same command again.";
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    return (
      "Node " +
      version +
      " is too old: SonoNAS needs Node " +
      (oldestMajor + "." + oldestMinor) +
      " or newer, below " +
      tooNew +
      "." +
      fix
    );
  }
  if (major >= tooNew) {
    return "Node " + version + " is too new: TensorFlow.js for Node runs on Node 20 and 22." + fix;
  }
  return null;
}

module.exports = { refuseNode: refuseNode };
