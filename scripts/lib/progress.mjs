/** Tells the person who waits what goes on. On stderr: stdout belongs to results. */
export function progress(text) {
  process.stderr.write(`${text}\n`);
}
