/** What an element is made with: attributes by their names; `true` stands for one without a value. */
type Attributes = Readonly<Record<string, string | number | boolean>>;

/**
 * Makes an element of a page. Texts are texts: nothing in them is taken for HTML.
 *
 * @param name Its tag.
 * @param attributes Its attributes; default: none.
 * @param children Elements and texts, in their order.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== false) made.setAttribute(key, value === true ? "" : String(value));
  made.append(...children);
  return made;
}

/** Makes a button that does something. */
export function button(text: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

/** What a button for files takes. */
export interface FileButton {
  readonly text: string;
  /** Called with the files that were chosen. */
  readonly take: (files: readonly File[]) => void;
  readonly attributes?: Attributes;
}

/** Makes a button that opens the browser's choice of files; the keyboard reaches it like every other. */
export function fileButton({ text, take, attributes = {} }: FileButton): HTMLElement {
  const input = element("input", { type: "file", class: "hidden", tabindex: -1, "aria-hidden": "true", ...attributes });
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // The same file can be chosen again.
    input.value = "";
    if (files.length > 0) take(files);
  });
  return element(
    "span",
    {},
    button(text, () => {
      input.click();
    }),
    input,
  );
}

/**
 * Says what is to be said of an error: the sentence of a `Problem`, or that it is a defect.
 *
 * @param error What was thrown.
 */
export function sentenceOf(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  if (name === "Problem") return message;
  if (name === "NotFoundError" || name === "NotReadableError")
    return "That cannot be read: it is a folder, was moved, or another program holds it. A folder of images is opened by the button.";
  const room = error instanceof RangeError ? " The picture may be too large for this device's memory." : "";
  return `That did not work: ${message}.${room}`;
}
