/** What is read of a valibot schema, to say where in it something is wrong. */
export interface Shape {
  readonly type: string;
  /** What it expects, in TypeScript's words. */
  readonly expects: string | null;
  /** What it expects, in its own words. */
  readonly message?: unknown;
  readonly entries?: Readonly<Record<string, Shape>>;
  /** What a wrapper holds: `optional`, `nullable`. */
  readonly wrapped?: Shape;
  readonly item?: Shape;
  readonly items?: readonly Shape[];
  readonly value?: Shape;
  /** What it is for given data, where that depends on the data. */
  readonly getter?: (data: unknown) => unknown;
  /** The key by which a variant's options differ. */
  readonly key?: unknown;
  /** What a union, a variant or a choice is one of. */
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
}

/** A place in plain data, and what a schema says of it. */
export interface Place {
  /** Its path: `models[0].training.epochs`; empty for the whole. */
  readonly path: string;
  /** What the schema says of it, without wrappers; undefined where the schema does not know it. */
  readonly shape: Shape | undefined;
  /** The object or list that it is in. */
  readonly owner: { readonly path: string; readonly shape: Shape };
  /** ` for kind "adam"` where the owner is one of several kinds; else empty. */
  readonly kind: string;
  readonly optional: boolean;
  readonly nullable: boolean;
}

const wrappers = ["optional", "exact_optional", "undefinedable", "nullable", "nullish"];

/** Finds what a schema says of a place; the way there is keys of objects and indices of lists. */
export function placeOf(schema: Shape, data: unknown, keys: readonly unknown[]): Place {
  let shape: Shape | undefined = schema;
  let value = data;
  let [path, kind] = ["", ""];
  let owner = { path, shape: schema };
  for (const key of keys) {
    const open: Shape | undefined = shape && openShape(shape, value, key);
    owner = { path, shape: open ?? schema };
    kind = shape ? kindInWords(unwrap(shape), value, key) : "";
    shape = open && stepInto(open, key);
    value = (value as Readonly<Record<string, unknown>>)[key as string];
    path += typeof key === "number" ? `[${key}]` : `${path === "" ? "" : "."}${String(key)}`;
  }
  const wrapped = shape ? wrappersOf(shape) : [];
  return {
    path,
    shape: shape && unwrap(shape),
    owner,
    kind,
    optional: wrapped.some((type) => type !== "nullable"),
    nullable: wrapped.some((type) => type.startsWith("null")),
  };
}

/** Says what a schema expects: "a text", `"adam" or "momentum"`. */
export function describeShape(shape: Shape | undefined): string {
  if (shape === undefined) return "something else";
  if (typeof shape.message === "string") return shape.message;
  if (shape.wrapped)
    return `${describeShape(shape.wrapped)}${wrappersOf(shape).includes("nullable") ? ", or null" : ""}`;
  switch (shape.type) {
    case "string":
      return "a text";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    case "array":
    case "tuple":
      return "a list";
    case "literal":
      return say(shape.literal);
    case "picklist":
      return oneOfWords(shape.options!.map(say));
    case "variant":
      return `an object with ${String(shape.key)} ${oneOfWords(kindsOf(shape).map(say))}`;
    case "union":
      return oneOfWords((shape.options as Shape[]).map(describeShape));
    case "strict_object":
    case "object":
    case "loose_object":
      return `an object with ${Object.keys(shape.entries!).join(", ") || "nothing in it"}`;
    case "record":
      return "an object";
    default:
      return shape.expects ?? "something else";
  }
}

/** Says a value in a message, shortened where it is long: texts in quotation marks, since "3" is not 3. */
export function say(value: unknown): string {
  const all = write(value, 0);
  return all.length <= 120 ? all : `${all.slice(0, 117)}...`;
}

function write(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  if (depth > 3) return "...";
  if (Array.isArray(value))
    return `[${value
      .slice(0, 50)
      .map((item) => write(item, depth + 1))
      .join(", ")}]`;
  const maker = (Object.getPrototypeOf(value) as object | null)?.constructor.name ?? "Object";
  if (maker !== "Object") return `a ${maker}`;
  const items = Object.entries(value).map(([key, item]) => `${key}: ${write(item, depth + 1)}`);
  return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
}

function oneOfWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function wrappersOf(shape: Shape): string[] {
  return shape.wrapped && wrappers.includes(shape.type) ? [shape.type, ...wrappersOf(shape.wrapped)] : [];
}

function kindInWords({ type, key: by }: Shape, value: unknown, key: unknown): string {
  if (type !== "variant" || by === key) return "";
  return ` for ${by as string} ${say((value as Readonly<Record<string, unknown>>)[by as string])}`;
}

function unwrap(shape: Shape): Shape {
  return shape.wrapped ? unwrap(shape.wrapped) : shape;
}

// Finds the object or list that a key belongs to: the one of a variant's kind, that of a union which has the key.
function openShape(wrapped: Shape, value: unknown, key: unknown): Shape | undefined {
  const shape = unwrap(wrapped);
  if (shape.getter) return openShape(shape.getter(value) as Shape, value, key);
  if (shape.type === "variant") {
    const told = (value as Record<string, unknown>)[shape.key as string];
    const option = (shape.options as Shape[]).find((one) => kindsOf(one, shape.key).includes(told));
    return option?.type === "variant" ? openShape(option, value, key) : (option ?? shape);
  }
  if (shape.type !== "union") return shape;
  const options = (shape.options as Shape[]).map((one) => openShape(one, value, key));
  return options.find((one) => one && stepInto(one, key)) ?? options.find((one) => one?.entries);
}

function stepInto(shape: Shape, key: unknown): Shape | undefined {
  if (shape.entries) return Object.hasOwn(shape.entries, key as string) ? shape.entries[key as string] : undefined;
  if (shape.type === "variant" && shape.key === key) {
    return { type: "picklist", expects: null, options: kindsOf(shape) };
  }
  return shape.item ?? shape.items?.[key as number] ?? shape.value;
}

// The values of a variant's key, or of the given key of one of its options.
function kindsOf(shape: Shape, key = shape.key): unknown[] {
  if (shape.type === "variant") return (shape.options as Shape[]).flatMap((one) => kindsOf(one, key));
  const kind = shape.entries?.[key as string];
  return kind?.options ? [...kind.options] : kind ? [kind.literal] : [];
}
