import { UserError } from "./user-error.mjs";

/** Runs a script's main function; an error ends the process with code 1 and a readable message. */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof UserError ? `Error: ${error.message}` : (error?.stack ?? error)}\n`);
    process.exitCode = 1;
  }
}
