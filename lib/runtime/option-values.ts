import * as v from "valibot";

/** The bounds of a number; each is left out where there is none. */
export interface Bounds {
  readonly from?: number;
  readonly to?: number;
  readonly above?: number;
  readonly below?: number;
}

/** What {@link listOf} asks of a list, beside its items. */
export interface ListRules {
  /** The fewest items; default: 0. */
  readonly least?: number;
  /** Whether no item may be there twice; default: false. */
  readonly different?: boolean;
}

/** A whole number that is exact, no more than 2⁵³ - 1; default: from 0. */
export function wholeNumber({ from = 0, to = Infinity }: Pick<Bounds, "from" | "to"> = {}) {
  return checked(`a whole number ${inWords({ from, to })}`, (n) => Number.isSafeInteger(n) && n >= from && n <= to);
}

/** A finite number, by default of any size. */
export function number(bounds: Bounds = {}) {
  const { from = -Infinity, to = Infinity, above = -Infinity, below = Infinity } = bounds;
  return checked(
    `a number ${inWords(bounds)}`.trimEnd(),
    (n) => Number.isFinite(n) && n >= from && n <= to && n > above && n < below,
  );
}

/** A share: a number from 0 to below 1. */
export const share = () => number({ from: 0, below: 1 });

/** A number above 0. */
export const positive = () => number({ above: 0 });

/** Yes or no. */
export const flag = () => v.boolean("true or false");

/**
 * A text that is not empty.
 *
 * @param expected What the message says was expected; default: "a text that is not empty".
 */
export function text(expected = "a text that is not empty") {
  return v.custom<string>((given) => typeof given === "string" && given.trim() !== "", expected);
}

/** A text of a given form; the message says what was expected. */
export function pattern(form: RegExp, expected: string) {
  return v.custom<string>((given) => typeof given === "string" && form.test(given), expected);
}

/** One of some texts or numbers. */
export function oneOf<const Choices extends readonly (string | number)[]>(choices: Choices) {
  return v.picklist(choices);
}

/** A list; what the schema gives is a list of its own, never the caller's. */
export function listOf<Item extends v.GenericSchema>(item: Item, { least = 0, different = false }: ListRules = {}) {
  const items = `a list${least > 0 ? ` of at least ${least === 1 ? "one item" : `${least} items`}` : ""}`;
  const expected = different ? `${items}, none of them twice` : items;
  const list = v.pipe(
    v.array(item, expected),
    v.check((given) => given.length >= least && (!different || new Set(given).size === given.length), expected),
  );
  return list as unknown as v.GenericSchema<readonly v.InferInput<Item>[], readonly v.InferOutput<Item>[]>;
}

/** Something, or null for none of it. */
export function nullable<Schema extends v.GenericSchema>(schema: Schema) {
  return v.nullable(schema);
}

/**
 * Something that is checked and kept as it was given: what it leaves out is filled in by whoever uses it. Records of runs
 * hold it so, and a run is carried on by who asks for the same.
 *
 * @returns The schema; what it gives is a copy of what was given.
 */
export function asGiven<Schema extends v.GenericSchema>(
  schema: Schema,
): v.GenericSchema<v.InferInput<Schema>, v.InferInput<Schema>> {
  return {
    ...(schema as v.GenericSchema<v.InferInput<Schema>, v.InferInput<Schema>>),
    "~run"(dataset, config) {
      const given = structuredClone(dataset.value);
      const result = schema["~run"](dataset, config) as v.OutputDataset<v.InferInput<Schema>, v.BaseIssue<unknown>>;
      if (result.typed) result.value = given;
      return result;
    },
  };
}

/**
 * A function that is called back.
 *
 * @param expected What the message says was expected; default: "a function".
 * @returns The schema; the function is passed through.
 */
export function callback<Call extends (...given: never[]) => unknown>(expected = "a function") {
  return v.custom<Call>((given) => typeof given === "function", expected);
}

/**
 * Something that is no plain data, or that is checked elsewhere: a clock, a generator of random numbers, typed arrays,
 * tensors. It is passed through as it is, neither copied nor looked into.
 *
 * @param expected What the message says was expected.
 * @param is Tells whether it is that; default: anything but undefined is.
 */
export function passed<Value>(expected: string, is: (given: unknown) => boolean = (given) => given !== undefined) {
  return v.custom<Value>(is, expected);
}

/**
 * A check of how options go together, to stand in a `v.pipe` behind their object.
 *
 * @param key The option that the message names.
 * @param good Tells whether they go together.
 * @param expected What the message says was expected of that option.
 */
export function agreement<Given extends object>(
  key: keyof Given & string,
  good: (given: Given) => boolean,
  expected: (given: Given) => string,
) {
  return v.rawCheck<Given>(({ dataset, addIssue }) => {
    if (!dataset.typed || good(dataset.value)) return;
    const place = { type: "unknown", origin: "value", input: dataset.value, key, value: dataset.value[key] } as const;
    addIssue({ message: expected(dataset.value), path: [place] });
  });
}

function checked(expected: string, good: (given: number) => boolean) {
  return v.custom<number>((given) => typeof given === "number" && good(given), expected);
}

function inWords({ from, to, above, below }: Bounds): string {
  const low = from !== undefined ? `from ${from}` : above !== undefined ? `above ${above}` : "";
  const high = to !== undefined && to < Infinity ? `to ${to}` : below !== undefined ? `to below ${below}` : "";
  if (above !== undefined && below !== undefined) return `between ${above} and ${below}`;
  return `${low} ${high}`.trim();
}
