import { describe, expect, it } from "vitest";
import type { Terminal } from "../../cli/terminal";
import { externalEtcd } from "../helpers/cluster";
import { apiServerPod, kubeadmConfigMap, list, nodeObject } from "../helpers/kubectl-output";
import { outcomeOf, runCheck, runProgram } from "./helpers/run-check";

const DIR = "/etc/ssl/etcd/ssl";
const files = (owner: string) => ({
  caFile: `${DIR}/ca.pem`,
  certFile: `${DIR}/node-${owner}.pem`,
  keyFile: `${DIR}/node-${owner}-key.pem`,
});
const etcdServers = ["https://192.168.10.21:2379"];
const NAMES = ["master01", "master02", "master03"];
const NODES = NAMES.map((name, index) => nodeObject(name, `10.0.0.${index + 1}`, "control-plane"));
const CONFIG_MAP = kubeadmConfigMap(externalEtcd(files("master03")));
const PRESENCE = "external-etcd-files-on-every-control-plane-node";

/** The Pods of a cluster whose API servers run with these nodes' files. */
const pods = (owners: readonly string[]) =>
  list(NAMES.map((name, index) => apiServerPod(name, { ...files(owners[index] ?? name), etcdServers })));
const stream = (...documents: readonly object[]) => documents.map((one) => JSON.stringify(one)).join("\n");

describe("check of what kubectl prints", () => {
  it("equal names on every node settle presence without a login to any machine", async () => {
    const checked = await runCheck([], stream(CONFIG_MAP, list(NODES), pods(NAMES.map(() => "master03"))));
    expect(outcomeOf(checked, PRESENCE)).toBe("pass");
    expect(outcomeOf(checked, "apiservers-use-declared-etcd-files")).toBe("pass");
  });

  it("kubespray 11500: the signature is a finding, and the files of the other nodes stay undecided", async () => {
    const checked = await runCheck([], stream(CONFIG_MAP, list(NODES), pods(NAMES)));
    expect(outcomeOf(checked, "apiservers-use-declared-etcd-files")).toBe("fail");
    expect(outcomeOf(checked, PRESENCE)).toBe("undecided");
    expect(checked.code).toBe(2);
  });

  it("reads flags in two words", async () => {
    const inTwo = JSON.stringify(pods(NAMES.map(() => "master03"))).replaceAll(
      /"(--etcd-(?:ca|cert|key)file)=([^"]*)"/g,
      '"$1","$2"',
    );
    const checked = await runCheck([], `${stream(CONFIG_MAP, list(NODES))}\n${inTwo}`);
    expect(inTwo).toContain('"--etcd-certfile","/etc');
    expect(outcomeOf(checked, PRESENCE)).toBe("pass");
  });

  it("with Pods alone a control-plane node whose API server is down is not seen, so who the nodes are is undecided", async () => {
    const checked = await runCheck([], stream(CONFIG_MAP, pods(NAMES.map(() => "master03"))));
    expect(outcomeOf(checked, "control-plane-nodes-known")).toBe("undecided");
    expect(checked.code).toBe(2);
    expect(checked.output).toContain("no Node of the live cluster was read");
  });

  it("the label of kubeadm before 1.24 makes a control-plane node as well", async () => {
    const old = NAMES.map((name, index) => nodeObject(name, `10.0.0.${index + 1}`, "master"));
    const checked = await runCheck([], stream(CONFIG_MAP, list(old), pods(["master03", "master03"])));
    expect(checked.report.clusters[0]).toMatchObject({ coverage: { controlPlaneNodes: NAMES } });
  });

  it("with Nodes alone the nodes are known, and their files are not", async () => {
    const checked = await runCheck([], stream(CONFIG_MAP, list(NODES)));
    expect(outcomeOf(checked, "control-plane-nodes-known")).toBe("pass");
    expect(outcomeOf(checked, PRESENCE)).toBe("undecided");
  });
});

/** A kubectl that answers by resource. */
function kubectl(answers: Readonly<Record<string, string | { readonly complaints: string }>>): Terminal["run"] {
  return async (_program, args) => {
    const answer = answers[args[1] ?? ""];
    if (answer === undefined) return { kind: "not-found" };
    return typeof answer === "string"
      ? { kind: "ran", code: 0, output: answer, complaints: "" }
      : { kind: "ran", code: 1, output: "", complaints: answer.complaints };
  };
}

const ANSWERS = {
  configmap: JSON.stringify(CONFIG_MAP),
  nodes: JSON.stringify(list(NODES)),
  pods: JSON.stringify(pods(NAMES)),
};

describe("check --live", () => {
  it("asks kubectl three times, shows each command, and needs no other option", async () => {
    const { code, output, complaints } = await runProgram(
      ["check", "--live", "--context", "prod"],
      undefined,
      kubectl(ANSWERS),
    );
    expect(complaints.split("\n").filter((line) => line.startsWith("$"))).toEqual([
      "$ kubectl get configmap kubeadm-config --namespace=kube-system -o json --request-timeout=10s --context=prod",
      "$ kubectl get nodes -o json --request-timeout=10s --context=prod",
      "$ kubectl get pods --namespace=kube-system --selector=tier=control-plane -o json --request-timeout=10s --context=prod",
    ]);
    expect(code).toBe(2);
    expect(output).toContain("apiservers-use-declared-etcd-files");
  });

  it.each([
    ["there is no kubectl", {}, "kubectl is not on PATH"],
    [
      "the ConfigMap is not there",
      { configmap: { complaints: 'Error from server (NotFound): configmaps "kubeadm-config" not found\n' } },
      "the ConfigMap kubeadm-config does not exist in kube-system, so there is nothing to check. kubeadm upgrade and kubeadm join read it and stop without it",
    ],
    [
      "the API server is not reachable",
      {
        configmap: {
          complaints:
            "E1126 10:00:00.000000 1 memcache.go:265] couldn't get current server API group list\nUnable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout\n",
        },
      },
      "Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout.",
    ],
    ["kubectl prints something else", { configmap: "hello" }, "is not JSON of the Kubernetes API"],
  ])("where %s says so, with exit code 3", async (_title, answers, said) => {
    const { code, output, complaints } = await runProgram(["check", "--live"], undefined, kubectl(answers));
    expect([code, output]).toEqual([3, ""]);
    expect(complaints).toContain(said);
  });

  it("says that kubectl showed no node where neither Nodes nor Pods may be read", async () => {
    const forbidden = { complaints: "Error from server (Forbidden): it is forbidden\n" };
    const answers = kubectl({ ...ANSWERS, nodes: forbidden, pods: forbidden });
    const { code, output } = await runProgram(["check", "--live"], undefined, answers);
    expect(code).toBe(2);
    expect(output).toContain("kubectl shows no control-plane Node and no kube-apiserver Pod");
  });

  it("checks the rest where the Pods may not be read", async () => {
    const forbidden = {
      complaints: 'Error from server (Forbidden): pods is forbidden: User "dev" cannot list resource "pods"\n',
    };
    const { code, complaints } = await runProgram(
      ["check", "--live"],
      undefined,
      kubectl({ ...ANSWERS, pods: forbidden }),
    );
    expect(code).toBe(2);
    expect(complaints).toContain(
      'the list of control-plane Pods cannot be read: Error from server (Forbidden): pods is forbidden: User "dev" cannot list resource "pods". The rest is checked.',
    );
  });

  it.each([
    [["check", "--context", "prod"], "--context is for --live."],
    [["check", "--live", "--kubeadm-config", "cm.yaml"], "--live reads the kubeadm-config itself."],
  ])("%j is a usage error", async (args, said) => {
    const { code, complaints } = await runProgram(args, undefined, kubectl(ANSWERS));
    expect(code).toBe(3);
    expect(complaints).toContain(said);
  });
});
