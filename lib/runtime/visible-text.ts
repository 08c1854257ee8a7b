/**
 * Writes a text so that a terminal shows it and does not obey it: control characters, and those that turn the direction of
 * writing around, are written as "\x1b" and "\u202e". Line ends and tabs stay.
 */
export function visibleText(text: string): string {
  return text.replaceAll(
    /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g,
    (character) => {
      const code = character.charCodeAt(0);
      return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
    },
  );
}
