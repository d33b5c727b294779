/** What `bin/kubeadm-guard-pack` runs. `npm run build` puts this file and the SDK into one (scripts/lib/bundle.mjs). */
import { PolicyPack } from "@pulumi/policy";
import { kubeadmGuard } from "./kubeadm-guard";
import { listenForTheStack } from "./listen-for-the-stack";

process.on("uncaughtException", tell);
process.on("unhandledRejection", tell);
listenForTheStack();
new PolicyPack("kubeadm-guard", kubeadmGuard());

/** As the SDK's own launcher (`@pulumi/pulumi/cmd/run-policy-pack`): a fault is reported, and the pack goes on answering the engine. */
function tell(error: unknown): void {
  console.error(error);
  process.exitCode = 1;
}
