import { publicPath } from "../machine/public-text";

/** A file that an option names and that cannot be used. */
export interface UnopenedFile {
  readonly option: string;
  /** `-` is standard input. */
  readonly path: string;
  /** The end of a sentence. */
  readonly why: string;
}

/** One sentence. What `--live` asked for is not a file. */
export function unopenedText({ option, path, why }: UnopenedFile): string {
  if (option === "--live") return `${why}.`;
  if (path === "-") return `standard input cannot be read: ${why}.`;
  return `${publicPath(path)}, named by ${option}, cannot be opened: ${why}.`;
}
