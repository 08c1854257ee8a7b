import { parseArgs, type ParseArgsConfig } from "node:util";

import { nearestOf } from "./nearest";
import { Problem } from "./problem";

/** The options of a command, as `parseArgs` of Node takes them. */
export type CommandOptions = NonNullable<ParseArgsConfig["options"]>;

type ValueOf<Option> = Option extends { type: "boolean" }
  ? boolean
  : Option extends { multiple: true }
    ? string[]
    : string;

/** What a command line says. */
export interface CommandLine<Options extends CommandOptions> {
  readonly values: { readonly [Name in keyof Options]?: ValueOf<Options[Name]> } & { readonly help?: boolean };
  readonly positionals: string[];
}

/**
 * Reads a command line. Every command takes `--help` beside its own options.
 *
 * @param command The command, as messages name it: "npm run validate".
 * @param parameters The arguments after the program's name.
 * @param names How many arguments it takes that are no options; default: none.
 * @throws {Problem} Where an option is unknown, and then the nearest is named, where one has no value or needs none, or
 *   where there are more arguments than the command takes.
 */
export function readCommandLine<const Options extends CommandOptions>(
  command: string,
  options: Options,
  parameters: readonly string[],
  names = 0,
): CommandLine<Options> {
  const all = { ...options, help: { type: "boolean", short: "h" } } as const;
  const config = { args: [...parameters], options: all, allowPositionals: true } as const;
  const known: CommandOptions = all;
  const help = `${command} -- --help says what it takes.`;
  let others = 0;
  // What Node would say of them names no command and no nearest option.
  for (const token of parseArgs({ ...config, strict: false, tokens: true }).tokens) {
    if (token.kind === "positional" && ++others > names)
      throw new Problem(
        `${command} was given "${token.value}", ${names > 0 ? "which is one too many" : "and takes no such argument"}.`,
        help,
      );
    if (token.kind !== "option") continue;
    const kind = Object.hasOwn(known, token.name) ? known[token.name]!.type : null;
    if (kind === null) {
      const meant = nearestOf(token.name, Object.keys(known));
      throw new Problem(
        `${command} has no option ${token.rawName}.`,
        `${meant === null ? "" : `Did you mean --${meant}? `}${help}`,
      );
    }
    if (kind === "boolean" && token.value !== undefined)
      throw new Problem(`${token.rawName} was given "${token.value}", and takes no value.`, help);
    if (kind === "string" && (token.value === undefined || (!token.inlineValue && /^-./.test(token.value))))
      throw new Problem(`${token.rawName} has no value.`, help);
  }
  const { values, positionals } = parseArgs(config);
  return { values, positionals };
}

/**
 * Reads a whole number of a command line.
 *
 * @param option The option: "--workers".
 * @returns The number, from 1.
 * @throws {Problem} Where it is something else.
 */
export function readCount<Unless>(option: string, text: string | undefined, unless: Unless): number | Unless {
  if (text === undefined) return unless;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Problem(`${option} is "${text}", expected a whole number from 1.`, `For example: ${option} 5.`);
}
