import { needsLesion, needsMask, needsPixelSize } from "../data/prepare/configuration";
import { describeLevels, describeRegion } from "../data/prepare/describe-preparation";
import { formatCell } from "../display/table";
import { visibleText } from "../runtime/visible-text";
import type { FinderCard, ReleaseCard, ReleaseData } from "./card";

/** The line that every card begins with. */
export const researchOnly = "Research only: not a medical device, and not to be used for diagnosis or treatment.";

/** What stands where an author said nothing. */
const gap = "**Not reported**";

type Field = readonly [name: string, value: string | null];
type Section = readonly [title: string, fields: readonly Field[], more?: string];

/**
 * Writes the model card of a release, in Markdown. Every sentence comes from the release itself; what its author did not say
 * is printed as not reported, and counted.
 *
 * @param drawing The name of a file beside it with a drawing of the architecture; null where there is none.
 */
export function writeModelCard(card: ReleaseCard, drawing: string | null): string {
  const sections: Section[] = [
    ["Use", useOf(card)],
    ["Input", inputOf(card)],
    ["Output", outputOf(card)],
    ["Training data", dataOf(card.data)],
    ["Test data", dataOf(card.testData)],
    ["Results", resultsOf(card), tableOf(card.results)],
    ...(card.finder === undefined ? [] : finderOf(card.finder)),
    ["Network", networkOf(card), drawing === null ? "" : `![Architecture](${drawing})\n`],
    ["Training", trainingOf(card)],
  ];
  const fields = sections.flatMap(([title, own]) => own.map(([name, value]) => ({ title, name, value })));
  const gaps = fields.filter(({ value }) => value === null).map(({ title, name }) => `- ${title}: ${name}`);
  return [
    `> ${researchOnly}\n`,
    `# ${plain(card.name)} ${plain(card.version)}\n`,
    ...sections.map(([title, own, more = ""]) => {
      const lines = own.map(([name, value]) => `- ${name}: ${value === null ? gap : plain(value)}`);
      return [`## ${title}\n`, `${lines.join("\n")}\n`, ...(more === "" ? [] : [more])].join("\n");
    }),
    `## How to load it\n\n\`\`\`ts\n${loadingOf(card)}\n\`\`\`\n`,
    `## Not reported: ${gaps.length} of ${fields.length}\n`,
    gaps.length === 0 ? "Nothing is missing.\n" : `${gaps.join("\n")}\n`,
  ].join("\n");
}

function useOf(card: ReleaseCard): Field[] {
  return [
    ["Intended use", card.intendedUse],
    ["Out of scope", card.outOfScope],
    ["Date", card.date],
    ["Licence", card.licence],
    ["Citation", card.citation],
  ];
}

function inputOf({ preparation, normalisation, finder }: ReleaseCard): Field[] {
  const { size, channels, padding, filter, beyond } = preparation;
  const numbers = (list: readonly number[]) => list.map((value) => formatCell(value)).join(", ");
  return [
    ["Size", `${size} × ${size} pixels, planes: ${channels.join(", ")}; each 0 to 1 before normalisation`],
    ["Needs", needsOf(preparation, finder !== undefined)],
    ["Region", `${describeRegion(preparation)}; beyond the picture: ${beyond}`],
    ["Gray levels", describeLevels(preparation)],
    ["Resizing", `${filter}; padding to a square: ${padding}`],
    ["Normalisation", `mean ${numbers(normalisation.mean)}; standard deviation ${numbers(normalisation.deviation)}`],
  ];
}

function needsOf(preparation: ReleaseCard["preparation"], finds: boolean): string {
  if (!needsLesion(preparation)) return "the picture alone";
  const lesion = needsMask(preparation) ? "a mask" : "a mask or a box";
  const given = needsPixelSize(preparation) ? `${lesion}, and the pixel size in millimetres` : lesion;
  return finds ? `the picture alone, in which the finder finds the lesion; or ${given}` : given;
}

function finderOf({ sure, data, testData, results, preparation, network }: FinderCard): Section[] {
  const mib = (network.weightBytes / 2 ** 20).toFixed(1);
  return [
    [
      "Finder",
      [
        ["What it is", "a network that finds the lesion and its outline in a whole picture; it tells no class"],
        ["Name", network.name],
        ["Parameters", formatCell(network.parameters)],
        ["Multiply-adds of one image", formatCell(network.multiplyAdds)],
        ["Weights", `${mib} MiB, kernels of 16 bits, SHA-256 ${network.weightsHash}`],
        ["Input", `the whole picture at ${preparation.size} × ${preparation.size} pixels, in gray`],
        ["Sure", `from an expected Dice coefficient of ${sure.expectedDice.toFixed(3)} on`],
        ["Origin of that", sure.origin],
        [
          "Where it fails",
          "several lesions, or two scans, in one picture: the largest part alone is outlined, and the others are told of",
        ],
        ["Reached", results.length === 0 ? null : "see the table below"],
      ],
      tableOf(results),
    ],
    ["Training data of the finder", dataOf(data)],
    ["Test data of the finder", dataOf(testData)],
  ];
}

function outputOf(card: ReleaseCard): Field[] {
  return [
    ["Classes", `${card.classes.join(", ")}; the probability is that of ${card.classes[1]!}`],
    ["Threshold", `${formatCell(card.threshold)}: from there on, an image counts as ${card.classes[1]!}`],
    ["Origin of the threshold", card.thresholdOrigin],
    ["Temperature", `${formatCell(card.temperature)}${card.temperature === 1 ? " (not calibrated)" : ""}`],
  ];
}

function dataOf(data: ReleaseData | null): Field[] {
  return [
    ["Source", data?.name ?? null],
    ["Images", data === null ? null : formatCell(data.images)],
    ["Patients", typeof data?.patients === "number" ? formatCell(data.patients) : null],
    ...(data?.devices === undefined ? [] : [["Devices", data.devices.join(", ")] as const]),
    ["Licence", data?.licence ?? null],
    ["Hash", data?.hash ?? null],
  ];
}

function resultsOf(card: ReleaseCard): Field[] {
  return [
    ["Metrics", card.results.length === 0 ? null : "see the table"],
    ["Calibration", card.calibration],
    ["External result", card.externalResult],
    ["Failure modes", card.failureModes],
  ];
}

function tableOf(rows: ReleaseCard["results"]): string {
  if (rows.length === 0) return "";
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(" | ")} |`;
  return [
    line(columns),
    `|${columns.map(() => " --- |").join("")}`,
    ...rows.map((row) => line(columns.map((column) => formatCell(row[column])))),
    "",
  ].join("\n");
}

function networkOf({ network }: ReleaseCard): Field[] {
  return [
    ["Name", network.name],
    ["Parameters", formatCell(network.parameters)],
    ["Multiply-adds of one image", formatCell(network.multiplyAdds)],
    ["Weights", `${formatCell(network.weightBytes)} bytes, SHA-256 ${network.weightsHash}`],
    ...(network.architectureHash === null ? [] : [["Architecture", network.architectureHash] as const]),
  ];
}

function trainingOf(card: ReleaseCard): Field[] {
  const software = Object.entries(card.software).map(([name, version]) => `${name} ${version}`);
  return [
    ["Seeds", card.seeds.length === 0 ? null : card.seeds.join(", ")],
    ["Hardware", card.hardware],
    ["Time", card.trainingSeconds === null ? null : `${formatCell(card.trainingSeconds)} seconds`],
    ["Software", software.length === 0 ? null : software.join(", ")],
    ["Commit", card.commit],
  ];
}

function loadingOf({ preparation, finder }: ReleaseCard): string {
  const lesion =
    finder !== undefined
      ? ""
      : needsMask(preparation)
        ? `, { mask: "mask.png" }`
        : needsLesion(preparation)
          ? ", { box: { left: 120, top: 80, width: 60, height: 40 } }"
          : "";
  return [
    `import { release } from "sononas";`,
    `const model = await release.loadRelease("this folder");`,
    `console.log(await model.predict("image.png"${lesion}));`,
  ].join("\n");
}

// Of one line, and without what Markdown or HTML would take as its own: no link and no image of a text is alive, not even an
// address that stands for itself.
function plain(text: string): string {
  return visibleText(text)
    .replaceAll(/\s+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\[\]`|]/g, "\\$&")
    .replaceAll(/:(?=\/\/)/g, "&#58;")
    .replaceAll(/\bwww\./gi, (found) => found.replace(".", "&#46;"))
    .replaceAll("@", "&#64;");
}
