import { clusterApi } from "./cluster-api";
import { localCommand, remoteCommand } from "./command";
import { controlPlaneNode, nodeFile } from "./components";
import { copyFile, copyToRemote } from "./copy-to-remote";
import { kubernetesWorkload } from "./kubernetes-workload";
import { localFile } from "./local-file";
import { otherResource } from "./other-resource";
import type { Reader } from "./reader";
import { userData } from "./user-data/user-data";

/** Every reader of the stack's resources, one row a kind of source. docs/evidence.md has a section for each. */
export const readers: readonly Reader[] = [
  copyToRemote,
  copyFile,
  remoteCommand,
  localCommand,
  localFile,
  userData,
  clusterApi,
  controlPlaneNode,
  nodeFile,
  kubernetesWorkload,
  otherResource,
];
