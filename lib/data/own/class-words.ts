import type { Label } from "../records/record";

/** What a folder or a cell says of the class of an image; `excluded` leaves the image out, as was asked for. */
export type Meaning = Label | "excluded";

/** All meanings, in the order in which they are listed. */
export const meanings: readonly Meaning[] = ["benign", "malignant", "normal", "excluded"];

/**
 * What people call the classes, in lower case. A word that is not here is never taken for the nearest: "malign" and "benign"
 * are nearer to each other by their letters than either is to "malignant".
 */
const words: Readonly<Record<Label, readonly string[]>> = {
  benign: [
    ...["benign", "benigns", "benigne", "benigno", "benigna", "benignos", "benignas", "bénin", "benin", "bénigne"],
    ...["gutartig", "goedaardig", "godartad", "godartet", "benigní", "benigni", "łagodny", "łagodna", "lagodny"],
    ...[
      "доброкачественный",
      "доброкачественная",
      "доброкачественное",
      "доброкачественные",
      "iyi huylu",
      "良性",
      "양성",
    ],
    ...["حميد", "καλοήθης", "सौम्य", "lành tính"],
  ],
  malignant: [
    ...[
      "malignant",
      "malignants",
      "malign",
      "maligne",
      "maligno",
      "maligna",
      "malignos",
      "malignas",
      "malin",
      "maligní",
    ],
    ...["maligni", "bösartig", "boesartig", "kwaadaardig", "elakartad", "ondartet", "złośliwy", "złośliwa", "zlosliwy"],
    ...[
      "злокачественный",
      "злокачественная",
      "злокачественное",
      "злокачественные",
      "kötü huylu",
      "恶性",
      "惡性",
      "悪性",
    ],
    ...["악성", "خبيث", "κακοήθης", "घातक", "ác tính"],
  ],
  normal: ["normal", "normals", "normale", "normaal", "normalny", "prawidłowy", "норма", "正常", "정상", "طبيعي"],
};

/** One letter or digit stands for a class only where every name beside it does too. */
const codes: Readonly<Record<string, Label>> = {
  ...{ b: "benign", m: "malignant", n: "normal" },
  ...{ "0": "benign", "1": "malignant" },
};

const known = new Map(Object.entries(words).flatMap(([label, own]) => own.map((word) => [word, label as Label])));

/**
 * Makes words alike that people write differently: upper and lower case, spaces, and accents as one letter or two.
 *
 * @returns "iyi huylu" of " Iyi  huylu".
 */
export function plainWord(word: string): string {
  return word
    .normalize("NFC")
    .trim()
    .replaceAll(/[\s_-]+/g, " ")
    .toLowerCase();
}

/**
 * Says which class a word names, in any of a few languages.
 *
 * @returns The class; null for any other word, however near it is by its letters.
 */
export function labelOfWord(word: string): Label | null {
  return known.get(plainWord(word)) ?? null;
}

/**
 * Says which class a code of one letter or digit stands for: B, M and N, or 0 for benign and 1 for malignant.
 *
 * @param beside All words that stand in the same place, the code among them: a patient called "1" is no class.
 * @returns The class; null where it is no code, or where some word beside it names no class.
 */
export function labelOfCode(word: string, beside: readonly string[]): Label | null {
  const label = codes[plainWord(word)];
  if (label === undefined) return null;
  const all = [...new Set(beside)].map(plainWord).filter((one) => one !== "");
  const consistent = new Set(all).size > 1 && all.every((one) => codes[one] !== undefined || known.has(one));
  return consistent ? label : null;
}

/** Says whether a word is a number that stands for a class: which one means what is a habit, and some sets have it the other way. */
export function isNumberCode(word: string): boolean {
  return /^[01]$/.test(plainWord(word));
}
