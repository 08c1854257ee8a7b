/** A point of a drawing with what is written at it, in pixels from the upper left corner. */
export interface LabelledPoint {
  /** To the right. */
  readonly x: number;
  /** Down. */
  readonly y: number;
  /** Where its upright bar begins, down; that of a point without one is its `y`. */
  readonly top: number;
  /** Where its bar ends, down. */
  readonly bottom: number;
  /** The lines of its label, at least one. */
  readonly lines: readonly string[];
}

/** Where a label stands. */
export interface PlacedLabel {
  /** The middle of the label from its point, to the right, in pixels. */
  readonly shiftX: number;
  /** The same, down. */
  readonly shiftY: number;
}

/** What labels must keep to. */
export interface LabelSpace {
  /** The drawing's width in pixels. */
  readonly width: number;
  /** The drawing's height in pixels. */
  readonly height: number;
  /** The height of the letters in pixels. */
  readonly size: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Half of what a marker takes, with some air. */
const clearance = 9;

/** Half of what an upright bar takes, with its ends. */
const barWidth = 4;

/** A letter is this wide on average, of its height; a little more than in the fonts that are used. */
const letterWidth = 0.6;

/**
 * Places labels at points so that none covers another, a point or a bar, as far as there is room: for each label, from left to
 * right, the nearest free place around its point. It computes the same for the same points.
 *
 * @returns The place of each label, in the same order.
 */
export function placeLabels(points: readonly LabelledPoint[], { width, height, size }: LabelSpace): PlacedLabel[] {
  const markers = points.flatMap(({ x, y, top, bottom }) => [
    around(x, y, clearance, clearance),
    { left: x - barWidth, right: x + barWidth, top, bottom },
  ]);
  const taken: Box[] = [];
  const placed = new Array<PlacedLabel>(points.length).fill({ shiftX: 0, shiftY: 0 });
  const order = points.map((_, index) => index).sort((a, b) => points[a]!.x - points[b]!.x || a - b);
  for (const index of order) {
    const { x, y, lines } = points[index]!;
    const [half, rise] = [
      (Math.max(...lines.map((line) => line.length)) * size * letterWidth) / 2,
      0.65 * size * lines.length,
    ];
    let [best, least] = [{ shiftX: 0, shiftY: 0 }, Infinity];
    candidates(half, rise).forEach((place, rank) => {
      const box = around(x + place.shiftX, y + place.shiftY, half, rise);
      const covered = [...taken, ...markers].reduce((sum, other) => sum + overlap(box, other), 0);
      const outside =
        Math.max(0, -box.left) +
        Math.max(0, box.right - width) +
        Math.max(0, -box.top) +
        Math.max(0, box.bottom - height);
      const crossed = leaderOf(points[index]!, place).reduce(
        (sum, part) => sum + taken.reduce((area, other) => area + overlap(part, other), 0),
        0,
      );
      const cost = 10 * (covered + crossed) + 100 * outside + rank;
      if (cost < least) [best, least] = [place, cost];
    });
    placed[index] = best;
    taken.push(around(x + best.shiftX, y + best.shiftY, half, rise), ...leaderOf(points[index]!, best));
  }
  return placed;
}

// Right, left, above and below first, then farther away; intervals run up and down, so that the sides come before.
function candidates(half: number, rise: number): PlacedLabel[] {
  return [0, 14, 30, 50, 74].flatMap((away) => {
    const across = half + clearance + 3;
    const down = rise + clearance + 3 + away;
    return [
      ...(away === 0
        ? [
            { shiftX: across, shiftY: 0 },
            { shiftX: -across, shiftY: 0 },
          ]
        : []),
      { shiftX: across, shiftY: -down },
      { shiftX: across, shiftY: down },
      { shiftX: -across, shiftY: -down },
      { shiftX: -across, shiftY: down },
    ];
  });
}

// The line from the point to the label, as small boxes, without its ends; there is none to a label beside its point.
function leaderOf({ x, y }: LabelledPoint, { shiftX, shiftY }: PlacedLabel): Box[] {
  if (shiftY === 0) return [];
  return [0.3, 0.4, 0.5, 0.6, 0.7].map((share) => around(x + share * shiftX, y + share * shiftY, 2, 2));
}

function around(x: number, y: number, half: number, rise: number): Box {
  return { left: x - half, right: x + half, top: y - rise, bottom: y + rise };
}

function overlap(a: Box, b: Box): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return across > 0 && down > 0 ? across * down : 0;
}
