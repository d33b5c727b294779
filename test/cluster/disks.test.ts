import { join } from "node:path";
import { expect, it } from "vitest";
import type { ControlPlaneNode } from "../../cluster/cluster";
import type { ClusterSettings } from "../../cluster/cluster-settings";
import type { Presence, PresentFile } from "../../cluster/presence";
import type { Source } from "../../machine/source";
import { reasonText } from "../../reasons/reason-texts";
import { clusterFrom, externalEtcd } from "../helpers/cluster";
import { commandStack } from "../helpers/command-stack";
import { OPEN_DISKS, ORDERED_DISKS, type Scripts, UNORDERED_DISKS } from "./disks/scripts";

const FOLDER = "/etc/ssl/etcd/ssl";
const FILES = {
  certFile: `${FOLDER}/client.pem`,
  keyFile: `${FOLDER}/client-key.pem`,
  caFile: `${FOLDER}/ca.pem`,
};
const OPEN: ClusterSettings = { name: "prod", controlPlaneNodes: [{ name: "master01" }] };
const CLOSED: ClusterSettings = { ...OPEN, unlisted: "missing" };

/** The scripts are read once: these tests are about what comes of them. */
const prepared = (disks: Scripts, inOrder: boolean) =>
  Object.entries(disks).map(([title, scripts]) => ({
    title,
    scripts,
    stack: commandStack(
      scripts.map((script) => ["master01", script]),
      inOrder,
    ),
  }));

/** After a change: `npx vitest run --project unit test/cluster/disks.test.ts --update`, and read the difference. */
it.each([
  ["what scripts leave on a node that has nothing else", "ordered", prepared(ORDERED_DISKS, true), CLOSED],
  ["what scripts leave on a node of which nothing else is known", "open", prepared(OPEN_DISKS, true), OPEN],
  ["what scripts leave that need not wait for each other", "unordered", prepared(UNORDERED_DISKS, false), CLOSED],
] as const)("%s", async (_title, name, disks, settings) => {
  const blocks = disks.map(({ title, scripts, stack }) => {
    const { controlPlane } = clusterFrom(externalEtcd(FILES), settings, stack);
    const [node] = controlPlane.kind === "known" ? controlPlane.nodes : [];
    if (node === undefined) throw new Error("master01 is a node");
    return [`# ${title}`, ...scripts.map((script) => `$ ${script}`), ...diskLines(node), ""].join("\n");
  });
  await expect(blocks.join("\n")).toMatchFileSnapshot(join(__dirname, "disks", `${name}.txt`));
});

function diskLines({ files }: ControlPlaneNode): readonly string[] {
  return [
    ...files.present.map(({ path, file }) => `${path}: ${fileText(file)}`),
    ...Object.values(FILES).map((path) => `${path}: ${presenceText(files.presence(path))}`),
    ...files.history(FILES.caFile).map(({ source, does }) => `history of ca.pem: ${shortName(source)} ${does}`),
  ];
}

function fileText({ mode, content, source, origin }: PresentFile): string {
  const text = content.kind === "text" ? JSON.stringify(content.text) : content.kind;
  const from = origin === undefined ? "" : `, from ${shortName(origin)}`;
  return `${mode ?? "mode not known"}, ${text}, by ${shortName(source)}${from}`;
}

function presenceText(presence: Presence): string {
  switch (presence.kind) {
    case "present":
      return `present at ${presence.realPath}, ${fileText(presence.file)}${linksText(presence.links)}`;
    case "missing": {
      const removed = presence.removedBy === undefined ? "" : `, removed by ${shortName(presence.removedBy)}`;
      return `missing, ${presence.error}${removed}${linksText(presence.links)}`;
    }
    case "undecided":
      return `undecided: ${presence.reasons
        .map(({ reason, source }) => `${source === undefined ? "" : `${shortName(source)} `}${reasonText(reason)}`)
        .join("; ")}`;
  }
}

function linksText(links: readonly Source[]): string {
  return links.length === 0 ? "" : `, over links of ${links.map(shortName).join(", ")}`;
}

function shortName({ name }: Source): string {
  return name.replace("-on-master01", "");
}
