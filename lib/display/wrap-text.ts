/**
 * Breaks a text into lines: at spaces, and where a word is longer than a line behind a hyphen, a slash or before a capital letter; a
 * word that has none of these is cut.
 *
 * @param most Letters in a line, from 1.
 * @returns The lines, at least one.
 */
export function wrapText(text: string, most: number): string[] {
  const lines = [""];
  for (const word of text.split(" ").filter((one) => one !== "")) {
    const line = lines.at(-1)!;
    if (line === "" || line.length + 1 + word.length <= most)
      lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
    else lines.push(word);
    if (lines.at(-1)!.length > most) lines.push(...breakWord(lines.pop()!, most));
  }
  return lines;
}

function breakWord(word: string, most: number): string[] {
  const parts = word
    .split(/(?<=[-_/.])|(?<=\p{Ll})(?=\p{Lu})/u)
    .flatMap((part) => part.match(new RegExp(`.{1,${most}}`, "gsu")) ?? []);
  const lines = [parts[0]!];
  for (const part of parts.slice(1)) {
    if (lines.at(-1)!.length + part.length <= most) lines[lines.length - 1] = lines.at(-1)! + part;
    else lines.push(part);
  }
  return lines;
}

/** A name that stands at an axis, in lines that leave room for the plane on a telephone. */
export function wrapName(name: string): string {
  return wrapText(name, 20).join("<br>");
}

/**
 * A name that stands at an axis, with what belongs to it small below.
 *
 * @param name The name.
 * @param notes Lines of their own.
 */
export function nameWithNote(name: string, ...notes: readonly string[]): string {
  return [wrapName(name), ...notes.map((note) => `<span style="font-size:11px;color:#555">${note}</span>`)].join(
    "<br>",
  );
}

/**
 * Finds how high the rows of a figure must be, so that the names at its upright axis do not touch.
 *
 * @param names The names, as {@link wrapName} or {@link nameWithNote} wrote them.
 * @param least The height of a row in pixels that what is drawn takes.
 * @returns The height of all rows together, in pixels.
 */
export function heightOfRows(names: readonly string[], least: number): number {
  const lines = Math.max(1, ...names.map((name) => name.split("<br>").length));
  return names.length * Math.max(least, 17 * lines + 8);
}
