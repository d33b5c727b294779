import { describe, expect, it } from "vitest";
import type { DocumentFile } from "../../cluster/documents";
import { configurationText } from "../../kubeadm/config/configuration-text";
import { normalForm } from "../../kubeadm/config/normal-form";
import { readClusterConfiguration } from "../../kubeadm/config/read-cluster-configuration";
import { refusalText } from "../../kubeadm/config/refusal";
import { kubeadmConfigMatchesRecord as policy } from "../../policies/kubeadm-config-matches-record";
import { recordFile } from "../../reports/record-file";
import { clusterFrom, externalEtcd } from "../helpers/cluster";

const NOW = { now: new Date("2026-11-23T12:00:00Z") };
const SOUND = externalEtcd({ certFile: "/etc/etcd/client.pem", keyFile: "/etc/etcd/client-key.pem" });

/** The record that `kubeadm-guard record` makes of a text. */
function recordOf(text: string): DocumentFile {
  const reading = readClusterConfiguration(configurationText(text), { minor: 30 });
  if (reading.kind === "refused") throw new Error(refusalText(reading.refusal));
  const entry = {
    date: "2026-11-01T09:00:00.000Z",
    by: "Ada",
    reason: "installed",
    kubernetesVersion: "v1.29.10",
    changes: [],
  };
  const record = {
    cluster: "prod",
    configuration: normalForm(reading.configuration),
    filesOnEveryNode: undefined,
    history: [entry],
  };
  return { kind: "text", path: "/repo/prod.record.yaml", text: recordFile(record) };
}

function checked(text: string, record: DocumentFile | undefined) {
  const documents = { variables: [], ...(record === undefined ? {} : { record }) };
  const cluster = clusterFrom(text, { name: "prod" }, undefined, documents);
  const outcome = policy.check(cluster, NOW);
  const [first, ...more] = outcome.kind === "fail" ? outcome.findings : [];
  const said = first === undefined ? "" : (policy.messages["differs"]?.([first, ...more], cluster) ?? "");
  return { kind: outcome.kind, said };
}

describe("a kubeadm-config beside its record", () => {
  it.each([
    ["the recorded text", SOUND],
    ["the same with a comment and other quotes", SOUND.replace("v1.29.10", "'v1.29.10' # pinned")],
    ["the same as v1beta4", SOUND.replace("v1beta3", "v1beta4")],
  ])("%s matches", (_title, text) => {
    expect(checked(text, recordOf(SOUND)).kind).toBe("pass");
  });

  it("is not asked about where no record is named", () => {
    expect(checked(SOUND, undefined).kind).toBe("not-applicable");
  });

  it("with another certificate differs, and the message gives both values, who recorded it and why", () => {
    const { kind, said } = checked(SOUND.replace("client.pem", "node-master03.pem"), recordOf(SOUND));
    expect(kind).toBe("fail");
    expect(said.split("\n")).toEqual([
      "The kubeadm-config differs from its record in 1 field: /repo/prod.record.yaml.",
      "  etcd.external.certFile: /etc/etcd/client.pem → /etc/etcd/node-master03.pem",
      "Recorded on 2026-11-01 by Ada: installed",
      'Fix: if the change is intended, record it with its reason (kubeadm-guard record --out /repo/prod.record.yaml --reason "..."); otherwise restore the recorded values.',
    ]);
  });

  it("with a field more and a field less names both", () => {
    const { said } = checked(
      SOUND.replace("kind:", "clusterName: prod\nkind:").replace("    keyFile: /etc/etcd/client-key.pem\n", ""),
      recordOf(SOUND),
    );
    expect(said).toContain(
      "  clusterName: kubernetes → prod\n  etcd.external.keyFile: /etc/etcd/client-key.pem → (not set)",
    );
  });

  it.each<[string, DocumentFile]>([
    ["that is not there", { kind: "unreadable", path: "/repo/r.yaml", why: "there is no such file" }],
    ["that is something else", { kind: "text", path: "/repo/r.yaml", text: "apiVersion: v1\nkind: Pod\n" }],
    ["that was cut off", { kind: "text", path: "/repo/r.yaml", text: recordTextCutOff() }],
  ])("beside a record %s is undecided", (_title, record) => {
    expect(checked(SOUND, record).kind).toBe("undecided");
  });
});

function recordTextCutOff(): string {
  const record = recordOf(SOUND);
  return record.kind === "text" ? record.text.slice(0, record.text.indexOf("history:")) : "";
}
