import { PolicyPack } from "@pulumi/policy";
import { kubeadmGuard } from "./pack/index";

new PolicyPack("kubeadm-guard", kubeadmGuard());
