/** Programs that work on other machines by nature: by an inventory, a state or a list of hosts of their own. */
const FAN_OUT: ReadonlySet<string> = new Set([
  ...["ansible", "ansible-playbook", "ansible-runner", "ansible-navigator", "ansible-console"],
  ...["salt", "salt-ssh", "salt-run", "pdsh", "pdcp", "rpdcp", "clush", "clubak", "pssh", "parallel-ssh", "pscp"],
  ...["parallel-scp", "prsync", "parallel-rsync", "mussh", "dsh", "cssh", "sshsudo", "fab", "knife", "bolt", "mco"],
  ...["chef-run", "terraform", "tofu", "terragrunt", "pulumi", "kubespray"],
]);

/** Programs that run the user's own code: that alone does not make them reach a machine. */
const INTERPRETERS: ReadonlySet<string> = new Set([
  ...["python", "python2", "python3", "node", "deno", "bun", "ruby", "perl", "php", "go", "java", "npx", "npm", "yarn"],
  ...["pnpm", "uv", "uvx", "poetry", "pipenv", "pipx", "bundle", "gradle", "mvn", "cargo", "dotnet"],
]);

/** Whether a program works on other machines, or runs the user's own code; undefined for all others. `python3.11` is python. */
export function programKind(name: string): "fan-out" | "interpreter" | undefined {
  if (FAN_OUT.has(name)) return "fan-out";
  return INTERPRETERS.has(name) || INTERPRETERS.has(name.replace(VERSION, "")) ? "interpreter" : undefined;
}

/** Short enough to hide no secret. */
const VERSION = /\d{1,2}(?:\.\d{1,2}){0,2}$/;
