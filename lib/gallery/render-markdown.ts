import { escapeHtml } from "../display/html";

/**
 * Renders a model card as HTML: headings, lists, tables, quotes and code, as `writeModelCard` writes them. All else is text, and
 * nothing in it is taken for HTML.
 *
 * @param markdown The card.
 */
export function renderMarkdown(markdown: string): string {
  const html: string[] = [];
  const lines = markdown.replaceAll("\r\n", "\n").split("\n");
  for (let at = 0; at < lines.length;) {
    const line = lines[at]!;
    const block = (pattern: RegExp): string[] => {
      const own: string[] = [];
      while (at < lines.length && pattern.test(lines[at]!)) own.push(lines[at++]!.replace(pattern, ""));
      return own;
    };
    const heading = /^(#{1,3}) (.*)$/.exec(line);
    if (heading !== null) {
      html.push(`<h${heading[1]!.length}>${inline(heading[2]!)}</h${heading[1]!.length}>`);
      at++;
    } else if (line.startsWith("```")) {
      const end = lines.indexOf("```", at + 1);
      const last = end < 0 ? lines.length : end;
      html.push(`<pre><code>${escapeHtml(lines.slice(at + 1, last).join("\n"))}</code></pre>`);
      at = last + 1;
    } else if (line.startsWith("- ")) {
      html.push(
        `<ul>${block(/^- /)
          .map((item) => `<li>${inline(item)}</li>`)
          .join("")}</ul>`,
      );
    } else if (line.startsWith("> ")) {
      html.push(
        `<blockquote>${block(/^> /)
          .map((text) => `<p>${inline(text)}</p>`)
          .join("")}</blockquote>`,
      );
    } else if (line.startsWith("|")) {
      html.push(tableOf(block(/^(?=\|)/)));
    } else {
      if (line.trim() !== "" && !line.startsWith("![")) html.push(`<p>${inline(line)}</p>`);
      at++;
    }
  }
  return html.join("\n");
}

function tableOf([head = "", , ...rows]: readonly string[]): string {
  // A line in a cell is written with a backslash.
  const cells = (line: string) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => inline(cell.trim()));
  const row = (line: string, tag: string) =>
    `<tr>${cells(line)
      .map((cell) => `<${tag}>${cell}</${tag}>`)
      .join("")}</tr>`;
  return `<div class="scroll" tabindex="0" role="region" aria-label="Table"><table><thead>${row(head, "th")}</thead><tbody>${rows.map((line) => row(line, "td")).join("")}</tbody></table></div>`;
}

// The card writes what Markdown or HTML would take as its own with backslashes and as entities.
function inline(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&amp;": "&",
    "&lt;": "<",
    "&#58;": ":",
    "&#46;": ".",
    "&#64;": "@",
  };
  const plain = text.replaceAll(/&(?:amp|lt|#58|#46|#64);/g, (found) => entities[found]!);
  return escapeHtml(plain.replaceAll(/\\([\\[\]`|])/g, "$1")).replaceAll(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>");
}
