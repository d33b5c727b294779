import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { externalEtcd } from "../helpers/cluster";
import { kubeadmConfigMap } from "../helpers/kubectl-output";
import { runProgram } from "./helpers/run-check";

const TEXT = externalEtcd({ certFile: "/etc/etcd/client.pem", keyFile: "/etc/etcd/client-key.pem" });
const CONFIG_MAP = (text: string) => JSON.stringify(kubeadmConfigMap(text));

/** A folder for one record; what is given is the file's text before. */
function place(before?: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "record-")), "prod.record.yaml");
  if (before !== undefined) writeFileSync(file, before);
  return file;
}

const record = (file: string, reason: string, text = TEXT, ...more: readonly string[]) =>
  runProgram(["record", "--out", file, "--reason", reason, ...more], CONFIG_MAP(text));

describe("kubeadm-guard record", () => {
  it("writes the configuration, and who recorded it, when and why", async () => {
    const file = place();
    const { code, output } = await record(file, "installed");
    expect([code, output]).toEqual([0, `${file}: recorded kubernetes.\n`]);
    expect(load(readFileSync(file, "utf8"))).toMatchObject({
      kind: "KubeadmConfigRecord",
      configuration: { "etcd.external.certFile": "/etc/etcd/client.pem" },
      history: [
        {
          date: "2026-11-23T12:00:00.000Z",
          by: "Ada Lovelace <ada@example.com>",
          reason: "installed",
          kubernetesVersion: "v1.29.10",
        },
      ],
    });
  });

  it("shows nothing of a password that stands where the cluster's name does", async () => {
    const file = place();
    const { code, output } = await record(file, "installed", `${TEXT}clusterName: "admin:Zq9wvPw@db.example"\n`);
    expect(code).toBe(0);
    expect(output + readFileSync(file, "utf8")).not.toContain("Zq9wvPw");
  });

  it("adds an entry with the fields that changed, and keeps the old ones", async () => {
    const file = place();
    await record(file, "installed");
    await record(file, "a neutral name", TEXT.replace("client.pem", "kube-etcd-client.pem"));
    expect(load(readFileSync(file, "utf8"))).toMatchObject({
      history: [
        { reason: "installed" },
        {
          reason: "a neutral name",
          changes: ["etcd.external.certFile: /etc/etcd/client.pem → /etc/etcd/kube-etcd-client.pem"],
        },
      ],
    });
  });

  it("leaves the file alone, byte for byte, where nothing has changed", async () => {
    const file = place();
    await record(file, "installed");
    const before = readFileSync(file, "utf8");
    const { code, output } = await record(file, "again", TEXT.replace("v1beta3", "v1beta4"));
    expect([code, output]).toEqual([0, `${file}: the kubeadm-config equals its record; nothing was recorded.\n`]);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("what it writes, check --record finds equal, and a drifted configuration not", async () => {
    const file = place();
    await record(file, "installed");
    const check = (text: string) => runProgram(["check", "--record", file, "--format", "json"], CONFIG_MAP(text));
    const outcome = async (text: string) =>
      JSON.parse((await check(text)).output).clusters[0].outcomes.find(
        ({ policy }: { readonly policy: string }) => policy === "kubeadm-config-matches-record",
      ).outcome;
    expect(await outcome(TEXT)).toBe("pass");
    expect(await outcome(TEXT.replace("client.pem", "node-master03.pem"))).toBe("fail");
  });

  it.each([
    ["another file of that name is not overwritten", "kind: Pod\n", TEXT, "is not overwritten"],
    [
      "a configuration that kubeadm cannot read is not recorded",
      undefined,
      "kind: [",
      "kubeadm cannot read the ClusterConfiguration",
    ],
  ])("%s: exit code 3", async (_title, before, text, complaint) => {
    const file = place(before);
    const { code, complaints } = await record(file, "installed", text);
    expect(code).toBe(3);
    expect(complaints).toContain(complaint);
    expect(before === undefined ? readdirSync(join(file, "..")) : [readFileSync(file, "utf8")]).toEqual(
      before === undefined ? [] : [before],
    );
  });

  it("does not take a folder for a record", async () => {
    const { code, complaints } = await record(tmpdir(), "installed");
    expect(code).toBe(3);
    expect(complaints).toContain("is not overwritten: it is a folder");
  });

  it("says that a folder is not there, and leaves nothing behind", async () => {
    const { code, complaints } = await record("/nowhere/at/all/r.yaml", "installed");
    expect([code, complaints]).toEqual([
      3,
      "kubeadm-guard: /nowhere/at/all/r.yaml cannot be written: there is no such folder.\n",
    ]);
  });

  it.each([
    [["record", "--reason", "x"], "Name the file of the record with --out FILE."],
    [["record", "--out", "r.yaml"], 'Say why the configuration is as it is: --reason "TEXT".'],
  ])("%j is a usage error", async (args, why) => {
    const { code, complaints } = await runProgram(args, CONFIG_MAP(TEXT));
    expect(code).toBe(3);
    expect(complaints).toContain(why);
  });
});
