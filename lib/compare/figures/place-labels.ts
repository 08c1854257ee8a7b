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
  /** The drawing's widths in pixels: on pages of all of them the labels keep apart. Points are given for the first. */
  readonly widths: readonly [number, ...number[]];
  /** The drawing's height in pixels. */
  readonly height: number;
  /** The height of the letters in pixels. */
  readonly size: number;
  /** Lines across the whole drawing, down; default: none. */
  readonly lines?: readonly number[];
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

/** A page that the drawing may stand on. */
interface Page {
  readonly width: number;
  /** The points where they are on it. */
  readonly points: readonly LabelledPoint[];
  /** Markers, bars and lines. */
  readonly marks: readonly Box[];
  /** What each label takes with its line; nothing where it has no place yet. */
  readonly labels: Box[][];
}

/** Labels are moved again where others came to stand in their way, so often at most. */
const mostRounds = 6;

/**
 * Places labels at points so that none covers another, a point, a bar or a line, as far as there is room: for each label, from left to
 * right, the nearest free place around its point, and again where another has come into its way. It computes the same for the same points.
 *
 * @returns The place of each label, in the same order.
 */
export function placeLabels(points: readonly LabelledPoint[], space: LabelSpace): PlacedLabel[] {
  const { widths, height, size, lines: across = [] } = space;
  // The same drawing on each page: a label keeps its way from its point, and points move apart.
  const pages = widths.map((width): Page => {
    const moved = points.map((point) => ({ ...point, x: (point.x * width) / widths[0] }));
    const marks = moved.flatMap(({ x, y, top, bottom }) => [
      around(x, y, clearance, clearance),
      { left: x - barWidth, right: x + barWidth, top, bottom },
    ]);
    const lines = across.map((y): Box => ({ left: 0, right: width, top: y - 2, bottom: y + 2 }));
    return { width, points: moved, marks: [...marks, ...lines], labels: points.map(() => []) };
  });
  const halves = points.map(({ lines }) => ({
    half: (Math.max(...lines.map((line) => line.length)) * size * letterWidth) / 2,
    rise: 0.65 * size * lines.length,
  }));
  const boxesOn = (page: Page, index: number, { shiftX, shiftY }: PlacedLabel): [Box, ...Box[]] => {
    const point = page.points[index]!;
    const { half, rise } = halves[index]!;
    return [around(point.x + shiftX, point.y + shiftY, half, rise), ...leaderOf(point, { shiftX, shiftY })];
  };
  const costOn = (page: Page, index: number, place: PlacedLabel): number => {
    const [box, ...leader] = boxesOn(page, index, place);
    const others = page.labels.flatMap((boxes, other) => (other === index ? [] : boxes));
    const covered = [...others, ...page.marks].reduce((sum, other) => sum + overlap(box, other), 0);
    const crossed = leader.flatMap((part) => others.map((other) => overlap(part, other)));
    const outside = [-box.left, box.right - page.width, -box.top, box.bottom - height];
    return (
      10 * (covered + crossed.reduce((sum, area) => sum + area, 0)) +
      100 * outside.reduce((sum, beyond) => sum + Math.max(0, beyond), 0)
    );
  };
  const placed = new Array<PlacedLabel>(points.length).fill({ shiftX: 0, shiftY: 0 });
  const order = points.map((_, index) => index).sort((a, b) => points[a]!.x - points[b]!.x || a - b);
  for (let [round, moved] = [0, true]; moved && round < mostRounds; round++) {
    moved = false;
    for (const index of order) {
      let [best, least] = [placed[index]!, Infinity];
      candidates(halves[index]!.half, halves[index]!.rise).forEach((place, rank) => {
        const cost = pages.reduce((sum, page) => sum + costOn(page, index, place), rank);
        if (cost < least) [best, least] = [place, cost];
      });
      moved ||= best.shiftX !== placed[index]!.shiftX || best.shiftY !== placed[index]!.shiftY;
      placed[index] = best;
      for (const page of pages) page.labels[index] = boxesOn(page, index, best);
    }
  }
  return placed;
}

// Right, left, above and below first, then farther away; intervals run up and down, so that the sides come before.
function candidates(half: number, rise: number): PlacedLabel[] {
  return [0, 7, 14, 22, 30, 40, 50, 62, 74, 87, 100, 120].flatMap((away) => {
    const across = half + clearance + 3;
    const down = rise + clearance + 3 + away;
    return [
      ...(away === 0
        ? [
            { shiftX: across, shiftY: 0 },
            { shiftX: -across, shiftY: 0 },
          ]
        : []),
      ...(away === 0
        ? []
        : [0, 0.5, -0.5].flatMap((part) => [-down, down].map((shiftY) => ({ shiftX: part * across, shiftY })))),
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
