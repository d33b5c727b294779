import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { enoughControlPlaneNodes } from "../../examples/team-pack/enough-control-plane-nodes";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import { FakeStack } from "../../pack/testing";
import { externalEtcd } from "../helpers/cluster";

const CA = "/etc/etcd/ca.pem";
const LISTING = `controlPlane:
  - name: master01
  - name: master02
searched: [/etc/etcd]
files:
  master01:
    - path: ${CA}
  master02: []
`;

it("a listing that changes during a preview is reported as it was checked", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-read-once-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [listing, report] = [join(folder, "nodes.yaml"), join(folder, "guard.json")];
  writeFileSync(listing, LISTING);
  const stack = new FakeStack({
    config: { "kubeadm-guard:clusters": [{ name: "prod", listing }], "kubeadm-guard:reports": [report] },
  });
  stack.add("kubernetes:core/v1:ConfigMap", "shared", {
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: externalEtcd({ caFile: CA }) },
  });
  // A policy of the team is called between the first reading and the reports.
  const changes = {
    ...enoughControlPlaneNodes,
    check: (...args: Parameters<typeof enoughControlPlaneNodes.check>) => {
      writeFileSync(listing, "# moved\n".repeat(50) + LISTING);
      return enoughControlPlaneNodes.check(...args);
    },
  };
  await stack.preview(kubeadmGuard({ policies: [changes] }));
  const [cluster] = JSON.parse(readFileSync(report, "utf8")).clusters;
  const places: readonly { readonly file: string; readonly line: number }[] = cluster.outcomes
    .flatMap(({ findings }: { findings: readonly { places: readonly object[] }[] }) => findings)
    .flatMap((finding: { places: readonly object[] }) => finding.places);
  const lines = places.flatMap(({ file, line }) => (file.endsWith("nodes.yaml") ? [line] : []));
  expect(new Set(lines)).toEqual(new Set([8]));
});
