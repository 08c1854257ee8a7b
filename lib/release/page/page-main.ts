/**
 * What a page runs: it opens the network that the page holds, looks whether page and browser are sound, and shows its views.
 *
 * @module
 */
import { crc32 } from "../../files/crc32";
import { Problem } from "../../runtime/problem";
import { readGraph } from "../read-graph";
import { boxesView } from "./boxes-view";
import { decodeInPage } from "./decode-in-page";
import { button, element, sentenceOf } from "./elements";
import { areaOfMask } from "../../pictures/mask";
import type { Picture } from "../../pictures/picture";
import type { FinderCard } from "../card";
import type { FindOutline } from "../find-lesion";
import { unpackHalf } from "../half-weights";
import { openFinder } from "./open-finder";
import { openModel } from "./open-model";
import { fromBase64, unpackWeights } from "./packed-weights";
import { openPictureFile, type BrowserDecoder } from "./read-picture";
import type { PageContents } from "./render-page";
import { refusingDecoder, tryView, type View } from "./try-view";

const textOf = (id: string) => document.getElementById(id)!.textContent;

async function start(): Promise<void> {
  const main = document.querySelector("main")!;
  const contents = JSON.parse(textOf("contents")) as PageContents;
  const [stated, text] = [document.getElementById("contents")!.dataset.sum, textOf("contents") + textOf("weights")];
  if (crc32(new TextEncoder().encode(text)) !== Number(stated))
    throw new Problem("The page is not as it was written.", "It is damaged or was changed: get it again.");
  const views: [string, View][] = [];
  let decode: BrowserDecoder = decodeInPage;
  if (contents.release !== null) {
    const { card, graph: plain, check, others: asked, finder } = contents.release;
    const [weights = "", ...more] = textOf("weights").split("\n");
    const graph = readGraph(plain, "The page");
    const judge = openModel(card, graph, unpackWeights(graph, weights));
    const picture = {
      width: check.width,
      height: check.height,
      pixels: Float32Array.from(fromBase64(check.levels), (level) => level / 255),
    };
    const { probability } = judge({ picture, box: check.box, device: undefined, pixelSize: check.pixelSize });
    if (!(Math.abs(probability - check.probability) < 1e-4))
      throw new Problem(
        `This browser computes ${probability} for the page's own image, and the library ${check.probability}.`,
        "Use another browser, and tell the authors.",
      );
    const opened = await openPictureFile(fromBase64(check.jpeg), "The page's own image", decodeInPage).catch(
      () => null,
    );
    const read = await opened?.read(0);
    const difference = Math.max(
      ...(read?.picture.pixels ?? [NaN]).map((level, at) => Math.abs(level - check.decoded[at]! / 255)),
    );
    if (!(difference <= check.tolerance))
      decode = refusingDecoder(
        "This browser changes the pictures that a page looks at, to protect you from being recognised: the network would judge another image.",
      );
    const others = asked.map((one, index) => {
      const other = readGraph(one.graph, "The page");
      return openModel(one.card, other, unpackWeights(other, more[index] ?? ""));
    });
    const find = finder === null ? null : openChecked(card.finder!, finder, more[asked.length] ?? "", picture);
    views.push(["Try the network", tryView({ card, judge, find, others, decode })]);
  }
  views.push(["Draw boxes for a set", boxesView(decode)]);
  showViews(main, views);
}

// Checked at the first picture: looking for a lesion takes longer than all else.
function openChecked(
  card: FinderCard,
  { graph: plain, check }: NonNullable<NonNullable<PageContents["release"]>["finder"]>,
  packed: string,
  own: Picture,
): FindOutline {
  const graph = readGraph(plain, "The page");
  const find = openFinder(card, graph, unpackHalf(graph, fromBase64(packed)));
  let isChecked = false;
  return (picture, box) => {
    if (!isChecked) {
      const { mask, expectedDice } = find(own, undefined);
      const area = mask === null ? 0 : areaOfMask(mask);
      // Some pixels lie on the border within the digits of float32.
      const near = Math.abs(area - check.area) <= 4 && Math.abs(expectedDice - check.expectedDice) < 1e-3;
      if (!near)
        throw new Problem(
          `This browser finds a lesion of ${area} pixels in the page's own image, and the library one of ${check.area}.`,
          "Use another browser, and tell the authors.",
        );
      isChecked = true;
    }
    return find(picture, box);
  };
}

function showViews(main: HTMLElement, views: readonly [string, View][]): void {
  let current = views[0]![1];
  const tabs = views.map(([name, view], index) =>
    button(
      name,
      () => {
        choose(view);
      },
      { role: "tab", id: `tab-${index}`, "aria-controls": `view-${index}` },
    ),
  );
  const choose = (view: View) => {
    current = view;
    for (const [index, [, one]] of views.entries()) {
      one.root.hidden = one !== view;
      tabs[index]!.setAttribute("aria-selected", String(one === view));
    }
  };
  for (const [index, [, { root }]] of views.entries()) {
    root.id = `view-${index}`;
    root.setAttribute("role", "tabpanel");
    root.setAttribute("aria-labelledby", `tab-${index}`);
  }
  main.replaceChildren(
    ...(views.length > 1
      ? [element("div", { class: "tabs", role: "tablist", "aria-label": "What to do" }, ...tabs)]
      : []),
    ...views.map(([, { root }]) => root),
  );
  choose(current);
  // What is dropped anywhere is taken: a browser would otherwise show the file in the place of the page.
  const stop = (event: DragEvent) => {
    event.preventDefault();
    document.body.classList.toggle("dropping", event.type === "dragover");
  };
  for (const kind of ["dragover", "dragleave", "drop"] as const) window.addEventListener(kind, stop);
  window.addEventListener("drop", (event) => {
    current.take([...(event.dataTransfer?.files ?? [])]);
  });
  window.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0 || !(event.target instanceof HTMLInputElement)) current.take(files);
  });
  document.documentElement.dataset.page = "ready";
}

start().catch((error: unknown) => {
  const sentence = element("p", { class: "message", role: "alert" }, sentenceOf(error));
  document.querySelector("main")!.replaceChildren(sentence);
  document.documentElement.dataset.page = "failed";
});
