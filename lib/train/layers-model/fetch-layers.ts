import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { hashFile } from "../../files/checksum";
import { download } from "../../files/download";
import { readWhole } from "../../files/read-whole";
import { cacheRoot, projectRoot } from "../../runtime/environment";
import { Problem } from "../../runtime/problem";
import { isPlainObject, parseJson } from "../../runs/json";
import { hashJson } from "../../runs/sealed-json";
import type { CheckedLayers } from "./layers-specification";

const modelFile = "model.json";

/** The most bytes of the file with the layers, and of each with weights. */
const mostBytes = { layers: 64e6, weights: 2 * 2 ** 30 };

/** The files of a layers model. */
export interface LayersFiles {
  readonly folder: string;
  /** The hash of what they hold: the same wherever they lie. */
  readonly hash: string;
}

/**
 * Finds the files of a layers model, fetching those that are at an address into the cache, each by its SHA-256. What was fetched is not
 * fetched again.
 *
 * @throws {Problem} Where a file is missing, is not the expected one, cannot be fetched, or has no sum.
 */
export async function fetchLayers({ folder, address, sha256 }: CheckedLayers): Promise<LayersFiles> {
  const place =
    folder === null ? join(cacheRoot(), "models", hashJson(sha256).slice(0, 16)) : resolve(projectRoot, folder);
  const fetchOne = async (name: string, most: number) => {
    if (address === null) return;
    const url = name === modelFile ? address : new URL(encodeURIComponent(name), address).href;
    await download({ url, file: join(place, name), expected: { sha256: sha256[name]! }, mostBytes: most });
  };
  await fetchOne(modelFile, mostBytes.layers);
  const names = [modelFile, ...weightFilesOf(join(place, modelFile))];
  const unknown = address === null ? undefined : names.find((name) => !Object.hasOwn(sha256, name));
  if (unknown !== undefined) {
    throw new Problem(
      `The layers model at ${address!} has a file ${unknown}, for which no SHA-256 is given.`,
      "Give the sums of all of its files in sha256: what is fetched is to be what was meant.",
    );
  }
  const hashes: Record<string, string> = {};
  for (const name of names) {
    await fetchOne(name, mostBytes.weights);
    const file = join(place, name);
    if (!existsSync(file))
      throw new Problem(`${file} is missing.`, "Give the folder with all files of the layers model.");
    hashes[name] = await hashFile(file, "sha256");
    const expected = sha256[name]?.toLowerCase();
    if (expected === undefined || expected === hashes[name]) continue;
    throw new Problem(
      `${file} has the SHA-256 sum ${hashes[name]}, expected ${expected}.`,
      "It was changed or is another one: get it again, or give its own sum.",
    );
  }
  return { folder: place, hash: hashJson(hashes) };
}

function weightFilesOf(path: string): string[] {
  if (!existsSync(path))
    throw new Problem(`${path} is missing.`, "Give the folder with the model.json of a layers model.");
  let data: unknown;
  try {
    data = parseJson(readWhole(path, mostBytes.layers).toString("utf8"));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`${path} is no JSON: ${(error as Error).message.slice(0, 200)}.`, "Get it again.");
  }
  const groups =
    isPlainObject(data) && Array.isArray(data.weightsManifest) ? (data.weightsManifest as unknown[]) : null;
  const names = (groups ?? [null]).flatMap((group): unknown[] =>
    isPlainObject(group) && Array.isArray(group.paths) ? group.paths : [null],
  );
  const isName = (name: unknown): name is string => typeof name === "string" && /^[\w-][\w. -]*$/.test(name);
  if (names.every(isName)) return names;
  throw new Problem(
    `${path} is not a layers model: its list of weights names no files beside it.`,
    "Save one with model.save of TensorFlow.js, or convert one of Keras.",
  );
}
