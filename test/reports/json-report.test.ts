import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jsonReport } from "../../reports/json-report";
import { readReport } from "../../reports/read-report";
import { schemaFaults } from "../cli/helpers/schema-faults";
import { clean, cluster, refused, report } from "./helpers/fixture-report";

const SCHEMA = JSON.parse(readFileSync(join(__dirname, "..", "..", "docs", "check-schema.json"), "utf8"));

describe("the JSON report", () => {
  it.each([
    ["with findings", refused],
    ["without any", clean],
    ["of no cluster", report()],
  ])("fits its schema: %s", (_, one) => {
    expect(schemaFaults(SCHEMA, JSON.parse(jsonReport(one)))).toEqual([]);
  });

  it.each([
    ["with findings", refused],
    ["without any", clean],
    ["of no cluster", report()],
  ])("can be read back: %s", (_, one) => {
    expect(readReport(jsonReport(one))).toEqual({ kind: "report", report: one });
  });

  it.each([
    ["no JSON", "# comment", "it is not JSON"],
    ["another JSON", '{"runs": []}', "it is not a report of kubeadm-guard (tool)"],
    [
      "a date that is none",
      jsonReport({ ...clean, checkedAt: "today" }),
      "it is not a report of kubeadm-guard (checkedAt)",
    ],
  ])("is reported from %s", (_, text, why) => {
    expect(readReport(text)).toEqual({ kind: "problem", why });
  });

  it("names a node whatever its name is", () => {
    const predictions = [{ node: "__proto__", ok: true, error: null, why: null }];
    expect(jsonReport(report(cluster({ predictions })))).toContain('"__proto__": {\n');
  });
});
