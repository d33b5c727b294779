import { describe, expect, it } from "vitest";
import { preview } from "./helpers/preview";
import {
  BROKEN,
  clusters,
  command,
  configMap,
  copies,
  FOLDER,
  MASTERS,
  OF_MASTER03,
  own,
  PRESENCE,
} from "./helpers/programs";
import { saidBy } from "./helpers/said";
import { testStack } from "./helpers/test-stack";

const FILE = "/etc/kubernetes/kubeadm-config.yaml";

/** A file for kubeadm, with the pair of this name. */
function configFile(name: string): string {
  return `apiVersion: kubeadm.k8s.io/v1beta3
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 192.168.10.11}
---
apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.30.4
controlPlaneEndpoint: api.example.com:6443
etcd:
  external:
    endpoints: [https://192.168.10.21:2379, https://192.168.10.22:2379, https://192.168.10.23:2379]
    caFile: ${FOLDER}/ca.pem
    certFile: ${FOLDER}/node-${name}.pem
    keyFile: ${FOLDER}/node-${name}-key.pem
`;
}

/** A program without a ConfigMap: it copies the file to master01, where kubeadm init gets it, and certificates to all masters. */
function initProgram(named: (master: string) => string): string {
  const certificates = MASTERS.map(({ name, addresses: [host = ""] }) => copies(host, own(named(name)))).join("");
  return `${certificates}
const config = new command.remote.CopyToRemote("kubeadm-config", {
  connection: { host: "192.168.10.11" },
  source: new pulumi.asset.FileAsset("kubeadm.yaml"),
  remotePath: "/tmp/kubeadm.yaml",
});
new command.remote.Command("init", {
  connection: { host: "192.168.10.11" },
  create: "mv /tmp/kubeadm.yaml ${FILE} && kubeadm init --config ${FILE} --upload-certs",
}, { dependsOn: config });`;
}

describe("a program without a ConfigMap, whose kubeadm init gets a file", () => {
  it("is refused where the file names the pair of one master, also after the update", async () => {
    const program = initProgram((name) => name);
    const stack = await testStack({ program, config: clusters(), files: { "kubeadm.yaml": configFile("master03") } });
    const refused = async () => {
      const seen = await stack.preview();
      expect(seen.exitCode).not.toBe(0);
      expect(saidBy(PRESENCE, seen)).toContain(
        `${OF_MASTER03.certFile} is on 1 of 3 control-plane nodes; missing on master01, master02.`,
      );
      const urns = new Set(seen.violations.filter(({ policy }) => policy === PRESENCE).map(({ urn }) => urn));
      expect([...urns]).toEqual([stack.urn("command:remote:CopyToRemote", "kubeadm-config")]);
    };
    await refused();
    await stack.up();
    await refused();
  });

  it("passes where all masters have one name", async () => {
    const files = { "kubeadm.yaml": configFile("shared") };
    const seen = await preview({ program: initProgram(() => "shared"), config: clusters(), files });
    expect([seen.exitCode, seen.violations]).toEqual([0, []]);
  });
});

describe("kubespray 11500 beside what is not followed", () => {
  const beside = (program: string) => preview({ program: BROKEN + program, config: clusters() });
  const local = (create: string) => `new command.local.Command("other", { create: ${JSON.stringify(create)} });`;

  it.each([
    ["terraform output", local("terraform output -json")],
    ["pip install", local("pip install -r requirements.txt")],
    [
      "a component that names something else",
      `new pulumi.ComponentResource("corp:index:Site", "site", { path: "/srv/www" });`,
    ],
  ])("%s takes no refusal away", async (_, program) => {
    const seen = await beside(program);
    expect(seen.exitCode).not.toBe(0);
    expect(saidBy(PRESENCE, seen)).toContain("missing on master01, master02");
  });

  it.each([
    ["ansible-playbook", local("ansible-playbook -i hosts site.yml")],
    ["pdcp from master03", command("192.168.10.13", `pdcp -w master0[1-2] ${OF_MASTER03.certFile} ${FOLDER}`)],
    ["a script from master03 that names the others", command("192.168.10.13", "./copy.sh master01 192.168.10.12")],
    [
      "a component that names the folder",
      `new pulumi.ComponentResource("corp:index:Site", "site", { folder: "${FOLDER}" });`,
    ],
  ])("%s leaves it undecided, by name", async (_, program) => {
    const seen = await beside(program);
    expect(seen.exitCode).toBe(0);
    expect(saidBy(PRESENCE, seen)).toMatch(/other|on-192\.168\.10\.13|site/);
  });

  it("another ssh that names one node leaves that node's files undecided", async () => {
    const seen = await beside(command("192.168.10.13", "./push.sh root@192.168.10.11"));
    expect(seen.exitCode).not.toBe(0);
    expect(saidBy(PRESENCE, seen)).toContain("missing on master02, undecided on master01");
  });
});

describe("the order of a copy and of what takes the file away", () => {
  const files = Object.values(OF_MASTER03);
  const everywhere = MASTERS.map(({ addresses: [host = ""] }) => copies(host, files)).join("");
  const waiting = (create: string, dependsOn: string) => `
const ca = new command.remote.CopyToRemote("ca-again", {
  connection: { host: "192.168.10.11" },
  source: new pulumi.asset.FileAsset("index.js"),
  remotePath: "${FOLDER}/ca.pem",
});
new command.remote.Command("after", { connection: { host: "192.168.10.11" }, create: "${create}" }, { ${dependsOn} });`;

  it.each([
    ["rm", `rm -f ${FOLDER}/ca.pem`],
    ["mv", `mv ${FOLDER}/ca.pem /root/ca.pem`],
  ])("%s that does not wait is undecided, and the missing dependsOn is named", async (_, create) => {
    const program =
      configMap() + everywhere.replace(/new command[^;]*ca\.pem-to-192\.168\.10\.11[^;]*;/s, "") + waiting(create, "");
    const seen = await preview({ program, config: clusters() });
    expect(seen.exitCode).toBe(0);
    expect(saidBy(PRESENCE, seen)).toContain("ca-again");
    expect(saidBy(PRESENCE, seen)).toContain("dependsOn");
    const decided = await preview({ program: program.replace("{  });", "{ dependsOn: ca });"), config: clusters() });
    expect(decided.exitCode).not.toBe(0);
    expect(saidBy(PRESENCE, decided)).toContain("missing on master01");
  });

  it("install from a staged copy that it does not wait for is undecided", async () => {
    const staged = (dependsOn: string) => `
const staged = new command.remote.CopyToRemote("staged", {
  connection: { host: "192.168.10.11" },
  source: new pulumi.asset.FileAsset("index.js"),
  remotePath: "/tmp/ca.pem",
});
new command.remote.Command("install", {
  connection: { host: "192.168.10.11" },
  create: "install -m 644 /tmp/ca.pem ${FOLDER}/ca.pem",
}, { ${dependsOn} });`;
    const program = (dependsOn: string) =>
      configMap() + everywhere.replace(/new command[^;]*ca\.pem-to-192\.168\.10\.11[^;]*;/s, "") + staged(dependsOn);
    const open = await preview({ program: program(""), config: clusters() });
    expect(saidBy(PRESENCE, open)).toContain(
      "it copies /tmp/ca.pem, but does not wait for staged, which puts it there (dependsOn)",
    );
    expect(saidBy(PRESENCE, open)).toContain("dependsOn");
    const decided = await preview({ program: program("dependsOn: staged"), config: clusters() });
    expect([decided.exitCode, saidBy(PRESENCE, decided)]).toEqual([0, ""]);
  });
});
