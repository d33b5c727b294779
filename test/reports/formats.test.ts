import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import Ajv from "ajv-draft-04";
import { describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import { formatOfFile } from "../../reports/format-report";
import { githubReport } from "../../reports/formats/github-report";
import { gitlabReport } from "../../reports/formats/gitlab-report";
import { junitReport } from "../../reports/formats/junit-report";
import { markdownReport } from "../../reports/formats/markdown-report";
import { sarifReport } from "../../reports/formats/sarif-report";
import { htmlReport } from "../../reports/html/html-report";
import { jsonReport } from "../../reports/json-report";
import type { Report } from "../../reports/report";
import { textReport } from "../../reports/text-report";
import { clean, cluster, finding, policy, refused, report } from "./helpers/fixture-report";

const HOSTILE = report(
  cluster({
    name: "a<b>&\"'\u0000]]>\ud800",
    outcomes: [
      policy("p", {
        outcome: "fail",
        findings: [finding({ text: "|%0A::error::<script>\r\n\u001b[2J @team", fix: "`x`" })],
      }),
    ],
  }),
);
const AGREED = report(
  cluster({
    outcomes: [
      policy("p", {
        findings: [
          finding({ level: "accepted", text: "It is missing.\nAccepted until 2027-03-31: rebuilt (accept[0])" }),
          finding({ level: "known", text: "It is open.\nKnown: it is in the baseline b.json.", fingerprint: "d" }),
        ],
      }),
    ],
  }),
);
const EVERY: readonly [string, Report][] = [
  ["with findings", refused],
  ["without any", clean],
  ["of no cluster", report()],
  ["with texts that are markup", HOSTILE],
  ["with what the team has agreed to live with", AGREED],
];

describe("SARIF", () => {
  const schema = createRequire(__filename).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const validate = new Ajv({
    strict: false,
    unicodeRegExp: false,
    formats: { uri: true, "uri-reference": true, "date-time": true },
  }).compile(JSON.parse(readFileSync(schema, "utf8")));

  it.each(EVERY)("fits the schema of OASIS: %s", (_, one) => {
    validate(JSON.parse(sarifReport(one)));
    expect(validate.errors).toBeNull();
  });

  it("tells each finding with its rule, place, fix and fingerprint", () => {
    const { runs } = JSON.parse(sarifReport(refused));
    expect(runs[0].results.map(({ ruleId, kind, level }: never) => [ruleId, kind, level])).toEqual([
      ["external-etcd-files-on-every-control-plane-node", "fail", "error"],
      ["control-plane-endpoint-stable", "fail", "warning"],
      ["control-plane-nodes-known", "informational", "none"],
      ["external-etcd-cert-usable", "open", "none"],
    ]);
    expect(runs[0].results[0]).toMatchObject({
      ruleIndex: 0,
      partialFingerprints: { "kubeadmGuard/v1": "0123456789abcdef" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "clusters/prod%20config.yaml" },
            region: { startLine: 7 },
          },
          logicalLocations: [{ fullyQualifiedName: "prod/master01" }],
        },
      ],
      relatedLocations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "file:///srv/a%20b/inventory.ini" },
            region: { startLine: 3 },
          },
        },
      ],
      properties: { fix: "Use one name on every node.", node: "master01" },
    });
    expect(runs[0].tool.driver.rules[0]).toMatchObject({
      help: { text: "Do it. Details: kubeadm-guard explain external-etcd-files-on-every-control-plane-node" },
    });
  });

  it("names the resource of a kubeadm-config that a stack declares", () => {
    const urn = "urn:pulumi:prod::p::kubernetes:core/v1:ConfigMap::kubeadm-config";
    const [first] = refused.clusters;
    const declared = { ...cluster(first), subject: { ...cluster().subject, urn } };
    const result = JSON.parse(sarifReport(report(declared))).runs[0].results[2];
    expect(result.locations).toEqual([
      { logicalLocations: [{ name: "/srv/clusters/prod config.yaml", fullyQualifiedName: urn, kind: "resource" }] },
    ]);
  });
});

describe("JUnit XML", () => {
  const schema = readFileSync(join(__dirname, "helpers", "junit.xsd"), "utf8");

  it.each(EVERY)("fits its schema: %s", async (_, one) => {
    const { errors } = await validateXML({ xml: { fileName: "report.xml", contents: junitReport(one) }, schema });
    expect(errors).toEqual([]);
  });

  it("fails a policy with something mandatory, and skips what is undecided or does not apply", () => {
    const xml = junitReport(refused);
    expect(xml).toContain('<testsuites name="kubeadm-guard" tests="6" failures="1" skipped="2">');
    expect(xml).toContain(
      '<failure type="critical" message="etcd.external.certFile is on 1 of 2 control-plane nodes; missing on master01.">',
    );
    expect(xml).toContain('<skipped message="not applicable: no upgrade is declared"/>');
    expect(xml).toContain('<skipped message="undecided: what \\x1b[31m &#60;b&#62;it&#60;/b&#62; is &#38; was');
  });
});

describe("annotations for GitHub", () => {
  it("are one command a message, with its file and line", () => {
    expect(githubReport(refused).split("\n")).toEqual([
      "::error file=clusters/prod config.yaml,line=7,title=external-etcd-files-on-every-control-plane-node (prod)::etcd.external.certFile is on 1 of 2 control-plane nodes; missing on master01.%0AFix: Use one name on every node.",
      "::warning file=clusters/prod config.yaml,title=control-plane-endpoint-stable (prod)::It is empty.%0AFix: Put it there.",
      "::notice title=control-plane-nodes-known (prod)::A path stands there twice.",
      "::notice title=undecided (prod)::what \\x1b[31m <b>it</b> is & was (concerns on master01)%0ATo settle it: Look.",
      "",
    ]);
  });

  it("never let a text make a command of its own", () => {
    expect(githubReport(HOSTILE).split("\n")).toHaveLength(2);
    expect(githubReport(HOSTILE)).toContain("::|%250A::error::<script>\\x0d%0A\\x1b[2J @team%0AFix: `x`\n");
  });
});

describe("Markdown", () => {
  it("says the verdict, shows the table and puts each finding behind its first line", () => {
    const text = markdownReport(refused);
    expect(text).toContain("### kubeadm-guard: prod: refused\n");
    expect(text).toContain("| master01 | missing (has node-master01.pem) |\n");
    expect(text).toContain("<details open><summary><b>CRITICAL</b> external-etcd-files-on-every-control-plane-node: ");
    expect(text).toContain("<pre>Fix: Use one name on every node.</pre>");
    expect(text).toContain("\n- what &#92;x1b&#91;31m &#60;b&#62;it&#60;/b&#62; is &#38; was");
  });

  it("lets no text be markup or notify anybody", () => {
    expect(markdownReport(HOSTILE)).not.toMatch(/<script>|@team|\r/);
  });

  it("stays shorter than a comment may be", () => {
    const findings = Array.from({ length: 3000 }, (_, index) => finding({ text: `number ${index} is wrong` }));
    const long = report(cluster({ outcomes: [policy("p", { findings })] }));
    expect(markdownReport(long).length).toBeLessThan(65_536);
    expect(markdownReport(long)).toContain("too long for a comment");
  });
});

describe("GitLab's code quality report", () => {
  it("gives each finding a place, a severity and a fingerprint", () => {
    expect(JSON.parse(gitlabReport(refused))[0]).toEqual({
      description:
        "prod: etcd.external.certFile is on 1 of 2 control-plane nodes; missing on master01.\nFix: Use one name on every node.",
      check_name: "external-etcd-files-on-every-control-plane-node",
      fingerprint: "0123456789abcdef",
      severity: "blocker",
      location: { path: "clusters/prod config.yaml", lines: { begin: 7 } },
    });
  });

  it("is an empty list where nothing was found", () => {
    expect(JSON.parse(gitlabReport(clean))).toEqual([]);
  });
});

describe("the HTML page", () => {
  it("names the lines that a finding is about", () => {
    expect(htmlReport([refused])).toContain(
      "<p>Where: <code>clusters/prod config.yaml:7</code>, <code>/srv/a b/inventory.ini:3</code></p>",
    );
  });

  it("tells clusters of one name apart in its overview", () => {
    const urn = "urn:pulumi:prod::infra::kubernetes:core/v1:ConfigMap::kubeadm-config";
    const declared = cluster({ subject: { ...cluster().subject, urn, stack: { project: "infra", name: "prod" } } });
    const page = htmlReport([report(declared, cluster())]);
    expect(page).toContain("</a></th><td>infra/prod</td>");
    expect(page).toContain("</a></th><td>prod config.yaml</td>");
  });
});

describe("the format of a report's file", () => {
  it.each([
    ["out/report.json", "json"],
    ["report.SARIF", "sarif"],
    ["report.sarif.json", "sarif"],
    ["TEST-kubeadm.xml", "junit"],
    ["comment.md", "markdown"],
    ["gl-code-quality-report.json", "gitlab"],
    ["report.pdf", undefined],
    ["report", undefined],
  ])("%s is %s", (file, format) => {
    expect(formatOfFile(file)).toBe(format);
  });
});

describe("something undecided that the team has agreed to live with", () => {
  const reason = { id: "host-unknown", data: {}, source: null };
  const accepted = "accepted until 2027-03-31: rebuilt (accept[0])";
  const undecided = {
    reason,
    text: "The host is unknown",
    cause: { text: "The host is unknown", values: {} },
    settledBy: "Say it.",
    accepted,
    nodes: ["m1"],
    paths: [],
  };
  const places = [{ file: "hosts.ini", line: 3 }];
  const agreed = report(
    cluster({
      outcomes: [
        policy("p", {
          outcome: "undecided",
          findings: [
            finding({
              level: "accepted",
              reason,
              node: "m1",
              text: `The host is unknown\nA${accepted.slice(1)}`,
              places,
            }),
          ],
          undecided: [undecided],
        }),
      ],
    }),
  );

  it.each<[string, (one: Report) => string, string]>([
    [
      "JUnit",
      junitReport,
      '<skipped message="undecided: The host is unknown (concerns on m1); accepted until 2027-03-31',
    ],
    ["Markdown", markdownReport, "**Undecided and accepted, which is not a pass**\n\n- The host is unknown"],
    ["GitHub", githubReport, "::notice file=hosts.ini,line=3,title=undecided and accepted (prod)::The host is unknown"],
    ["GitLab", gitlabReport, '"severity": "info"'],
    [
      "HTML",
      (one) => htmlReport([one]),
      '<article class="accepted"><h4><span class="label">accepted</span> Undecided, which is not a pass',
    ],
  ])("%s lists it as accepted, and as no failure", (_, write, listed) => {
    expect(write(agreed)).toContain(listed);
    expect(write(agreed)).not.toMatch(/<failure|::error|::warning|"severity": "(?!info)|class="undecided">/);
  });

  it("is open and suppressed in SARIF", () => {
    const [result] = JSON.parse(sarifReport(agreed)).runs[0].results;
    expect(result).toMatchObject({
      kind: "open",
      level: "none",
      suppressions: [{ status: "accepted", justification: "Accepted until 2027-03-31: rebuilt (accept[0])" }],
    });
  });
});

describe("what the team has agreed to live with", () => {
  it.each<[string, (report: Report) => string]>([
    ["text", textReport],
    ["JSON", jsonReport],
    ["HTML", (one) => htmlReport([one])],
    ["JUnit", junitReport],
    ["annotations", githubReport],
    ["code quality", gitlabReport],
    ["Markdown", markdownReport],
    ["SARIF", sarifReport],
  ])("is listed in %s", (_, write) => {
    expect(write(AGREED)).toContain("2027-03-31: rebuilt");
    expect(write(AGREED)).toContain("it is in the baseline");
  });

  it("fails nothing", () => {
    expect(junitReport(AGREED)).toContain('failures="0"');
    expect(githubReport(AGREED)).not.toMatch(/^::(error|warning)/m);
    expect(gitlabReport(AGREED)).not.toContain("minor");
  });

  it("is suppressed in SARIF, with the reason", () => {
    const { runs } = JSON.parse(sarifReport(AGREED));
    expect(runs[0].results).toMatchObject([
      { suppressions: [{ status: "accepted", justification: "Accepted until 2027-03-31: rebuilt (accept[0])" }] },
      { suppressions: [{ justification: "Known: it is in the baseline b.json." }] },
    ]);
  });
});
