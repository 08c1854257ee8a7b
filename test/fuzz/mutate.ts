import type { RandomGenerator } from "../../lib/runtime/random";

/** Numbers at which readers break. */
const boundaries = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** What stands in a place of plain data where nobody expects it. */
const hostile: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => "",
  () => -1,
  () => 1e308,
  () => 0.5,
  () => [],
  () => ({}),
  () => [null],
  () => "\u001b[2J\u0007=1+1",
  () => "x".repeat(5000),
  () => "../../etc/passwd",
  () => Array.from({ length: 3 }, () => ({})),
  () => nested(300),
];

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Damages bytes as disks, networks, people and attackers do: flips, cuts, swaps, doubled stretches, numbers at their bounds. */
export function mutateBytes(whole: Uint8Array, random: RandomGenerator): Buffer {
  let bytes = Buffer.from(whole);
  for (let times = random.integer(1, 5); times > 0 && bytes.length > 8; times--) {
    // Headers are small and decide most.
    const near = random.uniform() < 0.5 ? Math.min(bytes.length, 200) : bytes.length;
    const at = random.integer(0, near - 5);
    const other = random.integer(0, bytes.length - 5);
    switch (random.choice(["flip", "byte", "word", "half", "big", "cut", "swap", "drop", "double", "noise"])) {
      case "flip":
        bytes[at]! ^= 1 << random.integer(0, 7);
        break;
      case "byte":
        bytes[at] = random.integer(0, 255);
        break;
      case "word":
        bytes.writeUInt32LE(random.choice(boundaries), at);
        break;
      case "half":
        bytes.writeUInt16LE(random.choice(boundaries) & 0xffff, at);
        break;
      case "big":
        bytes.writeUInt32BE(random.choice(boundaries), at);
        break;
      case "cut":
        bytes = bytes.subarray(0, random.choice([at, other, bytes.length - 1]));
        break;
      case "swap":
        [bytes[at], bytes[other]] = [bytes[other]!, bytes[at]!];
        break;
      case "drop":
        bytes = Buffer.concat([bytes.subarray(0, Math.min(at, other)), bytes.subarray(Math.max(at, other))]);
        break;
      case "double":
        bytes = Buffer.concat([bytes.subarray(0, Math.max(at, other)), bytes.subarray(Math.min(at, other))]);
        break;
      case "noise":
        for (let place = at; place < Math.min(bytes.length, at + 16); place++) bytes[place] = random.integer(0, 255);
        break;
    }
  }
  return bytes;
}

/** Damages JSON where it is sure to be read: a value somewhere in it is another, is gone, or has another name. */
export function mutateJson(text: string, random: RandomGenerator): string {
  const data = JSON.parse(text) as unknown;
  if (random.uniform() < 0.02) return JSON.stringify(random.choice([null, 5, "text", [], {}]));
  if (random.uniform() < 0.02) return text.replace(/"[^"]*"/, `${"[".repeat(20_000)}${"]".repeat(20_000)}`);
  for (let times = random.integer(1, 3); times > 0; times--) {
    let holder: unknown = data;
    for (let down = random.integer(0, 6); ; down--) {
      const keys = Object.keys(holder as object);
      if (keys.length === 0) break;
      const key = random.choice(keys);
      const inner = (holder as Record<string, unknown>)[key];
      if (down > 0 && typeof inner === "object" && inner !== null) {
        holder = inner;
        continue;
      }
      const change = random.choice(["hostile", "hostile", "rename", "number"]);
      const at = holder as Record<string, unknown>;
      if (change === "rename" && !Array.isArray(holder)) {
        Reflect.deleteProperty(at, key);
        at[random.choice(["__proto__x", `${key}s`, "constructor", "toString"])] = inner;
      } else if (change === "number" && typeof inner === "number") {
        at[key] = random.choice([-inner, inner * 1e6, inner + 0.5, 0]);
      } else {
        at[key] = random.choice(hostile)();
      }
      break;
    }
  }
  return JSON.stringify(data);
}

/** Damages a table: cells are others, are gone, or hold what a spreadsheet program would run. */
export function mutateTable(text: string, random: RandomGenerator): string {
  const rows = text.split("\n").map((row) => row.split(","));
  for (let times = random.integer(1, 4); times > 0; times--) {
    if (rows.length === 0) break;
    const row = random.choice(rows);
    if (row.length === 0) continue;
    const at = random.integer(0, row.length - 1);
    const cells = [
      "",
      "=1+1",
      "@x",
      "NaN",
      "-1",
      "1e999",
      "\u001b[2J",
      '"',
      '"a',
      "é",
      "a;b",
      "\t",
      "x".repeat(3000),
      "\0",
      "1,2",
    ];
    switch (random.choice(["cell", "cell", "cell", "gone", "row", "twice"])) {
      case "cell":
        row[at] = random.choice(cells);
        break;
      case "gone":
        row.splice(at, 1);
        break;
      case "row":
        rows.splice(random.integer(0, rows.length - 1), 1);
        break;
      case "twice":
        rows.push([...row]);
        break;
    }
  }
  return rows.map((row) => row.join(",")).join("\n");
}
