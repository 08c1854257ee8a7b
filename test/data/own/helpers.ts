import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { rectangle, texture, writePicture } from "../../helpers/pictures";

/** A folder of one's own, to be filled. */
export interface OwnFolder {
  /** Writes images, each another one. */
  images(...files: string[]): void;
  /** Writes masks. */
  masks(...files: string[]): void;
  /** Writes a table or another file. */
  text(file: string, contents: string): void;
}

/**
 * Fills a folder of one's own.
 *
 * @param path Gives the folder: a test's folder is another one in each test.
 */
export function ownFolder(path: () => string): OwnFolder {
  return {
    images: (...files) => {
      for (const file of files) {
        const seed = Buffer.from(file).reduce((sum, byte) => (sum * 31 + byte) % 997, 7);
        writePicture(join(path(), file), texture(seed));
      }
    },
    masks: (...files) => {
      for (const file of files) writePicture(join(path(), file), rectangle(8, 6, 16, 12));
    },
    text: (file, contents) => {
      writeFileSync(join(path(), file), contents);
    },
  };
}
