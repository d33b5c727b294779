import { PolicyPack } from "@pulumi/policy";
import { policyPackArgs } from "./pack/policy-pack-args";

new PolicyPack("kubeadm-guard", policyPackArgs());
