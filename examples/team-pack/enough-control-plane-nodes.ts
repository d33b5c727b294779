import { messageTemplate, outcomeOf, type Policy } from "kubeadm-guard/pack";

const tooFew = messageTemplate<{ readonly nodes: readonly string[] }>("tooFew", ([{ data }]) =>
  [
    `The cluster has ${data.nodes.length} control-plane nodes: ${data.nodes.join(", ")}.`,
    "Fix: add control-plane nodes until there are three.",
  ].join("\n"),
);

/** A policy of the team's own, on the clusters that kubeadm-guard finds. */
export const enoughControlPlaneNodes: Policy = {
  id: "enough-control-plane-nodes",
  title: "Enough control-plane nodes",
  description: "A cluster has three control-plane nodes.",
  severity: "medium",
  level: "advisory",
  remediation: "Add control-plane nodes until there are three.",
  messages: { tooFew: tooFew.message },
  check({ controlPlane }) {
    if (controlPlane.kind === "unknown")
      return { kind: "not-applicable", why: "the control-plane nodes are not known (control-plane-nodes-known)" };
    const nodes = controlPlane.nodes.map(({ name }) => name);
    return outcomeOf(nodes.length < 3 ? [tooFew.finding({ data: { nodes } })] : [], []);
  },
};
