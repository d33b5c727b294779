import type { Inventory } from "./inventory";
import { InventoryBuilder } from "./inventory-builder";
import { InventoryError } from "./inventory-error";
import { parseIniInventory } from "./parse-ini-inventory";
import { parseYamlInventory } from "./parse-yaml-inventory";

export type InventoryReading =
  | { readonly kind: "read"; readonly inventory: Inventory }
  | { readonly kind: "unreadable"; readonly problem: InventoryProblem };

/** Why an inventory cannot be read, as the end of a sentence; never with text of the file but for names of groups. */
interface InventoryProblem {
  readonly message: string;
  readonly line?: number;
}

/**
 * Reads a Kubespray inventory, INI or YAML, as Ansible with Kubespray's ansible.cfg does.
 *
 * As there, the file name decides: `.yml`, `.yaml`, `.json` and no extension are tried as YAML first, and all but `.toml`
 * as INI then. Scripts, plugin configurations and files encrypted with Ansible Vault are unreadable. Never throws.
 */
export function readInventory(text: string, fileName: string): InventoryReading {
  const unfit = unfitness(text, fileName);
  if (unfit !== undefined) return { kind: "unreadable", problem: { message: unfit } };
  const plain = text.replace(/^\ufeff/u, "");
  const asYaml = YAML_NAME.test(fileName) ? attempt(parseYamlInventory, plain) : undefined;
  if (asYaml?.kind === "read") return asYaml;
  const asIni = attempt(parseIniInventory, plain);
  if (asIni.kind === "read" || asYaml === undefined) return asIni;
  return /\.\w+$/u.test(fileName) || !looksLikeIni(plain) ? asYaml : asIni;
}

/** `.yml`, `.yaml`, `.json` or no extension (Ansible's YAML_FILENAME_EXTENSIONS). */
const YAML_NAME = /(?:\.ya?ml|\.json|(?:^|\/)\.?[^./]*)$/u;
const MAX_TEXT = 8_000_000;

function unfitness(text: string, fileName: string): string | undefined {
  if (text.length > MAX_TEXT) return `it is longer than ${MAX_TEXT} characters`;
  if (text.startsWith("#!"))
    return "it is a script that Ansible runs to get the hosts; give a file that `ansible-inventory --list --yaml` has written";
  if (text.startsWith("$ANSIBLE_VAULT")) return "it is encrypted with Ansible Vault";
  return fileName.endsWith(".toml")
    ? "it is TOML; give it as YAML, as `ansible-inventory --list --yaml` writes it"
    : undefined;
}

function attempt(parse: (text: string, builder: InventoryBuilder) => void, text: string): InventoryReading {
  const builder = new InventoryBuilder();
  try {
    parse(text, builder);
    return { kind: "read", inventory: builder.inventory() };
  } catch (error) {
    if (!(error instanceof InventoryError)) throw error;
    const { message, line } = error;
    return { kind: "unreadable", problem: line === undefined ? { message } : { message, line } };
  }
}

function looksLikeIni(text: string): boolean {
  return /^[ \t]*\[[^\]\n\r\u2028\u2029]+\][ \t]*(?:#.*)?$/mu.test(text);
}
