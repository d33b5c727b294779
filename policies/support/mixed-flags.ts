/**
 * The flags that `kubeadm upgrade` of this minor release refuses beside `--config`, by name and in the order in which
 * kubeadm prints them (apis/kubeadm/validation ValidateMixedArguments: applied to upgrades since 1.30, read up to 1.37.2).
 * `flags` are as written, without values: `--force`, `-y`.
 */
export function mixedFlags(flags: readonly string[], minor: number): readonly string[] {
  if (minor < 30) return [];
  const names = flags.flatMap(namesOf).filter((name) => !isAllowed(name, minor));
  return [...new Set(names)].sort();
}

const ALLOWED: ReadonlySet<string> = new Set([
  "config",
  "help",
  "ignore-preflight-errors",
  "dry-run",
  "kubeconfig",
  "node-name",
  "kubeconfig-dir",
  "upload-certs",
  "print-join-command",
  "rootfs",
  "v",
  "log-file",
  "yes",
]);

/** Allowed from one minor release on, to another. */
const ALLOWED_FOR: Readonly<Record<string, readonly [since: number, until: number]>> = {
  "allow-missing-template-keys": [31, Number.POSITIVE_INFINITY],
  output: [31, Number.POSITIVE_INFINITY],
  "show-managed-fields": [31, Number.POSITIVE_INFINITY],
  "feature-gates": [31, 31],
  "print-manifest": [32, Number.POSITIVE_INFINITY],
};

function isAllowed(name: string, minor: number): boolean {
  const [since, until] = Object.hasOwn(ALLOWED_FOR, name) ? (ALLOWED_FOR[name] ?? NEVER) : NEVER;
  return name.startsWith("skip-") || ALLOWED.has(name) || (since <= minor && minor <= until);
}

const NEVER: readonly [number, number] = [Number.POSITIVE_INFINITY, 0];

/** `--force` and the letters of `-fy`, which are short for flags without values (cmd/upgrade/apply.go, plan.go, root.go). */
function namesOf(flag: string): readonly string[] {
  if (flag.startsWith("--")) return [flag.slice(2).split("=")[0] ?? ""].filter((name) => name !== "");
  const letters = /^-([a-z]+)/i.exec(flag)?.[1] ?? "";
  return [...letters].map((letter) => (Object.hasOwn(SHORT, letter) ? (SHORT[letter] ?? letter) : letter));
}

const SHORT: Readonly<Record<string, string>> = { f: "force", y: "yes", h: "help", o: "output" };
