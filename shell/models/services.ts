import type { Call, Outcome } from "../call";
import { readOptions } from "../options";
import { hole, literalOf } from "../text";
import { unitCommands } from "../unit-commands";

/** Verbs whose exit code is an answer. */
const ASKS = ["is-active", "is-enabled", "is-failed", "is-system-running", "status", "show", "cat"];
const STARTS = ["start", "restart", "reload-or-restart", "try-restart", "isolate"];
const ENABLES = ["enable", "reenable"];

/** Where units lie, the first found counts (systemd.unit(5)). */
const FOLDERS = [
  "/etc/systemd/system",
  "/run/systemd/system",
  "/usr/local/lib/systemd/system",
  "/usr/lib/systemd/system",
  "/lib/systemd/system",
];

/** systemctl: what units run that the same text wrote; those of packages leave the files in question alone. */
export function systemctl(call: Call): Outcome {
  const { operands, has } = readOptions(call.args, { values: "tpnHM" });
  const [verb = "", ...names] = operands.map((word) => literalOf(word) ?? "");
  if (ASKS.includes(verb)) return { stdout: hole("the output of systemctl"), asks: true };
  const starts = STARTS.includes(verb) || (ENABLES.includes(verb) && has("now"));
  if (!starts && !ENABLES.includes(verb)) return {};
  const commands = names.flatMap((name) => unitCommands(textOfUnit(name, call) ?? ""));
  if (commands.length === 0) return {};
  return {
    next: {
      run: { script: [commands.join("\n")], args: [] },
      as: { user: "root" },
      freshEnvironment: true,
      ...(starts ? {} : { conditional: { reason: { id: "conditional-step", data: { on: "next-boot" } } } }),
    },
  };
}

/** The text of a unit, or of the service that a timer starts; `%i` in it stands for what follows the `@`. */
function textOfUnit(name: string, call: Call): string | undefined {
  const service = /\.(timer|path|socket)$/.test(name)
    ? name.replace(/\.[a-z]+$/, ".service")
    : /\.[a-z]+$/.test(name)
      ? name
      : `${name}.service`;
  const [, template = "", instance = "", end = ""] = /^(.*@)([^@]*)(\.[a-z]+)$/.exec(service) ?? [];
  const files = [service, ...(template === "" ? [] : [`${template}${end}`])];
  for (const folder of FOLDERS) {
    for (const file of files) {
      const text = call.textOf(`${folder}/${file}`);
      if (text !== undefined) return text.replace(/%[iI]/g, instance);
    }
  }
  return undefined;
}
