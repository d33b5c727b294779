import { describe, expect, it } from "vitest";
import type { Evidence, KubeadmRun, Machine } from "../../cluster/evidence";
import { splitByPort } from "../../cluster/split-by-port";
import type { FileOperation } from "../../machine/file-operation";
import { reasonText } from "../../reasons/reason-texts";
import { put, source, urn } from "../helpers/evidence";

const KEY = put("/etc/etcd/client-key.pem");
const SSHD = put("/etc/ssh/sshd_config");

const to = (host: string | undefined, port?: number): Machine => ({
  by: "connection",
  host,
  ...(port === undefined ? {} : { port }),
  resources: [urn("gateway")],
});
const brings = (machine: Machine, operation: FileOperation = KEY): Evidence => ({
  source: source("copy"),
  machine,
  operations: [operation],
});
const joins = (machine: Machine): KubeadmRun => ({
  command: "join-control-plane",
  source: source("join"),
  machine,
  config: false,
  uploadCerts: false,
  certificateKey: false,
  flags: [],
});

/** The machines by which a stack's evidence and runs are distinguished: `host` or why it is not known. */
function machines(evidence: readonly Evidence[], kubeadmRuns: readonly KubeadmRun[] = []): readonly string[] {
  const split = splitByPort({ evidence, kubeadmRuns });
  return [...split.evidence, ...split.kubeadmRuns].map(({ machine }) =>
    machine.by === "connection"
      ? (machine.host ?? "unknown until the update")
      : machine.by === "unknown"
        ? reasonText(machine.reason)
        : machine.by,
  );
}

describe("one host in several connections", () => {
  it.each<[string, () => readonly string[], readonly string[]]>([
    [
      "is one machine where all use one port",
      () => machines([brings(to("gw", 2201)), brings(to("gw", 2201))]),
      ["gw", "gw"],
    ],
    [
      "is several machines where certificates come through several ports",
      () => machines([brings(to("gw", 2201)), brings(to("gw", 2202)), brings(to("10.0.0.9"))]),
      ["gw:2201", "gw:2202", "10.0.0.9"],
    ],
    [
      "is several machines where kubeadm runs through several ports, ssh's own among them",
      () => machines([], [joins(to("gw")), joins(to("GW", 2202))]),
      ["gw:22", "GW:2202"],
    ],
    [
      "is one machine where only sshd's configuration comes through the other port",
      () => machines([brings(to("gw"), SSHD), brings(to("gw", 2222))]),
      ["gw", "gw"],
    ],
    [
      "keeps an IPv6 address and its port separate",
      () => machines([brings(to("fd00::1", 2201)), brings(to("fd00::1", 2202))]),
      ["[fd00::1]:2201", "[fd00::1]:2202"],
    ],
  ])("%s", (_title, seen, expected) => {
    expect(seen()).toEqual(expected);
  });

  it("leads no longer to the resource that passes connections on", () => {
    const split = splitByPort({ evidence: [brings(to("gw", 2201)), brings(to("gw", 2202))], kubeadmRuns: [] });
    expect(split.evidence.map(({ machine }) => machine)).toMatchObject([
      { behind: "gw", port: 2201, resources: [] },
      { behind: "gw", port: 2202, resources: [] },
    ]);
  });
});
