import { publicPath } from "../machine/public-text";

/** A file that an option names and that cannot be used. */
export interface UnopenedFile {
  readonly option: string;
  readonly path: string;
  /** The end of a sentence. */
  readonly why: string;
}

/** One sentence. What `--live` asked for is not a file. */
export function unopenedText({ option, path, why }: UnopenedFile): string {
  return option === "--live" ? `${why}.` : `${publicPath(path)}, named by ${option}, cannot be opened: ${why}.`;
}
