/**
 * Makes a name into that of a folder, which every system takes.
 *
 * @param name The name of a model, a fold or a strategy: "ResNet-18 (ours)", "fold 1".
 * @returns Lower-case letters and digits with single dashes between: "resnet-18-ours", "fold-1". Never empty.
 */
export function folderNameOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 80);
  return plain === "" ? "model" : plain;
}
