import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { expect, it } from "vitest";
import { clusterFrom, externalEtcd } from "./helpers/cluster";
const list = (process.env["PAGES"] ?? "").split(",");
for (const id of list) it(id, async () => {
  const camel = id.replace(/-(.)/g, (_, c) => c.toUpperCase());
  const policy = (await import(`../policies/${id}`))[camel];
  const page = readFileSync(`docs/policies/${id}.md`, "utf8");
  expect(page.startsWith(`# ${id}\n\n${policy.description}\n`)).toBe(true);
  const got = ["Fails", "Passes"].map((h) => {
    const e: any = load(new RegExp(`\\n## ${h}\\n\\n\`\`\`yaml\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "");
    const cluster = clusterFrom(e.text ?? externalEtcd(e.configuration ?? {}), { name: "prod", controlPlaneNodes: e.nodes.map((name: string) => ({ name })), ...(e.files ? { files: e.files } : {}), ...e.settings });
    const outcome = policy.check(cluster, { now: new Date("2026-01-01T00:00:00Z") });
    for (const f of outcome.findings ?? outcome.remarks ?? []) console.log(policy.messages[f.message]([f], cluster));
    return outcome.kind;
  });
  expect(got).toEqual(["fail", "pass"]);
});
