import { PolicyPack } from "@pulumi/policy";
import { kubeadmGuard } from "kubeadm-guard/pack";
import { enoughControlPlaneNodes } from "./enough-control-plane-nodes";

new PolicyPack(
  "team-pack",
  kubeadmGuard({
    // Everything stops a preview, but for what this team does not use.
    levels: { all: "mandatory", "environments-agree": "disabled" },
    // For every cluster of every stack; a stack cannot loosen it.
    clusters: [{ name: "*", undecided: "mandatory" }],
    neverAccept: ["critical"],
    accept: [
      {
        policy: "control-plane-endpoint-stable",
        cluster: "lab",
        reason: "The lab has one load balancer less until the next rack is there.",
        until: "2999-12-31",
      },
    ],
    policies: [enoughControlPlaneNodes],
  }),
);
