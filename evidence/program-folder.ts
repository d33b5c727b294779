/** The folder of the program, whatever its real name: only files that one text both writes and sends are looked up. */
export const PROGRAM_FOLDER = "/program";

/** A path of that machine as seen from the folder of the program. */
export function fromProgramFolder(path: string): string {
  return path.startsWith(`${PROGRAM_FOLDER}/`) ? path.slice(PROGRAM_FOLDER.length + 1) : path;
}
