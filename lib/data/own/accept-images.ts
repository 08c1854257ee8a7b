import { Problem } from "../../runtime/problem";
import type { Finding } from "../records/finding";
import { labels } from "../records/record";
import type { DescribedImage } from "./describe-images";
import type { OwnTable } from "./own-table";
import type { PlacedImage } from "./place-images";
import { pathOf, type Fates } from "./sort-files";

/**
 * Takes the images that have a class and a name of their own; all others are told of.
 *
 * @param told The images of which a finding tells already why they have no class.
 * @param fates Is given the fate of each image.
 * @param findings Is given what is wrong.
 */
export function acceptImages(
  described: readonly DescribedImage[],
  told: ReadonlySet<string>,
  fates: Fates,
  findings: Finding[],
): DescribedImage[] {
  const byId = new Map<string, string>();
  const strangers = new Map<string, string[]>();
  const accepted = described.filter(({ placed, meaning }) => {
    const path = pathOf(placed);
    const refuse = (why: string) => {
      fates.set(path, { kind: "refused", why });
      return false;
    };
    if (meaning === "excluded") {
      fates.set(path, { kind: "left out", why: "its class was said to be left out" });
      return false;
    }
    if (placed.meaning === "several") {
      findings.push(refused("image in two classes", placed, `${path} lies in folders of two classes.`));
      return refuse("lies in folders of two classes");
    }
    if (meaning === null) {
      const folder = placed.parts.slice(0, -1).join("/");
      if (!told.has(placed.id)) strangers.set(folder, [...(strangers.get(folder) ?? []), path]);
      return refuse("is of no class");
    }
    const twin = byId.get(placed.id);
    if (twin !== undefined) {
      findings.push(
        refused("two images of one name", placed, `${path} and ${twin} would have one name, "${placed.id}".`),
      );
      return refuse(`has the name of ${twin}`);
    }
    byId.set(placed.id, path);
    fates.set(path, { kind: "image", id: placed.id });
    return true;
  });
  if (accepted.length > 0) for (const [folder, files] of strangers) findings.push(noClass(folder, files));
  return accepted;
}

function refused(check: string, placed: PlacedImage, message: string): Finding {
  return { severity: "error", check, file: pathOf(placed), images: [placed.id], message };
}

const expected = `${labels.join(", ")}, or a usual word for one of them`;

function noClass(folder: string, files: readonly string[]): Finding {
  const pictures = files.length === 1 ? "1 picture" : `${files.length} pictures`;
  const name = folder.split("/").at(-1)!;
  const message =
    folder === ""
      ? `${files[0]!}${files.length > 1 ? ` and ${files.length - 1} more pictures` : ""} lie in no folder of a class: expected ${expected}.`
      : `The folder "${folder}" holds ${pictures}, but is no class: expected ${expected}. Say what it means: --value MEANING="${name}", of which MEANING is benign, malignant, normal or excluded.`;
  return { severity: "error", check: "label that is none", file: folder, images: [], message };
}

/**
 * Makes sure that something says what images show.
 *
 * @throws {Problem} Where there are images, and none of them is of a class.
 */
export function requireClasses(
  folder: string,
  images: readonly DescribedImage[],
  placed: readonly PlacedImage[],
  table: OwnTable | null,
): void {
  if (images.length > 0 || placed.length === 0) return;
  const folders = [...new Set(placed.flatMap(({ parts }) => (parts.length > 1 ? [parts[0]!] : [])))];
  const where = folders.length === 0 ? "" : ` The folders are called ${folders.slice(0, 5).join(", ")}.`;
  const tabled =
    table === null
      ? ""
      : ` ${table.name} has ${table.columns.label === undefined ? `no column that is called as labels are${others(table)}` : "no label that is known"}.`;
  throw new Problem(
    `${folder}: nothing says what the ${placed.length} images show.${where}${tabled}`,
    `Put them into folders benign and malignant; or say what the folders mean, --value benign=NAME --value malignant=NAME; or give a table images.csv with the columns image,label, or --map label=COLUMN.`,
  );
}

function others({ unused }: OwnTable): string {
  return unused.length === 0 ? "" : `, but ${unused.slice(0, 20).join(", ")}`;
}
