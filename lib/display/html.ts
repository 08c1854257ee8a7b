/**
 * Makes text safe to stand in HTML, in an attribute too: names of files and of runs come from anywhere.
 *
 * @param text Any text.
 * @returns The text with `&`, `<`, `>` and both quotes written as entities.
 */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
