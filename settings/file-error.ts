/**
 * Why a file cannot be read or written, as the end of a sentence: Node's codes (errno(3)) in words, and the bare code of all
 * others. Never quotes the error's own text, which holds a path.
 */
export function fileError(error: unknown, doing: "read" | "write"): string {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
  const words = code === undefined ? undefined : (WORDS[doing][code] ?? EITHER[code]);
  if (words !== undefined) return words;
  const failed = doing === "read" ? "reading it failed" : "writing it failed";
  return code === undefined ? failed : `${failed} with ${code}`;
}

/** True where there is nothing at a path. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

type Words = Readonly<Record<string, string>>;

const EITHER: Words = {
  EISDIR: "it is a folder",
  ELOOP: "its links form a loop",
  ENAMETOOLONG: "its name is too long",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
};

const WORDS: Readonly<Record<"read" | "write", Words>> = {
  read: {
    ENOENT: "there is no such file",
    ENOTDIR: "there is no such file",
    EACCES: "it may not be read",
    EPERM: "it may not be read",
    ERR_ENCODING_INVALID_ENCODED_DATA: "it is not UTF-8 text",
  },
  write: {
    ENOENT: "there is no such folder",
    ENOTDIR: "there is no such folder",
    EACCES: "the folder is not writable",
    EPERM: "the folder is not writable",
    EROFS: "the file system is read-only",
    // What replaces a file cannot replace one that is mounted by itself, as containers do it.
    EBUSY: "something is mounted there, so it cannot be replaced; mount the folder instead",
  },
};
