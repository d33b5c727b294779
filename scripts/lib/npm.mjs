import { run } from "./run.mjs";
import { UserError } from "./user-error.mjs";

/** Runs npm and shows what it says; an error if it fails. */
export async function npm(args, title) {
  const { code } = await run("npm", args, { title, show: "stderr" });
  if (code !== 0) throw new UserError(`npm ${args.join(" ")} failed`);
}
