import { join } from "node:path";

import { copyFile } from "../files/copy-file";
import { readWhole } from "../files/read-whole";
import { writeAtomically } from "../files/write-atomically";
import { writeFolder } from "../files/write-folder";
import { loadRelease } from "../release/load-release";
import { releaseFiles } from "../release/release-files";
import { drawArchitecture } from "../space/architecture";
import { foundNetwork } from "../study/found-network";
import { readSite, type SiteContents } from "./read-site";
import { renderMarkdown } from "./render-markdown";
import { renderPlain, renderSite, type SiteLink, type SitePage } from "./render-site";

/** What a site needs on the disk at most, beside its report: a page to try, ONNX, drawings. */
const roomForSite = 2 ** 26;

/** The largest card. */
const mostCard = 2 ** 22;

/**
 * Writes the site of a study: static files that any web server or a USB stick serves. Its first page draws the found networks and
 * compares them with all others; beside it lie a page to try the network, the report, the model card and the network as ONNX, as far
 * as the study has them. Of images nothing is in it but what the report shows.
 *
 * @param study The study's folder, or its name in `results`.
 * @param folder The site's folder; it must not exist yet, or be empty.
 * @returns The files of the site that its first page leads to, and what is not there yet.
 * @throws {Problem} Where the study is none or has nothing to show, a file of it is damaged, or the folder cannot be written. Nothing
 *   is then left.
 */
export async function writeSite(study: string, folder: string): Promise<Pick<SitePage, "links" | "missing">> {
  const contents = readSite(study);
  const links: SiteLink[] = [];
  const networks = await drawNetworks(contents);
  await writeFolder(folder, roomForSite, async (staging) => {
    if (contents.release !== null) links.push(...(await writeRelease(contents.release, staging)));
    if (contents.report !== null) {
      copyFile(contents.report, join(staging, "report.html"));
      links.push({ file: "report.html", text: "Report", about: "The whole study on one page." });
    }
    const { name, dataset, comparison, missing } = contents;
    const page = renderSite({ name, dataset, links, networks, comparison, missing });
    writeAtomically(join(staging, "index.html"), page);
  });
  return { links, missing: contents.missing };
}

/** Draws the found network, and the winners of all searches where they are others. */
async function drawNetworks({ winner, settings }: SiteContents): Promise<SitePage["networks"]> {
  if (winner === null) return [];
  const { winner: chosen, winners } = winner;
  const others = winners.filter(({ hash }) => hash !== chosen.hash);
  return Promise.all(
    [chosen, ...others].map(async ({ architecture, seed, hash }) => ({
      drawing: await drawArchitecture(architecture, foundNetwork(settings, architecture)),
      caption:
        hash === chosen.hash
          ? `The network that the study goes on with, found by the search with the seed ${seed}.`
          : `The winner of the search with the seed ${seed}.`,
    })),
  );
}

async function writeRelease(from: string, staging: string): Promise<SiteLink[]> {
  const release = await loadRelease(from);
  try {
    await release.toPage(join(staging, "try.html"));
    await release.toOnnx(join(staging, "onnx"));
    const { name, version } = release.card;
    const card = readWhole(join(from, releaseFiles.modelCard), mostCard).toString("utf8");
    writeAtomically(join(staging, "card.html"), renderPlain(`${name} ${version}`, renderMarkdown(card)));
    return [
      {
        file: "try.html",
        text: "Try it",
        about: "One file that works without a network: drop an image on it. Nothing is sent.",
      },
      {
        file: "card.html",
        text: "Model card",
        about: `${name} ${version}: what it was trained and tested on, and where it fails.`,
      },
      {
        file: "onnx/model.onnx",
        text: "ONNX",
        about: "The network for Python and devices; prepare.py beside it prepares images.",
      },
    ];
  } finally {
    release.dispose();
  }
}
