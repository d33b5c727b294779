import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedClusters } from "../helpers/recorded-clusters";
import { collected, collectScript, type Laid, nodeDisk } from "./helpers/node-disks";
import { runCheck, runProgram } from "./helpers/run-check";
import { SHELLS } from "./helpers/shells";

let place = "";
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "collect-"));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const disk = (files: readonly Laid[]) => nodeDisk(place, files);
const script = collectScript;

const listed = (text: string) => {
  const value: unknown = load(text.replace(/^---\n/, ""));
  return value;
};

/** Folders of the recorded clusters' files that no default names. */
const CASE_FOLDERS = ["/opt/pki", "/etc/pki"].flatMap((folder) => ["--folder", folder]);

/** Cases whose disks cannot be laid out below a folder, or whose names cannot be made by this test. */
const cases = recordedClusters("clusters");

describe("a disk that is laid out, collected and checked gives kubeadm's verdict", () => {
  it.each(cases)("$id: $title", async ({ id, configMap, controlPlane, files, kubeadm }) => {
    const config = join(place, `${id}.json`);
    writeFileSync(config, JSON.stringify(configMap));
    const text = await script(...CASE_FOLDERS, "--kubeadm-config", config);
    const listing = controlPlane.map(({ name }) => collected(text, name, disk(files[name] ?? []))).join("");
    const file = join(place, `${id}.yaml`);
    writeFileSync(file, listing);
    expect(listing).not.toMatch(PRIVATE);
    const { report } = await runCheck(["--nodes", file, "--kubeadm", "1.30.14"], JSON.stringify(configMap));
    const verdicts = Object.entries(kubeadm.nodes).map(([node, { ok }]) => [node, ok]);
    const ours = Object.entries(report.clusters[0].kubeadm).map(([node, { ok }]) => [node, ok]);
    expect(ours).toEqual(verdicts);
  });
});

/** Base64 of a private key: DER that begins with a sequence and version 0 or 1. */
const PRIVATE = /\bMII[A-Za-z0-9+/]{2}[AQgw]IBA|MHcCAQEE|MC4CAQAw/;

describe.each(SHELLS)("the script in %s", (_name, shell) => {
  it("lists names with spaces, quotes and backslashes, and other bytes by their digits", async () => {
    const names = [
      "with space",
      'with "quote"',
      "with 'quote'",
      "with\\backslash",
      "$HOME `id`",
      "tür",
      "line\nbreak",
      "*",
    ];
    const root = disk(names.map((name) => ({ path: `/etc/etcd/${name}`, link: null, content: "x" })));
    const file = join(place, "names.yaml");
    writeFileSync(file, collected(await script(), "cp1", root, shell));
    const verdict = async (name: string) => {
      const config = `apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.30.14\netcd:\n  external:\n    endpoints: [https://10.0.0.1:2379]\n    caFile: ${JSON.stringify(`/etc/etcd/${name}`)}\n`;
      const { report } = await runCheck(["--nodes", file], config);
      return report.clusters[0].kubeadm["cp1"]?.ok;
    };
    const verdicts = await Promise.all(names.map(verdict));
    // A file whose name has a line break is listed without its content.
    expect(verdicts.map((ok, index) => [names[index], ok])).toEqual(
      names.map((name) => [name, name === "line\nbreak" ? null : true]),
    );
  });

  it("follows links out of the folders, to folders too, and stops at circles", async () => {
    const root = disk([
      { path: "/etc/etcd/client.pem", link: "/srv/pki/client.pem", content: null },
      { path: "/srv/pki/client.pem", link: "real.pem", content: null },
      { path: "/srv/pki/real.pem", link: null, content: "x" },
      { path: "/etc/kubernetes/ssl", link: "../../var/ssl", content: null },
      { path: "/var/ssl/apiserver.crt", link: null, content: "x" },
      { path: "/etc/etcd/round", link: "about", content: null },
      { path: "/etc/etcd/about", link: "round", content: null },
      { path: "/etc/etcd/self", link: ".", content: null },
    ]);
    expect(listed(collected(await script(), "cp1", root, shell))).toMatchObject({
      files: {
        cp1: expect.arrayContaining([
          { path: "/etc/etcd/client.pem", link: "/srv/pki/client.pem" },
          { path: "/srv/pki/client.pem", link: "real.pem" },
          expect.objectContaining({ path: "/srv/pki/real.pem" }),
          { path: "/etc/kubernetes/ssl", link: "../../var/ssl" },
          expect.objectContaining({ path: "/var/ssl/apiserver.crt" }),
          { path: "/etc/etcd/round", link: "about" },
          { path: "/etc/etcd/about", link: "round" },
        ]),
      },
    });
  });

  it("without openssl lists a key without its content", async () => {
    const [sound] = recordedClusters("clusters").filter(({ id }) => id === "single-node");
    const files = Object.values(sound?.files ?? {})[0] ?? [];
    const noOpenssl = (await script()).replace("command -v openssl", "command -v no-openssl-here");
    const text = collected(noOpenssl, "cp1", disk(files), shell);
    expect(text).not.toMatch(PRIVATE);
    const keys = text.split("\n").filter((line) => line.includes("-key.pem"));
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((line) => line.includes("content"))).toEqual([]);
  });

  it("a node without any of the folders was searched all the same", async () => {
    expect(listed(collected(await script(), "cp1", disk([]), shell))).toMatchObject({
      searched: expect.arrayContaining(["/etc/kubernetes", "/etc/ssl/etcd", "/etc/etcd"]),
    });
  });
});

describe("what else collect prints", () => {
  it("searches the folders that a kubeadm-config names", async () => {
    const file = join(place, "cm.yaml");
    writeFileSync(
      file,
      "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\netcd: {external: {caFile: /srv/pki/ca.pem}}\n",
    );
    expect(await script("--kubeadm-config", file)).toContain("/srv/pki'");
  });

  it("an Ansible playbook that holds the script as it is", async () => {
    const plays: unknown = load((await script("--format", "ansible")).replace("!unsafe ", ""));
    expect(JSON.stringify(plays)).toContain("KUBEADM_GUARD_NODE");
  });

  it("a DaemonSet that mounts the disks read-only, and how to remove it", async () => {
    const text = await script("--format", "daemonset", "--image", "registry.example/tools:1");
    expect(text).toContain("#   kubectl delete -f collect.yaml");
    const objects = text
      .split(/^---$/m)
      .slice(1)
      .map((one) => load(one));
    expect(objects).toMatchObject([
      { kind: "Namespace" },
      { kind: "ConfigMap" },
      {
        kind: "DaemonSet",
        spec: {
          template: {
            spec: {
              containers: [
                { image: "registry.example/tools:1", volumeMounts: [{ readOnly: true }, { readOnly: true }] },
              ],
            },
          },
        },
      },
    ]);
  });

  it.each([
    [["collect", "--format", "xml"], "--format is sh, ansible or daemonset, not xml."],
    [["collect", "--folder", "$(id)"], "--folder is an absolute path"],
    [["collect", "--image", "x"], "--image is for --format daemonset."],
  ])("%j is a usage error", async (args, why) => {
    const { code, complaints } = await runProgram(args);
    expect(code).toBe(3);
    expect(complaints).toContain(why);
  });
});
