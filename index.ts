import { PolicyPack } from "@pulumi/policy";
import { kubeadmGuard } from "./pack/kubeadm-guard";

new PolicyPack("kubeadm-guard", kubeadmGuard());
