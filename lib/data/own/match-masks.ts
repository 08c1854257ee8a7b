import type { Finding } from "../records/finding";
import type { DescribedImage } from "./describe-images";
import { stemOfName, type FoundMask, type OwnPicture } from "./find-masks";
import type { OwnTable } from "./own-table";
import type { PlacedImage } from "./place-images";
import { pathOf, type Fates } from "./sort-files";

/** Finds the masks that a table names, by the path or the name that it gives them. */
export function namedMasks(pictures: readonly OwnPicture[], table: OwnTable | null): Set<OwnPicture> {
  if (table?.columns.mask === undefined) return new Set();
  const wanted = new Set(table.rows.flatMap((row) => maskNames(row.cell("mask"))));
  return new Set(pictures.filter((picture) => keysOf(picture).some((key) => wanted.has(key))));
}

const maskNames = (cell: string) =>
  cell
    .split(/[&;|]/)
    .map((name) => name.trim().replaceAll("\\", "/").toLowerCase())
    .filter((name) => name !== "");

function keysOf(picture: OwnPicture): string[] {
  const [path, name] = [pathOf(picture).toLowerCase(), picture.parts.at(-1)!.toLowerCase()];
  return [path, stemOfName(path), name, stemOfName(name)];
}

/**
 * Finds the image of each mask: the one of the same name, and of several the one in the same folder.
 *
 * @param search The masks that were told from images by how they are called.
 * @param named The masks that the table names.
 * @param fates Is given the fate of each mask.
 * @param findings Is given masks without an image, and images without a mask where others have one.
 * @returns The paths of the masks of each image.
 */
export function matchMasks(
  images: readonly DescribedImage[],
  search: readonly FoundMask[],
  named: ReadonlySet<OwnPicture>,
  fates: Fates,
  findings: Finding[],
): Map<PlacedImage, string[]> {
  const found = new Map<PlacedImage, string[]>();
  const give = (image: PlacedImage, mask: OwnPicture) => {
    found.set(image, [...(found.get(image) ?? []), mask.path]);
    fates.set(pathOf(mask), { kind: "mask", of: image.id });
  };
  const wanted = new Map<string, PlacedImage[]>();
  for (const { placed, mask } of images)
    for (const name of maskNames(mask)) wanted.set(name, [...(wanted.get(name) ?? []), placed]);
  for (const mask of named) {
    for (const image of new Set(keysOf(mask).flatMap((key) => wanted.get(key) ?? []))) give(image, mask);
  }
  for (const { placed, mask } of images) {
    const count = maskNames(mask).length;
    if (count > (found.get(placed)?.length ?? 0)) {
      const message = `${placed.id} has the mask "${mask}" in its row, which is not there.`;
      findings.push({ severity: "warning", check: "missing mask", file: mask, images: [placed.id], message });
    }
  }
  const byStem = new Map<string, PlacedImage[]>();
  for (const { placed } of images) {
    const stem = stemOfName(placed.parts.at(-1)!).toLowerCase();
    byStem.set(stem, [...(byStem.get(stem) ?? []), placed]);
  }
  for (const mask of search) {
    const path = pathOf(mask);
    const owners = ownersOf(mask, byStem);
    if (owners.length === 1) give(owners[0]!, mask);
    else if (owners.length === 0) {
      fates.set(pathOf(mask), { kind: "refused", why: "is a mask without an image" });
      const message = `${path} is taken for a mask and has no image: it is left out. If it is an image, say how masks are called: --masks suffix=_mask, or --masks none.`;
      findings.push({ severity: "warning", check: "mask without an image", file: path, images: [], message });
    } else {
      fates.set(pathOf(mask), { kind: "refused", why: "could be the mask of several images" });
      const ids = owners.map(({ id }) => id);
      const message = `${path} can be the mask of ${ids.slice(0, 3).join(" or ")}; put it beside its image.`;
      findings.push({ severity: "error", check: "mask of several images", file: path, images: ids, message });
    }
  }
  const any = [...found.values()].some((own) => own.length > 0);
  for (const { placed, meaning, said } of images) {
    if (!any || meaning === "normal" || said.box !== undefined || found.has(placed)) continue;
    const message = `${placed.id} has no mask, though others have one: nothing says where its lesion is.`;
    findings.push({
      severity: "warning",
      check: "missing mask",
      file: pathOf(placed),
      images: [placed.id],
      message,
    });
  }
  return found;
}

function ownersOf(mask: FoundMask, byStem: ReadonlyMap<string, readonly PlacedImage[]>): readonly PlacedImage[] {
  for (const stem of mask.stems) {
    const all = byStem.get(stem) ?? [];
    if (all.length <= 1) {
      if (all.length === 1) return all;
      continue;
    }
    // Of images of one name, the nearest: those that share the most folders with the mask.
    const shared = all.map(
      ({ parts }) => parts.slice(0, -1).filter((name) => mask.folders.includes(name.toLowerCase())).length,
    );
    const most = Math.max(...shared);
    return all.filter((_, index) => shared[index] === most);
  }
  return [];
}
