import { existsSync } from "node:fs";
import { join } from "node:path";

import type { Plugin } from "esbuild";

import { projectRoot } from "../../runtime/environment";
import { Problem } from "../../runtime/problem";

const sources = join(projectRoot, "lib", "release", "page");

/** What stands in a page in the place of what only Node has: by the name that is imported. */
const replaced: readonly (readonly [filter: RegExp, file: string])[] = [
  [/^(?:node:)?zlib$/, "zlib-in-page.ts"],
  [/^\.\/decode-jpeg$/, "decode-jpeg-in-page.ts"],
  [/^@cornerstonejs\/codec-/, "left-out-in-page.ts"],
];

const inPage: Plugin = {
  name: "in a page",
  setup(builder) {
    for (const [filter, file] of replaced) builder.onResolve({ filter }, () => ({ path: join(sources, file) }));
  },
};

/** The script, once it was bundled; it is the same for every page. */
let bundled: Promise<string> | null = null;

/**
 * Bundles what a page runs, from the library's own modules: the functions that prepare images in Node prepare them in the page.
 *
 * @returns JavaScript that needs no other file.
 * @throws {Problem} Where the sources are not there.
 */
export function bundleScript(): Promise<string> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<string> {
  // Not with the library: few of its commands write a page.
  const { build } = await import("esbuild");
  const entry = join(sources, "page-main.ts");
  if (!existsSync(entry))
    throw new Problem(`${entry} is not there, of which pages are made.`, "Get the project again, with its folder lib.");
  const { outputFiles } = await build({
    entryPoints: [entry],
    inject: [join(sources, "buffer-in-page.ts")],
    plugins: [inPage],
    bundle: true,
    write: false,
    minify: true,
    charset: "utf8",
    legalComments: "inline",
    format: "iife",
    platform: "browser",
    target: ["chrome94", "firefox93", "safari15"],
    logLevel: "silent",
  });
  // Within an element of HTML, nothing of a script may look like its end.
  return outputFiles[0]!.text.replaceAll(/<\/(script)/gi, "<\\/$1").replaceAll("<!--", "<\\!--");
}
