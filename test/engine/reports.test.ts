import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readReport } from "../../reports/read-report";
import { BROKEN, clusters, NODES_KNOWN, PRESENCE } from "./helpers/programs";
import { testStack } from "./helpers/test-stack";

describe("kubeadm-guard:reports", () => {
  it("are written at the end of a preview; what cannot be written is an advisory finding", async () => {
    const stack = await testStack({
      program: BROKEN,
      config: {
        ...clusters(),
        "kubeadm-guard:reports": ["guard.json", "guard.sarif", "guard.html", "nowhere/guard.md", "guard.pdf"],
      },
    });
    const seen = await stack.preview();
    const written = readdirSync(stack.folder).filter((name) => name.startsWith("guard."));
    expect(written.sort()).toEqual(["guard.html", "guard.json", "guard.sarif"]);
    const reading = readReport(readFileSync(join(stack.folder, "guard.json"), "utf8"));
    expect(reading).toMatchObject({
      kind: "report",
      report: {
        origin: "preview",
        clusters: [
          {
            name: "prod",
            subject: { urn: stack.urn("kubernetes:core/v1:ConfigMap", "shared") },
            coverage: { controlPlaneNodes: ["master01", "master02", "master03"] },
          },
        ],
      },
    });
    const complaints = seen.violations.filter(({ policy }) => policy === NODES_KNOWN);
    expect(complaints.map(({ level, message }) => [level, message.split("\n").at(-1)])).toEqual([
      [
        "advisory",
        `kubeadm-guard:reports[3]: the report ${join(stack.folder, "nowhere/guard.md")} cannot be written: there is no such folder.`,
      ],
      ["advisory", expect.stringContaining("guard.pdf: the name of a report ends in .json, .sarif")],
    ]);
    expect(seen.violations.find(({ policy }) => policy === PRESENCE)?.message).toContain(
      `\nDetails: kubeadm-guard explain ${PRESENCE}`,
    );
  });
});
