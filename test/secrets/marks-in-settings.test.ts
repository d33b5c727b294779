import { describe, expect, it } from "vitest";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import type { KubeadmGuardOptions } from "../../pack/kubeadm-guard-options";
import { FakeStack } from "../../pack/testing";
import { leaksOf, MARKS } from "./helpers/marks";
import { type Place, placesOf, shapesFor } from "./helpers/places";
import { isPublic } from "./helpers/public-places";
import { CONFIG_MAP, FILES, SETTINGS } from "./helpers/stacks";

const NOWHERE = "/nowhere/kubeadm-guard";

/** A cluster with every setting that it may have. */
const CLUSTER = {
  ...SETTINGS,
  kubeadmConfig: "kubeadm-config",
  otherHosts: [{ name: "bastion", addresses: ["10.0.0.9"], resource: "vm" }],
  kubespray: {
    inventory: `${NOWHERE}/inventory.ini`,
    release: "v2.25.0",
    variables: { etcd_cert_dir: "/etc/ssl/etcd/ssl", ansible_password: "hidden", list: [{ a: "b" }] },
  },
  files: [
    { nodes: ["master01"], path: FILES.caFile, mode: "0644", content: "hidden" },
    { path: FILES.certFile, link: "/etc/ssl/etcd/ssl/other.pem" },
    { path: FILES.keyFile, sha256: "a".repeat(64) },
  ],
  listing: `${NOWHERE}/listing.yaml`,
  unlisted: "missing",
  undecided: "mandatory",
  record: `${NOWHERE}/record.yaml`,
  compareWith: { record: `${NOWHERE}/other.yaml`, allow: [{ field: "clusterName", reason: "because" }] },
  renameEtcdFiles: { certFile: "/etc/a.pem", keyFile: "/etc/b.pem", caFile: "/etc/c.pem" },
  upgradeTo: { kubernetes: "v1.31.4", kubespray: "v2.27.0" },
};

const ACCEPT = [
  {
    policy: "private-keys-protected",
    cluster: "prod",
    node: "master01",
    path: FILES.keyFile,
    reason: "because",
    until: "2999-03-31",
  },
  { undecided: "ansible-run", reason: "because", until: "2020-01-01" },
];

const CONFIG = {
  "kubeadm-guard:clusters": [CLUSTER],
  "kubeadm-guard:accept": ACCEPT,
  "kubeadm-guard:baseline": `${NOWHERE}/baseline.json`,
  "kubeadm-guard:reports": [`${NOWHERE}/report.json`, `${NOWHERE}/report.odd`],
  "kubeadm-gaurd:clusters": "misspelt",
};

/** What a team's own pack hands in. */
const OPTIONS = {
  levels: { "private-keys-protected": "advisory" },
  clusters: [CLUSTER],
  accept: ACCEPT,
  neverAccept: ["critical"],
  baseline: `${NOWHERE}/baseline.json`,
  reports: [`${NOWHERE}/report.json`],
};

/** Programs in JavaScript hand in whatever they like. */
function options(data: unknown): KubeadmGuardOptions {
  return Object.assign({}, data);
}

async function said(config: unknown, given: KubeadmGuardOptions = {}): Promise<string> {
  const stack = new FakeStack({ config: Object.assign({}, config) });
  stack.add(CONFIG_MAP.type, CONFIG_MAP.name, CONFIG_MAP.props);
  try {
    return (await stack.preview(kubeadmGuard(given))).map(({ message }) => message).join("\n");
  } catch (error) {
    // A pack that cannot be made says so, with what is wrong.
    return String(error);
  }
}

async function leaks(places: readonly Place[], say: (data: unknown) => Promise<string>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [index, place] of places.entries()) {
    for (const mark of shapesFor(place, index, MARKS)) {
      if (isPublic(place.name, mark)) continue;
      const text = await say(place.with(mark.text));
      for (const leak of new Set(leaksOf(mark, text))) found.push(`${place.name} <${mark.shape}> ${leak}`);
    }
  }
  return found;
}

describe("a mark in every place of the settings comes out in no message", () => {
  it("a stack's configuration", async () => {
    expect(await leaks(placesOf(CONFIG, "settings"), (config) => said(config))).toEqual([]);
  }, 240_000);

  it("the arguments of the pack", async () => {
    expect(await leaks(placesOf(OPTIONS, "options"), (given) => said({}, options(given)))).toEqual([]);
  }, 240_000);
});
