import { join } from "node:path";
import { expect, it } from "vitest";
import { keptText } from "../helpers/kept-text";
import { commands, otherResources, workloads } from "./readings/commands";
import { copies } from "./readings/copies";
import { documents, lines, listings, liveClusters } from "./readings/documents";
import { ignition } from "./readings/ignition";
import { inventoryWords } from "./readings/inventory-words";
import { inventories, kubespray, kubesprayPlaces, kubespraySizes, upgradePaths } from "./readings/kubespray";
import type { Readings } from "./readings/readings";
import { clusterApi, kubeadmConfigTexts, stacks } from "./readings/stacks";
import { pointers, userData } from "./readings/user-data";
import { userDataParts } from "./readings/user-data-parts";

const READINGS: Readonly<Record<string, Readings>> = {
  documents,
  lines,
  listings,
  "live-clusters": liveClusters,
  "cluster-api": clusterApi,
  commands,
  copies,
  ignition,
  inventories,
  "inventory-words": inventoryWords,
  "kubeadm-configs": kubeadmConfigTexts,
  kubespray,
  "kubespray-places": kubesprayPlaces,
  "kubespray-sizes": kubespraySizes,
  "upgrade-paths": upgradePaths,
  "other-resources": otherResources,
  pointers,
  stacks,
  "user-data": userData,
  "user-data-parts": userDataParts,
  workloads,
};

/** After a change of what is read: `npx vitest run --project unit test/evidence/readings.test.ts --update`, and read the difference. */
it.each(Object.entries(READINGS))("what is read of small inputs: %s", async (name, readings) => {
  const blocks = Object.entries(readings).map(([title, read]) => `# ${title}\n${keptText(read()).trimStart()}\n`);
  await expect(blocks.join("\n")).toMatchFileSnapshot(join(__dirname, "readings", `${name}.txt`));
});
