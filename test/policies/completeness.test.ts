import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import type { FileSettings } from "../../cluster/cluster-settings";
import { policies } from "../../policies/index";
import { clusterFrom, externalEtcd } from "../helpers/cluster";
import { commandStack } from "../helpers/command-stack";

const ROOT = join(__dirname, "..", "..");
const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const ids = policies.map((policy) => policy.id).sort();
const named = (folder: string, ending: string) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length));
const page = (id: string) => readFileSync(join(ROOT, "docs", "policies", `${id}.md`), "utf8");

describe("one name, four places", () => {
  it("every policy of the list has a file, a test and a page, and every page and test a policy", () => {
    expect(named("docs/policies", ".md").sort()).toEqual(ids);
    expect(named("policies", ".ts")).toEqual(expect.arrayContaining(ids));
    expect(
      named("test/policies", ".test.ts")
        .filter((name) => name !== "completeness")
        .sort(),
    ).toEqual(ids);
  });

  it("the README's table has a row for each, in the same order, with level, severity and description", () => {
    const rows = policies.map(
      ({ id, level, severity, description }) =>
        `| [${id}](docs/policies/${id}.md) | ${level}, ${severity} | ${description} |`,
    );
    const table = readFileSync(join(ROOT, "README.md"), "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| ["));
    expect(table).toEqual(rows);
  });

  it("control-plane-nodes-known stands first: it carries the settings", () => {
    expect(policies[0]?.id).toBe("control-plane-nodes-known");
  });
});

describe.each(policies.map((policy) => [policy.id, policy] as const))("%s", (id, policy) => {
  it("its page begins with its name and its own description", () => {
    expect(page(id).startsWith(`# ${id}\n\n${policy.description}\n`)).toBe(true);
  });

  it("its description and remedy end in a period, and it has a severity and a level", () => {
    expect([policy.description, policy.remediation]).toEqual([
      expect.stringMatching(/\.$/),
      expect.stringMatching(/\.$/),
    ]);
    expect(["low", "medium", "high", "critical"]).toContain(policy.severity);
  });

  it("its page's failing example fails and its passing example passes", () => {
    expect(judge(policy, example(id, "Fails"))).toBe("fail");
    expect(judge(policy, example(id, "Passes"))).toBe("pass");
  });
});

/** An example of a page: a cluster in short form, or the text of a ClusterConfiguration with its settings. */
interface Example {
  readonly nodes: readonly string[];
  readonly configuration?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly files?: readonly FileSettings[];
  readonly settings?: object;
  /** What a remote.Command runs on a node, by its name. */
  readonly commands?: Readonly<Record<string, string>>;
}

function example(id: string, heading: string): Example {
  const block = new RegExp(`\\n## ${heading}\\n\\n\`\`\`yaml\\n([\\s\\S]*?)\`\`\``).exec(page(id))?.[1];
  if (block === undefined) throw new Error(`docs/policies/${id}.md has no example under ## ${heading}`);
  const parsed: unknown = load(block);
  if (typeof parsed !== "object" || parsed === null || !("nodes" in parsed))
    throw new Error(`the example of ${id} names no nodes`);
  return Object.assign({ nodes: [] }, parsed);
}

function judge(
  policy: (typeof policies)[number],
  { nodes, configuration, text, files, settings, commands }: Example,
): string {
  const cluster = clusterFrom(
    text ?? externalEtcd(configuration ?? {}),
    {
      name: "prod",
      controlPlaneNodes: nodes.map((name) => ({ name })),
      ...(files === undefined ? {} : { files }),
      ...settings,
    },
    commands === undefined ? undefined : commandStack(Object.entries(commands)),
  );
  return policy.check(cluster, NOW).kind;
}
