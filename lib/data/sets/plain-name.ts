/**
 * Makes names alike that people write differently.
 *
 * @returns "busbra".
 */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
