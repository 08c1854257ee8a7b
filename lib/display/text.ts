import { escapeHtml } from "./html";
import { show } from "./notebook";

/**
 * Shows sentences below the running cell, or prints them in a terminal. JupyterLab breaks what is printed within words; sentences that are
 * shown so are broken between them, at any width.
 *
 * @param text A sentence, several with line feeds between them, or a list of them; nothing is shown of an empty one.
 */
export function showText(text: string | readonly string[]): void {
  const lines = typeof text === "string" ? text.split("\n") : text;
  if (lines.join("") === "") return;
  show({
    "text/html": `<div style="max-width:760px;white-space:pre-wrap;overflow-wrap:break-word">${lines.map(escapeHtml).join("<br>")}</div>`,
    "text/plain": lines.join("\n"),
  });
}
