import { seriesColors } from "../display/colors";
import { escapeHtml } from "../display/html";
import { contenderNames, type CaseName, type ContenderName } from "./cases";
import { describeGain, titles, warnOfLoad, type BenchmarkReport, type CaseReport, type Result } from "./report";

const width = 760;
const margin = 24;
/** Where bars begin and may end; right of them stand the numbers. */
const bars = { left: 140, right: 520 };
const rowHeight = 30;
const barHeight = 18;
const headHeight = 84;
const panelHead = 56;
const panelFoot = 18;

const questions: Readonly<Record<CaseName, string>> = {
  "child-step": "Training step of the shared weights",
  reward: "Reward of an architecture",
  "resnet18-step": "Training step of ResNet-18",
};

const colors: Readonly<Record<ContenderName, string>> = {
  ours: seriesColors[0]!,
  stock: seriesColors[3]!,
  torch: seriesColors[2]!,
};

/**
 * Draws what was measured: for each case and size a panel with a bar for each contender, as long as its median is, and a
 * whisker from the first to the third quartile. Each panel has a scale of its own, from 0.
 *
 * @returns The picture, a standalone SVG; the same for the same report.
 */
export function drawBenchmark(report: BenchmarkReport): string {
  const warning = warnOfLoad(report);
  let top = warning === "" ? headHeight : headHeight + 22;
  const panels = report.cases.map((one) => {
    const drawn = drawPanel(one, top);
    top += drawn.height;
    return drawn.svg;
  });
  const threads = report.threads === 1 ? "1 thread" : `${report.threads} threads`;
  const summary = report.cases.map(sayCase).join(" ");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" role="img" font-family="system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif" font-size="13" fill="#222">`,
    `<title>Benchmark: ${escapeHtml(summary)}</title>`,
    `<rect width="${width}" height="${top}" fill="#fff"/>`,
    `<text x="${margin}" y="34" font-size="18" font-weight="600">Time of one step, batch of 32 images</text>`,
    `<text x="${margin}" y="56" fill="#555">Median; whiskers: quartiles. ${escapeHtml(report.machine)}, ${threads}.</text>`,
    ...(warning === "" ? [] : [`<text x="${margin}" y="78" font-weight="600">${escapeHtml(warning)}</text>`]),
    ...panels,
    "</svg>\n",
  ].join("\n");
}

function drawPanel(one: CaseReport, top: number): { svg: string; height: number } {
  const rows = contenderNames.flatMap((contender) => {
    const result = one.results[contender];
    return result === undefined ? [] : [{ contender, result }];
  });
  const longest = Math.max(...rows.map(({ result }) => Math.max(result.medianMs, result.quartilesMs.high)));
  const scale = (bars.right - bars.left) / (longest || 1);
  const title = `${questions[one.case]}, ${one.size} × ${one.size} pixels`;
  const drawn = rows.map(({ contender, result }, index) =>
    drawBar(contender, result, top + panelHead + index * rowHeight, scale),
  );
  const bottom = top + panelHead + rows.length * rowHeight;
  const axis = `<line x1="${bars.left}" y1="${top + panelHead - 4}" x2="${bars.left}" y2="${bottom - 4}" stroke="#888"/>`;
  const head = [
    `<text x="${margin}" y="${top + 20}" font-weight="600">${title}</text>`,
    `<text x="${margin}" y="${top + 39}" fill="#555">${sayGains(one)}</text>`,
  ];
  return { svg: [...head, ...drawn, axis].join("\n"), height: bottom + panelFoot - top };
}

function drawBar(contender: ContenderName, result: Result, top: number, scale: number): string {
  const { medianMs, quartilesMs, peakRssMb } = result;
  const place = (milliseconds: number) => round(bars.left + milliseconds * scale);
  const middle = top + barHeight / 2;
  const [low, high] = [place(quartilesMs.low), place(quartilesMs.high)];
  const end = (x: number) => `M${x} ${middle - 5}V${middle + 5}`;
  const numbers = `${formatMilliseconds(medianMs)} · ${(peakRssMb / 1024).toFixed(1)} GB at most`;
  return [
    `<text x="${bars.left - 10}" y="${middle + 4.5}" text-anchor="end">${titles[contender]}</text>`,
    `<rect x="${bars.left}" y="${top}" width="${round(medianMs * scale)}" height="${barHeight}" fill="${colors[contender]}"/>`,
    `<path d="M${low} ${middle}H${high}${end(low)}${end(high)}" stroke="#222" stroke-width="1.5" fill="none"/>`,
    `<text x="${bars.right + 14}" y="${middle + 4.5}">${numbers}</text>`,
  ].join("\n");
}

function sayGains({ oursToStock, oursToTorch }: CaseReport): string {
  const gains = [
    oursToStock === null ? [] : [`${describeGain(oursToStock)} as fast as ${titles.stock}`],
    oursToTorch === null ? [] : [`${describeGain(oursToTorch)} as fast as ${titles.torch}`],
  ].flat();
  return gains.length === 0 ? "" : `${titles.ours} is ${gains.join(", ")}`;
}

function sayCase(one: CaseReport): string {
  const times = contenderNames.flatMap((contender) => {
    const result = one.results[contender];
    return result === undefined ? [] : [`${titles[contender]} ${formatMilliseconds(result.medianMs)}`];
  });
  return `${questions[one.case]}, ${one.size} × ${one.size} pixels: ${times.join(", ")}.`;
}

const formatMilliseconds = (milliseconds: number) =>
  `${milliseconds.toLocaleString("en-US", { maximumFractionDigits: milliseconds < 10 ? 1 : 0 })} ms`;

const round = (value: number) => Math.round(value * 10) / 10;
