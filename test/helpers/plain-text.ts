/** Gives the words of a text or a title of plotly's, without its marks, in one line. */
export function plainText(given: unknown): string {
  const text = typeof given === "string" ? given : ((given as { text?: string } | undefined)?.text ?? "");
  return text.replaceAll(/<br>/g, " ").replaceAll(/<\/?(span|sub)[^>]*>/g, "");
}
