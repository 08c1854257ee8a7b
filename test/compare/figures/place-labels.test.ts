import { deepEqual, equal, ok } from "node:assert/strict";

import { placeLabels, type LabelledPoint } from "../../../lib/compare/figures/place-labels";

const space = { widths: [600] as const, height: 400, size: 12 };
const pointAt = (x: number, y: number, text: string): LabelledPoint => ({
  x,
  y,
  top: y - 20,
  bottom: y + 20,
  lines: [text],
});

/** The box that a label takes, a little smaller than what is kept free. */
function boxOf({ x, y, lines: [text] }: LabelledPoint, place: { shiftX: number; shiftY: number }) {
  const half = text!.length * 3.4;
  const [left, top] = [x + place.shiftX - half, y + place.shiftY - 6];
  return { left, right: left + 2 * half, top, bottom: top + 12 };
}

describe("placeLabels(points, space)", () => {
  it("puts a lone label right of its point", () => {
    const [place] = placeLabels([pointAt(100, 100, "VGG16")], space);
    equal(place!.shiftY, 0);
    ok(place!.shiftX > 0);
  });

  it("keeps labels within the drawing", () => {
    const points = [pointAt(595, 200, "EfficientNet-B0"), pointAt(5, 100, "MobileNetV2")];
    placeLabels(points, space).forEach((place, index) => {
      const { left, right } = boxOf(points[index]!, place);
      ok(left >= 0 && right <= space.widths[0]);
    });
  });

  it("lets no label cover another or a point in a crowd", () => {
    const points = ["ResNet-18", "ResNet-34", "VGG16", "DenseNet-121", "plain CNN"].map((text, index) =>
      pointAt(300 + 7 * index, 200 + 11 * (index % 3), text),
    );
    const boxes = placeLabels(points, space).map((place, index) => boxOf(points[index]!, place));
    boxes.forEach((box, index) => {
      for (const other of boxes.slice(index + 1)) {
        ok(box.right <= other.left || other.right <= box.left || box.bottom <= other.top || other.bottom <= box.top);
      }
      for (const { x, y } of points) ok(x < box.left || x > box.right || y < box.top || y > box.bottom);
    });
  });

  it("lets none cover another on a wider page either, where points move apart and labels go with them", () => {
    const points = ["plain CNN", "random 2", "DenseNet-121", "EfficientNet-B0", "VGG-11", "ENAS", "ResNet-18"].map(
      (text, index) => pointAt(20 + 33 * index, 150 + 17 * (index % 3), text),
    );
    const widths = [258, 620, 924, 1340] as const;
    const placed = placeLabels(points, { ...space, widths });
    for (const width of widths) {
      const moved = points.map((point) => ({ ...point, x: (point.x * width) / widths[0] }));
      const boxes = placed.map((place, index) => boxOf(moved[index]!, place));
      boxes.forEach((box, index) => {
        for (const other of boxes.slice(index + 1)) {
          const apart =
            box.right <= other.left || other.right <= box.left || box.bottom <= other.top || other.bottom <= box.top;
          ok(apart, `${width}: ${points[index]!.lines[0]!}`);
        }
      });
    }
  });

  it("keeps labels off lines that run across", () => {
    const point = pointAt(100, 100, "VGG-11");
    const [free] = placeLabels([point], space);
    equal(free!.shiftY, 0);
    const lines = [100, 82, 118];
    const { top, bottom } = boxOf(point, placeLabels([point], { ...space, lines })[0]!);
    for (const y of lines) ok(y < top || y > bottom, String(y));
  });

  it("gives the same for the same points, and nothing for none", () => {
    const points = [pointAt(10, 10, "a"), pointAt(12, 10, "b")];
    deepEqual(placeLabels(points, space), placeLabels(points, space));
    deepEqual(placeLabels([], space), []);
  });
});
