import { existsSync } from "node:fs";
import { join } from "node:path";

import * as v from "valibot";

import { costOf } from "../graph/cost";
import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import { buildNetwork } from "../space/build";
import { decode, encode, hashArchitecture } from "../space/encode";
import type { Architecture } from "../space/kinds";
import { sampleWithin } from "../space/sample-within";
import { readJsonLines, takeAgain, writeJsonLines } from "./json-lines";
import type { Protocol } from "./protocol";

const networkSchema = v.strictObject({
  /** Its set. */
  set: v.string(),
  /** Its place in the set, from 0. */
  place: v.number(),
  /** The hash of its architecture: `space.hashArchitecture`. */
  network: v.string(),
  /** Its decisions, as `space.encode` writes them. */
  code: v.array(v.number()),
  /** Numbers that training changes. */
  parameters: v.number(),
  /** Multiplications with a following addition for one image of the bin's size. */
  multiplyAdds: v.number(),
});

/**
 * A network of a benchmark.
 *
 * @interface
 */
export type DrawnNetwork = Readonly<v.InferOutput<typeof networkSchema>>;

/** The file of a benchmark's folder with its networks, a line of JSON each. */
const networksFile = "networks.jsonl";

/**
 * Draws the networks of a protocol: of each set's space inside the bin, all equally likely and none twice.
 *
 * @returns The networks, set by set; always the same of the same protocol.
 * @throws {Problem} Where a space has too few inside the bin.
 */
export function drawNetworks({ sets, bin, seed, preparation }: Protocol): DrawnNetwork[] {
  const size = { height: bin.size, width: bin.size, channels: preparation.channels?.length ?? 1 };
  return Object.entries(sets).flatMap(([set, { space, settings, count }]) => {
    const random = createRandom(seed).split(set);
    const within = { size, settings, budget: { multiplyAdds: bin.multiplyAdds } };
    const drawn = new Map<string, Architecture>();
    for (let tries = 0; drawn.size < count; tries++) {
      if (tries > 20 * count)
        throw new Problem(
          `The set "${set}" has ${drawn.size} different networks within its bin after ${tries} draws, expected ${count}.`,
          "Ask for fewer, or widen the bin.",
        );
      const { architecture } = sampleWithin(space, random, within);
      const hash = hashArchitecture(architecture);
      if (!drawn.has(hash)) drawn.set(hash, architecture);
    }
    return [...drawn].map(([network, architecture], place) => {
      const { trainable, multiplyAdds } = costOf(buildNetwork(architecture, size, settings));
      return { set, place, network, code: encode(space, architecture), parameters: trainable, multiplyAdds };
    });
  });
}

/**
 * Keeps the networks of a protocol in its folder; what is there stays.
 *
 * @param folder The benchmark's folder.
 * @returns The networks.
 * @throws {Problem} Where a space has too few inside the bin, or the file is damaged.
 */
export function keepNetworks(folder: string, protocol: Protocol): DrawnNetwork[] {
  const path = join(folder, networksFile);
  if (!existsSync(path)) writeJsonLines(path, drawNetworks(protocol));
  return readNetworks(folder, protocol);
}

/**
 * Reads the networks of a benchmark.
 *
 * @param folder The benchmark's folder.
 * @throws {Problem} Where the file is missing or damaged, or a network is not the one that its numbers say.
 */
export function readNetworks(folder: string, protocol: Protocol): DrawnNetwork[] {
  const path = join(folder, networksFile);
  const networks = readJsonLines(path, networkSchema);
  for (const network of networks)
    if (hashArchitecture(architectureOf(protocol, network)) !== network.network)
      throw new Problem(
        `${path} has another network at place ${network.place} of ${network.set} than its hash says.`,
        takeAgain,
      );
  return networks;
}

/**
 * Gives the architecture of a drawn network.
 *
 * @throws {Problem} Where its numbers are none of its space.
 */
export function architectureOf({ sets }: Pick<Protocol, "sets">, { set, code }: DrawnNetwork): Architecture {
  return decode(sets[set]!.space, code);
}
