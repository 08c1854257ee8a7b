import { boxEditor } from "./box-editor";
import { readBoxes, writeBoxes, type BoxedImage } from "./boxes-table";
import { button, element, fileButton, sentenceOf } from "./elements";
import { openPictureFile, type BrowserDecoder, type PictureOfFile } from "./read-picture";
import type { View } from "./try-view";

/** Where progress is kept in the browser. */
const kept = "sononas boxes";

/** What keys say of an image. */
const labelKeys: Readonly<Record<string, BoxedImage["label"]>> = { b: "benign", m: "malignant", o: "normal", u: "" };

/** Files that lie among images and are none. */
const noImage = /(?:^|\/)\.|\.(?:csv|tsv|xlsx?|txt|json|md|html?|zip|py|DS_Store|db)$/i;

/** Makes the view in which a person draws the boxes of a whole set. */
export function boxesView(decode: BrowserDecoder): View {
  const message = element("p", { class: "message", role: "alert" });
  const counted = element("p", { class: "counted", "aria-live": "polite" });
  const list = element("select", { size: 12, "aria-label": "Images of the set" });
  const title = element("h2", { class: "name" });
  const patient = element("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  let images: BoxedImage[] = [];
  let files = new Map<string, File>();
  let current = -1;
  let shown: PictureOfFile | null = null;
  let turn = 0;
  let unsaved = false;

  const editor = boxEditor((_, done) => {
    if (done && shown !== null) keep({ box: boxInFile() });
  });
  const labels = (["benign", "malignant", "normal", ""] as const).map((label) => {
    const key = Object.entries(labelKeys).find(([, own]) => own === label)![0];
    const made = button(`${label === "" ? "not said" : label} (${key.toUpperCase()})`, () => {
      keep({ label });
    });
    made.dataset.label = label;
    return made;
  });
  const shape = element(
    "select",
    { "aria-label": "Shape" },
    element("option", { value: "box" }, "box"),
    element("option", { value: "ellipse" }, "ellipse"),
  );
  shape.addEventListener("change", () => {
    editor.setShape(shape.value === "ellipse" ? "ellipse" : "box");
  });
  const work = element(
    "div",
    { class: "columns", hidden: true },
    element(
      "div",
      { class: "left" },
      title,
      editor.root,
      element(
        "p",
        { class: "small" },
        "Keys: N or Page Down for the next image, P or Page Up for the one before; B benign, M malignant, O normal, U not said; arrows move the box, with Shift they resize it. Of an ellipse, the box around it is written.",
      ),
    ),
    element(
      "div",
      { class: "right" },
      element(
        "div",
        { class: "row" },
        button("Before (P)", () => void go(current - 1)),
        button("Next (N)", () => void go(current + 1)),
      ),
      element("div", { class: "row", role: "group", "aria-label": "Class" }, ...labels),
      element("label", { class: "row" }, "Patient ", patient),
      element("label", { class: "row" }, "Drawn as ", shape),
      list,
      counted,
      element("div", { class: "row" }, button("Write images.csv", write, { class: "main" })),
      element(
        "p",
        { class: "small" },
        "Put images.csv into the folder of the images, then: npm run data -- import NAME FOLDER",
      ),
    ),
  );
  const root = element(
    "div",
    { class: "view" },
    element(
      "div",
      { class: "choose" },
      fileButton({ text: "Open a folder", take, attributes: { webkitdirectory: true, multiple: true } }),
      fileButton({ text: "Choose images", take, attributes: { multiple: true } }),
      fileButton({ text: "Carry on from an images.csv", take, attributes: { accept: ".csv,text/csv" } }),
      element(
        "span",
        { class: "small" },
        "or drop images anywhere here. They stay where they are, and are not sent anywhere.",
      ),
    ),
    message,
    work,
  );

  function boxInFile(): BoxedImage["box"] {
    const box = editor.box();
    return box === null ? null : { ...box, left: box.left + shown!.part.left, top: box.top + shown!.part.top };
  }

  function keep(change: Partial<BoxedImage>): void {
    const before = images[current];
    if (before === undefined) return;
    images[current] = { ...before, ...change };
    unsaved = true;
    // One text for each image: a set of thousands is not written anew at each stroke.
    remember(images[current]!);
    tell();
  }

  function tell(): void {
    const boxed = images.filter(({ box }) => box !== null).length;
    const labelled = images.filter(({ label }) => label !== "").length;
    counted.textContent = `${boxed} of ${images.length} images have a box, ${labelled} a class.`;
    for (const [index, one] of images.entries()) {
      const option = list.options[index];
      if (option !== undefined)
        option.textContent = `${one.box === null ? "○" : "●"} ${one.image}${one.label === "" ? "" : `, ${one.label}`}`;
    }
    const label = images[current]?.label;
    for (const one of labels) one.setAttribute("aria-pressed", String(one.dataset.label === label));
  }

  async function go(index: number): Promise<void> {
    const own = ++turn;
    const image = images[index];
    if (image === undefined) {
      message.textContent = index < 0 ? "This is the first image." : "This is the last image.";
      return;
    }
    [current, shown] = [index, null];
    list.selectedIndex = index;
    title.textContent = image.image;
    patient.value = image.patient;
    message.textContent = "";
    editor.root.hidden = true;
    tell();
    const file = files.get(image.image);
    if (file === undefined) {
      message.textContent = `${image.image} is in images.csv, and not among the images that were opened: open their folder.`;
      return;
    }
    try {
      const opened = await openPictureFile(new Uint8Array(await file.arrayBuffer()), image.image, decode);
      const read = await opened.read(opened.first);
      if (own !== turn) return;
      shown = read;
      const { box } = image;
      const { left, top } = read.part;
      editor.show(read.picture, box === null ? null : { ...box, left: box.left - left, top: box.top - top });
      editor.root.hidden = false;
      message.textContent = read.remarks.join(" ");
      editor.focus();
    } catch (error) {
      if (own === turn) message.textContent = sentenceOf(error);
    }
  }

  function take(given: readonly File[]): void {
    void open(given);
  }
  async function open(given: readonly File[]): Promise<void> {
    try {
      const tables = given.filter(({ name }) => /\.csv$/i.test(name));
      const pictures = given.filter((file) => !noImage.test(pathIn(file)));
      if (pictures.length > 0) {
        files = new Map(
          [...pictures]
            .map((file) => [pathIn(file), file] as const)
            .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })),
        );
        images = [...files].map(([image, file]) => recall(image, file));
      }
      const table = tables.find(({ name }) => name === "images.csv") ?? (pictures.length === 0 ? tables[0] : undefined);
      if (table !== undefined) merge(readBoxes(await table.text()));
      if (images.length === 0) {
        message.textContent = "There is no image among these files.";
        return;
      }
      work.hidden = false;
      list.replaceChildren(...images.map(() => element("option")));
      const open = images.findIndex(({ box }) => box === null);
      await go(Math.max(0, open));
    } catch (error) {
      message.textContent = sentenceOf(error);
    }
  }

  // What a table says of an image of which something is known here already does not undo that.
  function merge(table: readonly BoxedImage[]): void {
    const known = new Map(images.map((image, index) => [image.image, index]));
    for (const row of table) {
      const index = known.get(row.image);
      if (index === undefined) images.push(row);
      else if (images[index]!.box === null) images[index] = { ...row };
    }
  }

  function write(): void {
    const link = element("a", { download: "images.csv" });
    link.href = URL.createObjectURL(new Blob([writeBoxes(images)], { type: "text/csv" }));
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => {
      URL.revokeObjectURL(link.href);
    }, 10_000);
    unsaved = false;
  }

  function remember(image: BoxedImage): void {
    try {
      const file = files.get(image.image);
      if (file !== undefined) localStorage.setItem(keyOf(file), JSON.stringify(image));
    } catch {
      message.textContent =
        "This browser keeps nothing for pages from the disk: write images.csv before you close the page, and carry on from it.";
    }
  }

  patient.addEventListener("input", () => {
    keep({ patient: patient.value.trim() });
  });
  list.addEventListener("change", () => void go(list.selectedIndex));
  window.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (root.hidden || work.hidden) return;
    const isTyping = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (event.ctrlKey || event.metaKey || event.altKey || (isTyping && !key.startsWith("Page"))) return;
    const letter = key.toLowerCase();
    const step = { n: 1, pagedown: 1, p: -1, pageup: -1 }[letter];
    const label = labelKeys[letter];
    if (step !== undefined) void go(current + step);
    else if (label !== undefined) keep({ label });
    else return;
    event.preventDefault();
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  return { root, take };
}

/** What was kept of an image; nothing where the browser keeps nothing. */
function recall(image: string, file: File): BoxedImage {
  const empty: BoxedImage = { image, patient: "", label: "", box: null };
  try {
    return {
      ...empty,
      ...(JSON.parse(localStorage.getItem(keyOf(file)) ?? "{}") as Partial<BoxedImage>),
      image,
    };
  } catch {
    return empty;
  }
}

// Sets have files of one name: pages from the disk share what a browser keeps.
const keyOf = (file: File) => `${kept} ${pathIn(file)} ${file.size} ${file.lastModified}`;

/** The path of a file within the folder that was opened. */
function pathIn({ name, webkitRelativePath }: File): string {
  return webkitRelativePath === "" ? name : webkitRelativePath.split("/").slice(1).join("/");
}
