import { equal, notEqual, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { hostname } from "node:os";

import { describeSelf, isAlive, readOwner } from "../../lib/runs/owner";

describe("describeSelf(since) and isAlive(owner, self)", () => {
  const self = describeSelf(new Date(0));

  it("name this process, which lives", () => {
    equal(self.host, hostname());
    equal(self.pid, process.pid);
    equal(self.since, "1970-01-01T00:00:00.000Z");
    equal(isAlive(self, self), true);
    ok(isAlive({ ...self, pid: process.ppid, processStart: null }, self));
  });

  it("tell a process that has ended", () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    equal(isAlive({ ...self, pid }, self), false);
  });

  it("tell a process that has got the number of one that has ended", function () {
    if (self.processStart === null) this.skip();
    equal(isAlive({ ...self, processStart: `${self.processStart}1` }, self), false);
    notEqual(describeSelf(new Date(0)).processStart, null);
  });

  it("do not claim to know of another machine, or of another container", () => {
    equal(isAlive({ ...self, host: "elsewhere" }, self), null);
    equal(isAlive({ ...self, place: "elsewhere" }, self), null);
  });
});

describe("readOwner(data)", () => {
  const self = describeSelf(new Date(0));

  it("reads an owner that was JSON, and nothing else", () => {
    ok(readOwner(JSON.parse(JSON.stringify(self))));
    for (const change of [
      { pid: 0 },
      { pid: -1 },
      { pid: 1.5 },
      { pid: "1" },
      { host: 1 },
      { since: "x".repeat(1000) },
    ])
      equal(readOwner({ ...self, ...change }), null);
    for (const data of [null, [], "x", {}]) equal(readOwner(data), null);
  });
});
