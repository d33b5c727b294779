import { describe, expect, it } from "vitest";
import type { FileSettings } from "../../cluster/cluster-settings";
import type { AllowedDifference } from "../../cluster/record/allowed-difference";
import { configurationText } from "../../kubeadm/config/configuration-text";
import { normalForm } from "../../kubeadm/config/normal-form";
import { readClusterConfiguration } from "../../kubeadm/config/read-cluster-configuration";
import { refusalText } from "../../kubeadm/config/refusal";
import { environmentsAgree as policy } from "../../policies/environments-agree";
import { recordFile } from "../../reports/record-file";
import { clusterFrom, externalEtcd } from "../helpers/cluster";

const NOW = { now: new Date("2026-11-23T12:00:00Z") };
const PRODUCTION = externalEtcd({ certFile: "/etc/etcd/client.pem" });
const TEST = PRODUCTION.replace("192.168.10.21", "192.168.20.21");
const OWN_ETCD = { field: "etcd.external.endpoints", reason: "each environment has its own etcd" };

/** What the policy says of production, compared with the record of test. */
function checked(
  testText: string,
  allow: readonly AllowedDifference[],
  layout: {
    readonly filesOnEveryNode?: readonly string[];
    readonly files?: readonly FileSettings[];
    readonly unlisted?: "missing";
    readonly other?: string;
  } = {},
) {
  const reading = readClusterConfiguration(configurationText(testText), { minor: 30 });
  if (reading.kind === "refused") throw new Error(refusalText(reading.refusal));
  const entry = {
    date: "2026-11-01T09:00:00.000Z",
    by: undefined,
    reason: "installed",
    kubernetesVersion: "v1.29.10",
    changes: [],
  };
  const { filesOnEveryNode, files = [], unlisted, other = "test" } = layout;
  const text = recordFile({
    cluster: other,
    configuration: normalForm(reading.configuration),
    filesOnEveryNode,
    history: [entry],
  });
  const cluster = clusterFrom(
    PRODUCTION,
    {
      name: "prod",
      controlPlaneNodes: [{ name: "cp1" }, { name: "cp2" }],
      files,
      compareWith: { record: "test.record.yaml", allow },
      ...(unlisted === undefined ? {} : { unlisted }),
    },
    undefined,
    { variables: [], comparedRecord: { kind: "text", path: "/test.record.yaml", text } },
  );
  const outcome = policy.check(cluster, NOW);
  const findings = outcome.kind === "fail" ? outcome.findings : [];
  const [first, ...more] = findings;
  const said = first === undefined ? "" : (policy.messages[first.message]?.([first, ...more], cluster) ?? "");
  return { kind: outcome.kind, said, findings: findings.map(({ message, node, path }) => ({ message, node, path })) };
}

describe("production compared with the record of test", () => {
  it.each([
    ["equal configurations agree", PRODUCTION, [], "pass", []],
    ["a difference is a finding", TEST, [], "fail", ["differs"]],
    ["an allowed difference is none", TEST, [OWN_ETCD], "pass", []],
    ["what lies below an allowed field is allowed", TEST, [{ field: "etcd", reason: "own etcd" }], "pass", []],
    [
      "a field that only begins alike is not allowed",
      TEST,
      [{ field: "etcd.external.end", reason: "typo" }],
      "fail",
      ["differs", "allowedButEqual"],
    ],
    ["an allowed difference that no longer exists is a finding", PRODUCTION, [OWN_ETCD], "fail", ["allowedButEqual"]],
  ] as const)("%s", (_title, text, allow, kind, messages) => {
    const outcome = checked(text, allow);
    expect(outcome.kind).toBe(kind);
    expect(outcome.findings.map(({ message }) => message)).toEqual(messages);
  });

  it("a file that every node of test has and one of production lacks is a finding on that node", () => {
    const layout = {
      filesOnEveryNode: ["/etc/etcd/client.pem"],
      files: [{ nodes: ["cp1"], path: "/etc/etcd/client.pem" }],
      unlisted: "missing",
    } as const;
    expect(checked(PRODUCTION, [], layout).findings).toEqual([
      { message: "fileOnlyThere", node: "cp2", path: "/etc/etcd/client.pem" },
    ]);
  });

  it("a file of test of which nothing is known here is undecided", () => {
    expect(checked(PRODUCTION, [], { filesOnEveryNode: ["/etc/etcd/client.pem"] }).kind).toBe("undecided");
  });

  it.each([
    ["by their clusters' names", "test", "prod differs from test in 1 field"],
    ["by the record where the names are one", "prod", "prod differs from prod of test.record.yaml in 1 field"],
  ])("the two environments are told apart %s", (_title, other, words) => {
    expect(checked(TEST, [], { other }).said).toContain(words);
  });
});
