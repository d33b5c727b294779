/** What is known of a command's exit code. */
export interface Verdict {
  /**
   * "succeeds" is taken for granted of commands that do something; true and false are certain; "open" is a question
   * that only the machine can answer.
   */
  readonly truth: "succeeds" | "true" | "false" | "open";
  /** What the answer says about files, if it is about files alone. */
  readonly files?: FileAnswer;
}

/** "yes" means that all these files exist; "no" that one of them does not. */
export interface FileAnswer {
  readonly paths: readonly string[];
  readonly yesMeans: "exist" | "absent";
  /** They may still exist where the answer is that they do not: `[ -L FILE ]`. */
  readonly partial?: true;
  /** They are folders: `[ -d FOLDER ]`. */
  readonly folders?: true;
}

export const SUCCEEDS: Verdict = { truth: "succeeds" };
export const OPEN: Verdict = { truth: "open" };

export function decided(value: boolean): Verdict {
  return { truth: value ? "true" : "false" };
}

/** `! verdict` */
export function not(verdict: Verdict): Verdict {
  switch (verdict.truth) {
    case "true":
      return decided(false);
    case "false":
      return decided(true);
    default:
      return { truth: "open", ...(verdict.files === undefined ? {} : { files: opposite(verdict.files) }) };
  }
}

/** `one && other`, where both were looked at. */
export function both(one: Verdict, other: Verdict): Verdict {
  if (one.truth === "false" || other.truth === "false") return decided(false);
  if (one.truth === "true") return other;
  if (one.truth === "succeeds" && other.truth !== "open") return SUCCEEDS;
  if (other.truth === "true" || other.truth === "succeeds") return one;
  if (one.truth === "succeeds") return other;
  const { files } = one;
  const exist = files?.yesMeans === "exist" && other.files?.yesMeans === "exist";
  return exist && other.files !== undefined
    ? { truth: "open", files: { ...files, ...other.files, paths: [...files.paths, ...other.files.paths] } }
    : OPEN;
}

/** `one || other`, where both were looked at. */
export function either(one: Verdict, other: Verdict): Verdict {
  if (one.truth === "true" || one.truth === "succeeds") return one;
  return not(both(not(one), not(other)));
}

/** What is known about files in the branch that runs where the answer is yes, or no. */
export function answered(verdict: Verdict, yes: boolean): FileAnswer | undefined {
  return verdict.files === undefined || yes ? verdict.files : opposite(verdict.files);
}

function opposite(files: FileAnswer): FileAnswer {
  return { ...files, yesMeans: files.yesMeans === "exist" ? "absent" : "exist" };
}
