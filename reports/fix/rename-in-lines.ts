/**
 * The text with other paths in lines `certFile: PATH` and `keyFile: PATH`, as the script's `sed` makes it. The paths need no
 * quotes. A line that has anything else in it stays.
 */
export function renameInLines(
  text: string,
  renames: readonly { readonly field: string; readonly from: string; readonly to: string }[],
): string {
  const lines = text.split("\n").map((line) => {
    const rename = renames.find(({ field, from }) => line.trimStart() === `${field}: ${from}`);
    return rename === undefined ? line : line.slice(0, line.length - rename.from.length) + rename.to;
  });
  return lines.join("\n");
}
