/** A file that an option names and that cannot be used. */
export interface UnopenedFile {
  readonly option: string;
  readonly path: string;
  /** The end of a sentence. */
  readonly why: string;
}
