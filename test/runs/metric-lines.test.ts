import { deepEqual, equal, notEqual, throws } from "node:assert/strict";
import { createHash } from "node:crypto";

import { hashMetricLines, MetricHash, readMetricLines, writeMetric } from "../../lib/runs/metric-lines";

const moment = (second: number) => new Date(Date.UTC(2026, 10, 24, 8, 0, second));

describe("writeMetric(metric, time)", () => {
  it("writes one line of JSON with the time last", () => {
    equal(writeMetric({ step: 1, loss: 0.5 }, moment(1)), '{"step":1,"loss":0.5,"time":"2026-11-24T08:00:01.000Z"}');
    equal(writeMetric({ text: "a\nb" }, moment(0)).includes("\n"), false);
  });

  it("refuses NaN, and a time of the caller's own", () => {
    throws(() => writeMetric({ loss: NaN }, moment(0)), { name: "Problem", message: /^A metric: "loss" is NaN/ });
    throws(() => writeMetric({ time: 1 }, moment(0)), { name: "Problem", message: /has the key "time"/ });
  });
});

describe("readMetricLines(bytes)", () => {
  it("reads the whole lines, and counts the others", () => {
    const { lines, broken } = readMetricLines(Buffer.from('{"a":1}\n[1]\n\n{"b"\n\xff\n{"b":2}\n{"c":3}', "latin1"));
    deepEqual(
      lines.map(({ metric }) => metric),
      [{ a: 1 }, { b: 2 }],
    );
    equal(broken, 5);
    deepEqual(readMetricLines(new Uint8Array(0)), { lines: [], broken: 0 });
  });

  it("takes zeros, as a power cut leaves them, for broken", () => {
    const { lines, broken } = readMetricLines(Buffer.concat([Buffer.from('{"a":1}\n'), Buffer.alloc(50)]));
    equal(lines.length, 1);
    equal(broken, 1);
  });
});

describe("MetricHash", () => {
  const hashOf = (texts: readonly string[]) =>
    hashMetricLines(readMetricLines(Buffer.from(texts.map((t) => `${t}\n`).join(""))).lines);

  it("is the SHA-256 of the lines without their times", () => {
    const texts = [writeMetric({ a: 1 }, moment(1)), writeMetric({}, moment(2))];
    equal(hashOf(texts), createHash("sha256").update('{"a":1}\n{}\n').digest("hex"));
    equal(hashOf(texts), hashOf([writeMetric({ a: 1 }, moment(5)), writeMetric({}, moment(6))]));
  });

  it("changes with a value, an order, and a text that looks like a time", () => {
    const [one, two] = [writeMetric({ a: 1 }, moment(1)), writeMetric({ a: 2 }, moment(1))];
    notEqual(hashOf([one, two]), hashOf([two, one]));
    notEqual(
      hashOf([writeMetric({ t: ',"time":"x"}' }, moment(1))]),
      hashOf([writeMetric({ t: ',"time":"y"}' }, moment(1))]),
    );
  });

  it("can be asked in between", () => {
    const hash = new MetricHash();
    hash.add("{}");
    equal(hash.digest(), hash.digest());
    hash.add("{}");
    equal(hash.digest(), hashOf(["{}", "{}"]));
  });
});
