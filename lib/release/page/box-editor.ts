import { commonPart } from "../../data/prepare/region";
import { outlineColors } from "../../display/colors";
import { outlineOfMask } from "../../pictures/mask";
import type { Box, Mask, Picture } from "../../pictures/picture";
import { element } from "./elements";

/** What is laid over a part of a picture. */
export interface Overlay {
  readonly canvas: HTMLCanvasElement;
  readonly part: Box;
  /** How much of it is seen, 0 to 1. */
  readonly alpha: number;
}

/** A picture on which a box is drawn, moved and resized: by mouse, pen and finger, by keys, and in numbers. */
export interface BoxEditor {
  readonly root: HTMLElement;
  /** Shows another picture, and the box on it; null for none yet. */
  show(picture: Picture, box: Box | null): void;
  /** Shows the box as a rectangle or as the ellipse in it. */
  setShape(shape: "box" | "ellipse"): void;
  setOverlay(overlay: Overlay | null): void;
  /** Draws the outline of a lesion that was found, of the picture's size; null for none. It lies under the box. */
  setOutline(outline: Mask | null): void;
  /** The box, in whole pixels of the picture; null where there is none. */
  readonly box: () => Box | null;
  focus(): void;
}

/** How near, in pixels of the page, a finger has to come to a corner. */
const reach = 18;

const sides = ["left", "top", "width", "height"] as const;

/**
 * Makes an editor of boxes.
 *
 * @param changed Called whenever the person has changed the box; `done` is false while a finger still moves.
 */
export function boxEditor(changed: (box: Box | null, done: boolean) => void): BoxEditor {
  const canvas = element("canvas", {
    class: "picture",
    tabindex: 0,
    role: "application",
    "aria-label":
      "The picture. Arrow keys move the lesion's box, with Shift they change its size, with Control by ten pixels; Delete removes it. The same can be done in the fields below.",
  });
  const fields = sides.map((side) => element("input", { type: "number", step: 1, inputmode: "numeric", name: side }));
  const labels = sides.map((side, index) => element("label", {}, `${side} `, fields[index]!));
  const numbers = element(
    "fieldset",
    { class: "numbers" },
    element("legend", {}, "The lesion's box, in pixels"),
    ...labels,
  );
  const root = element("div", { class: "editor" }, canvas, numbers);
  const plain = document.createElement("canvas");
  let size = { width: 0, height: 0 };
  let box: Box | null = null;
  let shape: "box" | "ellipse" = "box";
  let overlay: Overlay | null = null;
  let outline: HTMLCanvasElement | null = null;

  const draw = () => {
    const context = canvas.getContext("2d")!;
    context.drawImage(plain, 0, 0);
    if (overlay !== null && overlay.alpha > 0) {
      context.save();
      context.globalAlpha = overlay.alpha;
      context.imageSmoothingEnabled = true;
      const { left, top, width, height } = overlay.part;
      context.drawImage(overlay.canvas, left, top, width, height);
      context.restore();
    }
    if (outline !== null) context.drawImage(outline, 0, 0);
    if (box === null) return;
    const thickness = Math.max(1, size.width / Math.max(1, canvas.clientWidth || size.width));
    for (const [color, width] of [
      ["#000", 4],
      ["#ffd23f", 2],
    ] as const) {
      context.strokeStyle = color;
      context.lineWidth = width * thickness;
      context.beginPath();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      if (shape === "ellipse") context.ellipse(x, y, box.width / 2, box.height / 2, 0, 0, 2 * Math.PI);
      else context.rect(box.left, box.top, box.width, box.height);
      context.stroke();
    }
    context.fillStyle = "#ffd23f";
    for (const [x, y] of cornersOf(box))
      context.fillRect(x - 4 * thickness, y - 4 * thickness, 8 * thickness, 8 * thickness);
  };
  const write = () => {
    for (const [index, side] of sides.entries()) fields[index]!.value = box === null ? "" : String(box[side]);
  };
  const set = (next: Box | null, done: boolean) => {
    box = next === null ? null : within(next, size);
    draw();
    write();
    changed(box, done);
  };

  const placeOf = ({ clientX, clientY }: PointerEvent): [number, number] => {
    const bounds = canvas.getBoundingClientRect();
    const scale = size.width / bounds.width;
    return [(clientX - bounds.left) * scale, (clientY - bounds.top) * scale];
  };
  let drag: ((x: number, y: number) => Box) | null = null;
  let before: Box | null = null;
  canvas.addEventListener("pointerdown", (event) => {
    if (size.width === 0 || event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    const [x, y] = placeOf(event);
    before = box;
    drag = dragFrom(box, x, y, (reach * size.width) / canvas.getBoundingClientRect().width);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (drag === null) return;
    const next = drag(...placeOf(event));
    if (next.width >= 1 && next.height >= 1) set(next, false);
  });
  canvas.addEventListener("pointerup", () => {
    if (drag === null) return;
    drag = null;
    // A tap draws nothing.
    set(box, true);
  });
  canvas.addEventListener("pointercancel", () => {
    drag = null;
    set(before, true);
  });
  canvas.addEventListener("keydown", (event) => {
    if (size.width === 0) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      set(null, true);
      return;
    }
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const start = box ?? middleOf(size);
    const [x, y] = step.map((one) => one * (event.ctrlKey ? 10 : 1)) as [number, number];
    set(
      // The first key draws a box in the middle.
      box === null
        ? start
        : event.shiftKey
          ? { ...start, width: Math.max(1, start.width + x), height: Math.max(1, start.height + y) }
          : { ...start, left: start.left + x, top: start.top + y },
      true,
    );
  });
  for (const field of fields)
    field.addEventListener("change", () => {
      const values = fields.map(({ value }) => Number(value));
      const written = fields.map(({ value }) => value.trim() !== "");
      if (written.every((one) => !one)) set(null, true);
      else if (written.every(Boolean) && values.every(Number.isInteger) && values[2]! >= 1 && values[3]! >= 1)
        set({ left: values[0]!, top: values[1]!, width: values[2]!, height: values[3]! }, true);
    });
  window.addEventListener("resize", () => {
    if (size.width > 0) draw();
  });

  return {
    root,
    show(picture, shown) {
      size = { width: picture.width, height: picture.height };
      for (const one of [canvas, plain]) [one.width, one.height] = [size.width, size.height];
      plain.getContext("2d")!.putImageData(imageOf(picture), 0, 0);
      overlay = outline = null;
      box = shown === null ? null : within(shown, size);
      // A tall picture does not push all else out of sight.
      canvas.style.maxWidth = `min(100%, ${Math.round((70 * size.width) / size.height)}vh)`;
      draw();
      write();
    },
    setShape(next) {
      shape = next;
      draw();
    },
    setOverlay(next) {
      overlay = next;
      draw();
    },
    setOutline(next) {
      outline = next === null ? null : lineAround(next);
      draw();
    },
    box: () => box,
    focus: () => {
      canvas.focus();
    },
  };
}

/** Makes gray levels an image of the browser. */
function imageOf({ width, height, pixels }: Picture): ImageData {
  const image = new ImageData(width, height);
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    image.data.fill(Math.round(Math.min(1, Math.max(0, pixels[pixel]!)) * 255), 4 * pixel, 4 * pixel + 3);
    image.data[4 * pixel + 3] = 255;
  }
  return image;
}

/** Draws the line around a mask, on a dark one, as wide as it is seen on a large picture too. */
function lineAround(mask: Mask): HTMLCanvasElement {
  const { width, height } = mask;
  const edge = document.createElement("canvas");
  [edge.width, edge.height] = [width, height];
  const context = edge.getContext("2d")!;
  const { pixels } = outlineOfMask(mask);
  const thickness = Math.max(2, Math.round(width / 250));
  for (const [color, wider] of [
    ["#000", 1],
    [outlineColors.found, 0],
  ] as const) {
    context.fillStyle = color;
    const side = thickness + 2 * wider;
    const shift = (side - 1) >> 1;
    for (const [place, one] of pixels.entries())
      if (one !== 0) context.fillRect((place % width) - shift, Math.floor(place / width) - shift, side, side);
  }
  return edge;
}

/** Holds a box to whole pixels of a picture; null where it lies outside. */
export function within(box: Box, picture: { readonly width: number; readonly height: number }): Box | null {
  const [left, top] = [Math.round(box.left), Math.round(box.top)];
  const whole = { left, top, width: Math.round(box.width), height: Math.round(box.height) };
  return commonPart(whole, { left: 0, top: 0, ...picture });
}

function middleOf({ width, height }: { readonly width: number; readonly height: number }): Box {
  const side = Math.max(1, Math.round(Math.min(width, height) / 3));
  return { left: Math.round((width - side) / 2), top: Math.round((height - side) / 2), width: side, height: side };
}

const cornersOf = ({ left, top, width, height }: Box): [number, number][] => [
  [left, top],
  [left + width, top],
  [left + width, top + height],
  [left, top + height],
];

/**
 * Says what a finger does that comes down at a place: near a corner it moves that, in the box it moves the box, elsewhere it draws
 * a new one.
 *
 * @param near How near a corner has to be, in the picture's pixels.
 * @returns The box while the finger is at another place; it may be empty, or reach beyond the picture.
 */
export function dragFrom(box: Box | null, x: number, y: number, near: number): (x: number, y: number) => Box {
  const between = (a: number, b: number, c: number, d: number): Box => {
    const [left, top] = [Math.round(Math.min(a, c)), Math.round(Math.min(b, d))];
    return { left, top, width: Math.round(Math.max(a, c)) - left, height: Math.round(Math.max(b, d)) - top };
  };
  if (box !== null) {
    const corners = cornersOf(box);
    const corner = corners.findIndex(([left, top]) => Math.hypot(left - x, top - y) <= near);
    if (corner >= 0) {
      const [oppositeX, oppositeY] = corners[(corner + 2) % 4]!;
      return (toX, toY) => between(oppositeX, oppositeY, toX, toY);
    }
    if (x > box.left && x < box.left + box.width && y > box.top && y < box.top + box.height)
      return (toX, toY) => ({ ...box, left: Math.round(box.left + toX - x), top: Math.round(box.top + toY - y) });
  }
  return (toX, toY) => between(x, y, toX, toY);
}
