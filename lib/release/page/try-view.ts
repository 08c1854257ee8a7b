import { needsLesion, needsPixelSize } from "../../data/prepare/configuration";
import { viridis } from "../../explain/viridis";
import type { Box, Mask, Picture } from "../../pictures/picture";
import { Problem } from "../../runtime/problem";
import type { ReleaseCard } from "../card";
import { asksFinder, doubtsOf, type FindOutline } from "../find-lesion";
import { boxEditor } from "./box-editor";
import { button, element, fileButton, sentenceOf } from "./elements";
import type { Judgement, OpenModel } from "./open-model";
import { openPictureFile, type BrowserDecoder, type OpenedFile, type PictureOfFile } from "./read-picture";

/** What the view of a network does its work with. */
export interface TryTools {
  readonly card: ReleaseCard;
  readonly judge: OpenModel;
  /** Finds the lesion where no box is drawn; null: a box has to be drawn. */
  readonly find: FindOutline | null;
  /** Networks that are asked beside it, to see whether they agree. */
  readonly others: readonly OpenModel[];
  readonly decode: BrowserDecoder;
}

/** A view of the page. */
export interface View {
  readonly root: HTMLElement;
  /** Takes files that were dropped or pasted. */
  take(files: readonly File[]): void;
}

/** What cameras and the browser's choice of files offer; DICOM often has no ending at all. */
const accepted = "image/png,image/jpeg,image/bmp,image/webp,.dcm,.dicom,application/dicom,application/octet-stream";

/** Makes the view in which a network judges one image after the other. */
export function tryView({ card, judge, find, others, decode }: TryTools): View {
  const needed = needsLesion(card.preparation);
  const scaled = needsPixelSize(card.preparation);
  const message = element("p", { class: "message", role: "alert" });
  const name = element("h2", { class: "name" }, "Your image");
  const hint = element("p", { class: "hint" });
  const editor = boxEditor((_, done) => {
    update(done);
  });
  const frame = element("input", { type: "range", min: 0, step: 1 });
  const frameText = element("output", {});
  const frames = element("label", { class: "slider", hidden: true }, "Frame ", frame, frameText);
  const result = element("section", { class: "result", "aria-live": "polite", "aria-label": "What the network says" });
  const strength = element("input", { type: "range", min: 0, max: 100, value: 75 });
  const strengthText = element("output", {}, "75 %");
  const legend = element("p", { class: "small" });
  const bar = element("canvas", { class: "colors", width: 256, height: 1, "aria-hidden": "true" });
  const map = element(
    "div",
    { class: "map", hidden: true },
    element("label", { class: "slider" }, "Heat map ", strength, strengthText),
    bar,
    legend,
  );
  const choose = element(
    "div",
    { class: "choose" },
    fileButton({ text: "Choose an image", take, attributes: { accept: accepted } }),
    fileButton({
      text: "Photograph one",
      take,
      attributes: { accept: "image/jpeg,image/png", capture: "environment" },
    }),
    element("span", { class: "small" }, "or drop one anywhere here, or paste one. PNG, JPEG, BMP, WebP, DICOM."),
  );
  // It stays where it is: a field that is left changes all that is said, also what is pressed just then.
  const pixelSize = element("input", { type: "number", min: 0.001, max: 10, step: "any", inputmode: "decimal" });
  const scale = element(
    "label",
    { class: "slider", hidden: !scaled },
    "Millimetres from one pixel to the next ",
    pixelSize,
  );
  const forget = button("Take the lesion that is found", () => {
    if (shown === null) return;
    editor.show(shown.picture, null);
    update(true);
  });
  forget.hidden = editor.root.hidden = true;
  const left = element("div", { class: "left" }, name, hint, editor.root, forget, scale, frames);
  const root = element(
    "div",
    { class: "view" },
    choose,
    message,
    element("div", { class: "columns" }, left, element("div", { class: "right" }, result, map)),
  );
  const colors = bar.getContext("2d")!;
  colors.putImageData(
    colorsOf({ width: 256, height: 1, pixels: Float32Array.from({ length: 256 }, (_, at) => at / 255) }),
    0,
    0,
  );
  hint.textContent = !needed
    ? "The network looks at the whole image."
    : find === null
      ? "The network looks at the lesion and its surroundings: draw a box around it."
      : "The network looks at the lesion and its surroundings, and another one finds the lesion. Where it is wrong, draw a box around the lesion.";

  let opened: OpenedFile | null = null;
  let shown: PictureOfFile | null = null;
  let last: Judgement | null = null;
  let [turn, search] = [0, 0];

  const say = (text: string) => {
    message.textContent = text;
  };
  const clear = () => {
    last = null;
    delete root.dataset.probability;
    result.replaceChildren();
    map.hidden = true;
    editor.setOverlay(null);
    editor.setOutline(null);
  };
  const layMap = () => {
    const alpha = Number(strength.value) / 100;
    strengthText.textContent = `${strength.value} %`;
    if (last?.map == null) return;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [last.map.width, last.map.height];
    canvas.getContext("2d")!.putImageData(colorsOf(last.map), 0, 0);
    editor.setOverlay({ canvas, part: last.part, alpha });
  };
  strength.addEventListener("input", layMap);
  pixelSize.addEventListener("input", () => {
    update(true);
  });

  function update(done: boolean): void {
    if (shown === null || !done) return;
    const box = editor.box() ?? undefined;
    search++;
    clear();
    forget.hidden = find === null || box === undefined;
    if (scaled && !pixelSize.checkValidity())
      result.append(
        element("p", {}, "Millimetres from one pixel to the next are from 0.001 to 10: 0.08, for example."),
      );
    else if (scaled && pixelSize.value === "")
      result.append(
        element("p", {}, "Say how long a pixel is: the network looks at a part of the image in millimetres."),
      );
    else if (find !== null && asksFinder(card.preparation, box, null)) void lookForLesion(find, shown, box);
    else if (needed && box === undefined)
      result.append(element("p", {}, "Draw a box around the lesion: the network looks at it and its surroundings."));
    else judgeImage(shown, { box }, []);
  }

  async function lookForLesion(by: FindOutline, of: PictureOfFile, box: Box | undefined): Promise<void> {
    const own = search;
    result.append(element("p", {}, "Looking for the lesion …"));
    // The browser first shows the picture, and that something is done.
    await new Promise((resolve) => setTimeout(resolve, 30));
    if (own !== search) return;
    try {
      const outline = by(of.picture, box);
      result.replaceChildren();
      const { mask, expectedDice } = outline;
      if (mask !== null) {
        editor.setOutline(mask);
        const cautions = doubtsOf(outline, of.picture, box, card.finder!.sure);
        const where = box === undefined ? "" : " in the box";
        const found = `The lesion's outline${where} (blue) was found by a network: it expects a Dice coefficient of ${expectedDice.toFixed(2)} of it, where 1 would be an expert's own line. Where it is wrong, draw a box around the lesion.`;
        judgeImage(of, { mask }, [element("p", { class: "small found" }, found)], cautions);
      } else if (box !== undefined) judgeImage(of, { box }, [], ["In the box no outline was found."]);
      else
        result.append(
          element(
            "p",
            { class: "found" },
            "No lesion was found in this picture. Where there is one, draw a box around it.",
          ),
        );
    } catch (error) {
      say(sentenceOf(error));
    }
  }

  function judgeImage(
    { picture, device, remarks }: PictureOfFile,
    { box, mask }: { readonly box?: Box | undefined; readonly mask?: Mask },
    notes: readonly Node[],
    cautions: readonly string[] = [],
  ): void {
    try {
      const image = { picture, box, mask, device, ...(scaled && { pixelSize: pixelSize.valueAsNumber }) };
      last = judge(image);
      root.dataset.probability = String(last.probability);
      const opinions = [last, ...others.map((other) => other(image))];
      say("");
      result.append(...describe(card, opinions, [...cautions, ...remarks]), ...notes);
      map.hidden = false;
      strength.disabled = last.map === null;
      legend.textContent =
        typeof last.largest === "string"
          ? last.largest
          : `What speaks for malignant (Grad-CAM), from nothing on the left to the largest of this image, ${last.largest.toPrecision(2)} in log-odds, on the right. It shows where the network looks, not where a tumour is.`;
      layMap();
    } catch (error) {
      say(sentenceOf(error));
    }
  }

  async function showFrame(index: number): Promise<void> {
    const own = ++turn;
    try {
      const read = await opened!.read(index);
      if (own !== turn) return;
      const box = shown === null ? null : editor.box();
      shown = read;
      editor.root.hidden = false;
      frameText.textContent = `${index + 1} of ${opened!.frames}`;
      editor.show(read.picture, box);
      editor.root.classList.toggle("plain", !needed);
      update(true);
    } catch (error) {
      if (own === turn) say(sentenceOf(error));
    }
  }
  frame.addEventListener("input", () => void showFrame(Number(frame.value)));

  function take(files: readonly File[]): void {
    void open(files);
  }
  async function open(files: readonly File[]): Promise<void> {
    const own = ++turn;
    const [file] = files;
    if (file === undefined) {
      say("There was no image in that: drop or paste an image file.");
      return;
    }
    say(`Reading ${file.name} …`);
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const next = await openPictureFile(bytes, file.name, decode);
      if (own !== turn) return;
      [opened, shown] = [next, null];
      name.textContent = file.name;
      clear();
      frames.hidden = next.frames === 1;
      frame.max = String(next.frames - 1);
      frame.value = String(next.first);
      say(files.length > 1 ? `The first of ${files.length} files is shown.` : "");
      await showFrame(next.first);
      if (needed && !editor.root.hidden) editor.focus();
    } catch (error) {
      if (own !== turn) return;
      // The picture before must not be taken for this one.
      [opened, shown] = [null, null];
      name.textContent = file.name;
      frames.hidden = forget.hidden = editor.root.hidden = true;
      clear();
      say(sentenceOf(error));
    }
  }
  return { root, take };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Says what a network says of an image, whose opinion is the first, and whether the others agree. */
function describe(card: ReleaseCard, opinions: readonly Judgement[], remarks: readonly string[]): Node[] {
  const { probability, label, warnings } = opinions[0]!;
  const side = label === "malignant" ? "at or above" : "below";
  const meter = element("div", { class: "meter", "aria-hidden": "true" });
  const filled = element("span", { class: `filled ${label}` });
  const mark = element("span", { class: "mark" });
  filled.style.width = `${100 * probability}%`;
  mark.style.left = `${100 * card.threshold}%`;
  meter.append(filled, mark);
  const cautions = [...warnings, ...remarks];
  const list = element("ul", {}, ...cautions.map((one) => element("li", {}, one)));
  const calibration =
    card.temperature === 1
      ? "The probability is as the network gives it: no temperature was fitted, and how well it agrees with frequencies is not known."
      : `Probabilities were calibrated by a temperature of ${card.temperature.toPrecision(3)}.`;
  return [
    element("p", { class: "probability" }, element("strong", {}, percent(probability)), " probability of malignancy"),
    meter,
    element(
      "p",
      {},
      `That is ${side} the threshold of ${percent(card.threshold)}, from which on an image counts as malignant: the network calls it `,
      element("strong", { class: label }, label),
      ".",
    ),
    element("p", { class: "small" }, `The threshold: ${card.thresholdOrigin}.`),
    element("p", { class: "small" }, calibration),
    element("p", { class: opinions.length === 1 ? "small agreement" : "agreement" }, agreementOf(opinions)),
    ...(cautions.length === 0
      ? [
          element(
            "p",
            { class: "small" },
            "Nothing about the image is unlike those of the training, as far as it is looked at: colours, size, gray levels.",
          ),
        ]
      : [element("div", { class: "warnings" }, element("h3", {}, "Be careful"), list)]),
  ];
}

/** Says how far networks agree on an image. */
function agreementOf(opinions: readonly Pick<Judgement, "probability" | "label">[]): string {
  const [{ label } = { label: "benign" }] = opinions;
  if (opinions.length === 1) return "One network alone: how far others, trained alike, would agree is not known.";
  const same = opinions.filter((one) => one.label === label).length;
  const probabilities = opinions.map(({ probability }) => probability);
  const reach = `${percent(Math.min(...probabilities))} to ${percent(Math.max(...probabilities))}`;
  const call =
    same === opinions.length
      ? `All ${opinions.length} networks call it ${label}`
      : `${same} of ${opinions.length} networks call it ${label}, each by its own threshold`;
  return `${call}; their probabilities reach from ${reach}.${same === opinions.length ? "" : " They do not agree: the result is unsure."}`;
}

/** Paints a map in the colours of viridis, the clearer the smaller its values, so that the picture shows where it says nothing. */
function colorsOf({ width, height, pixels }: Picture): ImageData {
  const image = new ImageData(width, height);
  for (const [pixel, value] of pixels.entries())
    image.data.set([...viridis(value), 255 * Math.min(1, Math.max(0, value))].map(Math.round), 4 * pixel);
  return image;
}

/**
 * Makes a decoder that refuses all, once a browser was found to change pictures.
 *
 * @param why What was found.
 */
export function refusingDecoder(why: string): BrowserDecoder {
  return () =>
    Promise.reject(
      new Problem(
        why,
        "PNG of 8 or 16 bits without a palette, BMP and DICOM are read without the browser's help: save it as PNG.",
      ),
    );
}
