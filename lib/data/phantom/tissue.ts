import type { RandomGenerator } from "../../runtime/random";
import { drawStroke, drawTexture } from "./brush";

/** The tissue of a patient's breast, from the skin down. Depths are shares of the image's side. */
export interface Tissue {
  /** Where the skin ends. */
  readonly skin: number;
  /** Where the fat under the skin ends and the glandular tissue begins. */
  readonly fat: number;
  /** Where the pectoral muscle begins. */
  readonly muscle: number;
  /** How much fat lies between the glands, 0 (dense) to 1 (fatty). */
  readonly fattiness: number;
  /** Whether a rib lies below the muscle, in sight. */
  readonly rib: boolean;
  /** What the tissue takes from sound, in dB per cm and MHz. */
  readonly attenuation: number;
}

/** Mean echoes against glandular tissue, in decibels. */
const levels = { skin: 8, fat: -13, muscle: -11, fascia: 9, ligament: 4, fibre: 7, rib: 13, behindRib: -30 };

/**
 * Draws the tissue of a patient.
 *
 * @returns The tissue, which all views of the patient share.
 */
export function drawTissue(random: RandomGenerator): Tissue {
  return {
    skin: random.uniform(0.03, 0.055),
    fat: random.uniform(0.13, 0.27),
    muscle: random.uniform(0.76, 0.95),
    fattiness: random.uniform(),
    rib: random.uniform() < 0.15,
    // Breast tissue lies between fat, about 0.5, and glands, about 0.75.
    attenuation: random.uniform(0.55, 0.65),
  };
}

/**
 * Maps the echoes of a patient's tissue without a lesion: skin between two bright lines, fat crossed by Cooper's
 * ligaments, the fascia, glandular tissue with fat lobules and fibres, another fascia, the muscle with its fibres, and
 * sometimes a rib with the shadow behind it.
 *
 * @param size Rows and columns of the image.
 * @param random The source of chance: what differs between views.
 * @returns Mean echoes against glandular tissue, in decibels, `[size, size]` row by row. float32.
 */
export function mapTissue(tissue: Tissue, size: number, random: RandomGenerator): Float32Array {
  const skin = drawBorder(tissue.skin, 0.006, random.split("skin"));
  const fat = drawBorder(tissue.fat, 0.03, random.split("fat"));
  const muscle = drawBorder(tissue.muscle, 0.02, random.split("muscle"));
  const coarse = drawTexture(size, 4, 7, random.split("coarse"));
  const middle = drawTexture(size, 9, 13, random.split("middle"));
  const fine = drawTexture(size, 14, 26, random.split("fine"));
  const fibres = drawTexture(size, 4, 44, random.split("fibres"));
  // Above this, the coarse texture of the glands is fat.
  const lobules = 2 - 2 * tissue.fattiness;
  const tilt = random.split("tilt").uniform(-0.12, 0.12);

  const map = new Float32Array(size * size);
  for (let column = 0; column < size; column++) {
    const x = (column + 0.5) / size;
    const [skinEnd, fatEnd, muscleStart] = [skin(x), fat(x), muscle(x)];
    for (let row = 0; row < size; row++) {
      const y = (row + 0.5) / size;
      const pixel = row * size + column;
      const wide = 0.75 * coarse[pixel]! + 0.66 * middle[pixel]!;
      const small = fine[pixel]!;
      if (y < skinEnd) map[pixel] = levels.skin + (y < 0.012 ? 5 : 0);
      else if (y < fatEnd) map[pixel] = levels.fat + wide + small;
      else if (y > muscleStart)
        map[pixel] = levels.muscle + muscleFibre(y - muscleStart + tilt * x, fibres[pixel]!) + small;
      else {
        const lobule = 1 / (1 + Math.exp(-6 * (wide - lobules)));
        map[pixel] = (1 - lobule) * (1.5 * wide + 2 * small + 2 * fibres[pixel]!) + lobule * (levels.fat + 2 + small);
      }
    }
  }

  const line = (border: (x: number) => number, width: number, level: number) => {
    const points = Array.from({ length: 25 }, (_, index) => [index / 24, border(index / 24)] as const);
    drawStroke(map, size, { points, width, level });
  };
  line(skin, 0.004, levels.skin + 4);
  line(fat, 0.004, levels.fascia - 3);
  line(muscle, 0.005, levels.fascia);
  drawLigaments(map, size, { skin, fat }, random.split("ligaments"));
  drawFibres(map, size, { fat, muscle }, random.split("strands"));
  if (tissue.rib) drawRib(map, size, random.split("rib"));
  return map;
}

// A border between layers: a depth that waves slowly across the image.
function drawBorder(depth: number, height: number, random: RandomGenerator): (x: number) => number {
  const waves = [1, 2, 3].map((order) => ({
    height: (height * random.normal(0, 0.6)) / order,
    angle: 2 * Math.PI * random.uniform(0.3, 0.7) * order,
    phase: random.uniform(0, 2 * Math.PI),
  }));
  return (x) => waves.reduce((sum, wave) => sum + wave.height * Math.sin(wave.angle * x + wave.phase), depth);
}

// Bright lines along the muscle, broken where the texture is low.
function muscleFibre(depth: number, texture: number): number {
  const place = depth * 28 + 0.25 * texture;
  const away = Math.abs(place - Math.round(place)) / 0.22;
  return 12 * Math.max(0, 1 - away * away) * (texture > -0.7 ? 1 : 0.2);
}

function drawLigaments(
  map: Float32Array,
  size: number,
  { skin, fat }: Record<"skin" | "fat", (x: number) => number>,
  random: RandomGenerator,
): void {
  const count = random.integer(2, 5);
  for (let index = 0; index < count; index++) {
    const foot = random.uniform(-0.05, 1.05);
    const reach = random.uniform(-0.3, 0.3);
    const bow = random.normal(0, 0.06);
    const rise = random.uniform(0.5, 1);
    const points = Array.from({ length: 9 }, (_, step) => {
      const share = step / 8;
      const x = foot + reach * share + bow * Math.sin(Math.PI * share);
      const height = rise * share;
      return [x, fat(x) + height * (skin(x) - fat(x))] as const;
    });
    drawStroke(map, size, {
      points,
      width: random.uniform(0.003, 0.005),
      level: levels.ligament + random.normal(0, 2),
    });
  }
}

// Strands of connective tissue between the glands.
function drawFibres(
  map: Float32Array,
  size: number,
  { fat, muscle }: Record<"fat" | "muscle", (x: number) => number>,
  random: RandomGenerator,
): void {
  const count = random.integer(6, 14);
  for (let index = 0; index < count; index++) {
    const [x, length] = [random.uniform(-0.1, 1), random.uniform(0.08, 0.3)];
    const depth = random.uniform(0.05, 0.95);
    const slope = random.normal(0, 0.12);
    const bend = random.normal(0, 0.25);
    const points = Array.from({ length: 6 }, (_, step) => {
      const away = (step / 5) * length;
      const y = fat(x) + depth * (muscle(x) - fat(x)) + slope * away + bend * (away - length / 2) ** 2;
      return [x + away, y] as const;
    });
    drawStroke(map, size, { points, width: random.uniform(0.003, 0.006), level: levels.fibre + random.normal(0, 2) });
  }
}

function drawRib(map: Float32Array, size: number, random: RandomGenerator): void {
  const [center, top] = [random.uniform(0.1, 0.9), random.uniform(0.88, 0.95)];
  const halfWidth = random.uniform(0.15, 0.28);
  const surface = (x: number) => top + 0.08 * ((x - center) / halfWidth) ** 2;
  for (let column = 0; column < size; column++) {
    const x = (column + 0.5) / size;
    if (Math.abs(x - center) > halfWidth) continue;
    for (let row = Math.max(0, Math.ceil(surface(x) * size)); row < size; row++)
      map[row * size + column]! += levels.behindRib;
  }
  const points = Array.from({ length: 11 }, (_, step) => {
    const x = center + (step / 5 - 1) * halfWidth;
    return [x, surface(x)] as const;
  });
  drawStroke(map, size, { points, width: 0.008, level: levels.rib });
}
