/** What stands in an ONNX file, read by the rules of protocol buffers alone, as far as the tests need it. */
export interface ReadOnnx {
  readonly format: number;
  readonly operatorSet: number;
  readonly documentation: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly nodes: readonly ReadNode[];
  readonly constants: ReadonlyMap<string, ReadTensor>;
  readonly inputs: readonly ReadSlot[];
  readonly outputs: readonly ReadSlot[];
}

/** An operation. */
export interface ReadNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, number | number[] | string>>;
}

/** Numbers with their shape. */
export interface ReadTensor {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** What goes in or comes out. */
export interface ReadSlot {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

type Value = bigint | Buffer;

/** The fields of a message: whole numbers, or bytes. */
class Fields {
  private readonly fields: [number: number, value: Value][] = [];

  constructor(bytes: Buffer) {
    let place = 0;
    const varint = () => {
      let [value, shift] = [0n, 0n];
      for (;;) {
        const byte = bytes[place++]!;
        value |= BigInt(byte % 128) << shift;
        if (byte < 128) return value;
        shift += 7n;
      }
    };
    while (place < bytes.length) {
      const tag = Number(varint());
      const kind = tag % 8;
      if (kind === 0) {
        this.fields.push([Math.floor(tag / 8), varint()]);
        continue;
      }
      const length = kind === 2 ? Number(varint()) : kind === 5 ? 4 : NaN;
      if (!(place + length <= bytes.length)) throw new Error(`field ${tag} is broken at ${place}`);
      this.fields.push([Math.floor(tag / 8), bytes.subarray(place, place + length)]);
      place += length;
    }
  }

  all(field: number): Value[] {
    return this.fields.filter(([number]) => number === field).map(([, value]) => value);
  }

  one(field: number): Value {
    const found = this.all(field);
    if (found.length !== 1) throw new Error(`field ${field} is there ${found.length} times`);
    return found[0]!;
  }

  integer(field: number): number {
    return Number(BigInt.asIntN(64, this.one(field) as bigint));
  }

  integers(field: number): number[] {
    return this.all(field).map((value) => Number(BigInt.asIntN(64, value as bigint)));
  }

  text(field: number): string {
    return (this.one(field) as Buffer).toString("utf8");
  }

  texts(field: number): string[] {
    return this.all(field).map((value) => (value as Buffer).toString("utf8"));
  }

  message(field: number): Fields {
    return new Fields(this.one(field) as Buffer);
  }

  messages(field: number): Fields[] {
    return this.all(field).map((value) => new Fields(value as Buffer));
  }
}

/** Reads an ONNX file. */
export function readOnnx(bytes: Uint8Array): ReadOnnx {
  const model = new Fields(Buffer.from(bytes));
  const graph = model.message(7);
  return {
    format: model.integer(1),
    documentation: model.text(6),
    operatorSet: model.message(8).integer(2),
    metadata: Object.fromEntries(model.messages(14).map((entry) => [entry.text(1), entry.text(2)])),
    nodes: graph.messages(1).map((node) => ({
      type: node.text(4),
      inputs: node.texts(1),
      outputs: node.texts(2),
      attributes: Object.fromEntries(node.messages(5).map((one) => [one.text(1), attribute(one)])),
    })),
    constants: new Map(graph.messages(5).map((tensor) => [tensor.text(8), tensorOf(tensor)])),
    inputs: graph.messages(11).map(slot),
    outputs: graph.messages(12).map(slot),
  };
}

function attribute(fields: Fields): number | number[] | string {
  const kind = fields.integer(20);
  if (kind === 1) return (fields.one(2) as Buffer).readFloatLE(0);
  if (kind === 3) return fields.text(4);
  return kind === 2 ? fields.integer(3) : fields.integers(8);
}

function tensorOf(fields: Fields): ReadTensor {
  const [shape, raw] = [fields.integers(1), fields.one(9) as Buffer];
  const size = fields.integer(2) === 1 ? 4 : 8;
  const values = Array.from({ length: raw.length / size }, (_, index) =>
    size === 4 ? raw.readFloatLE(index * 4) : Number(raw.readBigInt64LE(index * 8)),
  );
  if (values.length !== shape.reduce((a, b) => a * b, 1)) throw new Error("a tensor's numbers do not fill its shape");
  return { shape, values };
}

function slot(fields: Fields): ReadSlot {
  const dimensions = fields.message(2).message(1).message(2).messages(1);
  const shape = dimensions.map((one) => (one.all(1).length > 0 ? one.integer(1) : one.text(2)));
  return { name: fields.text(1), shape };
}
