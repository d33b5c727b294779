import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CommandResult } from "../../cli/terminal";
import { runSettings, SETTINGS_POLICY } from "../../pack/run-settings";
import { send } from "../../pack/send";
import { settingsViolations } from "../../pack/settings-violations";
import { jsonReport } from "../../reports/json-report";
import { refused } from "../reports/helpers/fixture-report";
import { FILES_OF_CHECK, KUBECTL_OUTPUT, type MarkedFile } from "./helpers/inputs";
import { leaksIn, markedFolder } from "./helpers/marked-runs";
import { MARKS } from "./helpers/marks";
import { SETTINGS } from "./helpers/stacks";

const { at, put, said, reports } = markedFolder();
const inJson = (data: unknown): MarkedFile => ({ data, text: (one) => JSON.stringify(one, undefined, 1) });

const IN_TURN = { inTurn: true };
/** What is secret wherever it stands. */
const KEYS_IN_TURN = {
  inTurn: true,
  marks: MARKS.filter(({ shape }) => ["user and password", "key", "line of a key", "base64"].includes(shape)),
};
const CM = ["--kubeadm-config", at("cm.yaml")];
const NODES = ["--nodes", at("listing.yaml")];
const INVENTORY = [...["--inventory", at("inventory.ini"), "--kubespray", "v2.25.0"], ...reports];
const VARIABLES = {
  etcd_cert_dir: "/etc/ssl/etcd/ssl",
  kube_version: "v1.29.10",
  ansible_become_password: "hidden",
  proxies: [{ user: "bot", pass: "hidden" }],
  kube_etcd_cert_file: "{{ vault_pw }}.pem",
};

/** Inventories in YAML, and variables in each of the places where Ansible looks for them. */
const INVENTORIES: Readonly<Record<string, readonly [MarkedFile, readonly string[]]>> = {
  "hosts.yaml": [
    inJson({
      all: {
        vars: VARIABLES,
        hosts: {
          master01: { ansible_host: "10.0.0.1", ansible_password: "hidden", etcd_member_name: "etcd1" },
          master02: { ansible_host: "10.0.0.2", access_ip: "hidden" },
          etcd1: { ip: "192.168.10.21" },
        },
        children: {
          kube_control_plane: {
            hosts: { master01: null, master02: { ansible_ssh_pass: "hidden" } },
            vars: { token: "hidden" },
          },
          etcd: { hosts: { etcd1: null } },
          k8s_cluster: { children: { kube_control_plane: null }, vars: { a: "hidden" } },
        },
      },
    }),
    [...["--inventory", at("hosts.yaml"), "--kubespray", "v2.25.0"], ...reports],
  ],
  "group_vars/all/etcd.yaml": [inJson(VARIABLES), INVENTORY],
  "group_vars/kube_control_plane.json": [inJson(VARIABLES), INVENTORY],
  "group_vars/etcd": [inJson(VARIABLES), INVENTORY],
  "host_vars/master01": [inJson(VARIABLES), INVENTORY],
  "host_vars/master02/vault.yml": [inJson(VARIABLES), INVENTORY],
};

describe("a mark in every place of an inventory and its variables comes out in no format", () => {
  it.each(Object.entries(INVENTORIES))(
    "%s",
    async (name, [file, args]) => {
      const found = await leaksIn(
        name,
        file,
        (text) => {
          put(name, text);
          return said({ args: ["check", ...CM, ...args] });
        },
        IN_TURN,
      );
      put(name, "{}");
      expect(found).toEqual([]);
    },
    240_000,
  );
});

const EXPORT: unknown = JSON.parse(
  readFileSync(join(__dirname, "..", "fixtures", "stack-exports", "machines.json"), "utf8"),
);

it("a mark in every place of a stack's export comes out in no format", async () => {
  const found = await leaksIn(
    "export.json",
    inJson(EXPORT),
    (text) => {
      put("export.json", text);
      return said({ args: ["check", ...CM, "--nodes", at("export.json"), ...reports, "--verbose"] });
    },
    IN_TURN,
  );
  expect(found).toEqual([]);
}, 240_000);

/** What the API server adds to objects, and what kubectl keeps in them. */
const ADDED = {
  uid: "5f0c7a9e-0000-4000-8000-000000000000",
  annotations: { "kubectl.kubernetes.io/last-applied-configuration": '{"data": "hidden words"}', other: "hidden" },
  managedFields: [{ manager: "kubeadm", operation: "Update", fieldsV1: { "f:data": { "f:hidden": {} } } }],
};

describe("a mark in what kubectl gives to check --live comes out in no format", () => {
  it("in every place of all objects", async () => {
    const objects = Array.isArray(KUBECTL_OUTPUT.data) ? KUBECTL_OUTPUT.data : [];
    const live = inJson(objects.map((one: object) => ({ ...one, metadata: { ...ADDED, ...metadataOf(one) } })));
    const found = await leaksIn(
      "kubectl",
      live,
      (text) => {
        const answers: readonly unknown[] = JSON.parse(text);
        return said({ args: ["check", "--live", "--verbose", ...reports], run: kubectl(answers) });
      },
      IN_TURN,
    );
    expect(found).toEqual([]);
  }, 240_000);
});

function metadataOf(one: object): object {
  return "metadata" in one && typeof one.metadata === "object" && one.metadata !== null ? one.metadata : {};
}

function kubectl([configMap, nodes, pods]: readonly unknown[]) {
  return async (_: string, args: readonly string[]): Promise<CommandResult> => {
    const answer = args.includes("configmap") ? configMap : args.includes("nodes") ? nodes : pods;
    return { kind: "ran", code: 0, output: JSON.stringify(answer), complaints: "" };
  };
}

const FILES = Object.entries(FILES_OF_CHECK).filter(([name]) =>
  ["cm.yaml", "listing.yaml", "inventory.ini"].includes(name),
);
/** Commands that write files which people commit or run; a record holds the values of its kubeadm-config. */
const WRITERS: Readonly<Record<string, { readonly args: readonly string[]; readonly outputs: readonly string[] }>> = {
  record: { args: ["record", ...CM, ...NODES, "--out", at("new.yaml"), "--reason", "because"], outputs: ["new.yaml"] },
  baseline: { args: ["baseline", ...CM, ...NODES, "--out", at("new.json")], outputs: ["new.json"] },
  "a fix script": { args: ["check", ...CM, ...NODES, "--fix-script", at("fix.sh")], outputs: ["fix.sh"] },
  explain: { args: ["check", ...CM, ...NODES, "--explain", "master02:/etc/ssl/etcd/ssl/ca.pem"], outputs: [] },
};

describe("a mark in every place of a file comes out in no file that is written", () => {
  it.each(
    Object.entries(WRITERS).flatMap(([what, run]) => FILES.map(([name, file]) => [what, name, run, file] as const)),
  )(
    "%s of %s",
    async (what, name, { args, outputs }, file) => {
      const found = await leaksIn(
        name,
        file,
        (text) => {
          put(name, text);
          const more =
            name === "inventory.ini" && args[0] !== "baseline"
              ? ["--inventory", at(name), "--kubespray", "v2.25.0"]
              : [];
          return said({ args: [...args, ...more], outputs });
        },
        what === "record" ? KEYS_IN_TURN : IN_TURN,
      );
      put(name, file.text(file.data));
      expect(found).toEqual([]);
    },
    240_000,
  );
});

describe("a key or a password in a report comes out of no merged one", () => {
  it.each(["text", "markdown", "github"])(
    "as %s",
    async (format) => {
      const found = await leaksIn(
        "old.json",
        inJson(JSON.parse(jsonReport(refused))),
        (text) => {
          put("old.json", text);
          return said({ args: ["report", at("old.json"), "--format", format] });
        },
        KEYS_IN_TURN,
      );
      expect(found).toEqual([]);
    },
    240_000,
  );

  it("as a page", async () => {
    const found = await leaksIn(
      "old.json",
      inJson(JSON.parse(jsonReport(refused))),
      (text) => {
        put("old.json", text);
        return said({ args: ["report", at("old.json"), "--out", at("new.html")], outputs: ["new.html"] });
      },
      KEYS_IN_TURN,
    );
    expect(found).toEqual([]);
  }, 240_000);
});

const POLICY_CONFIGURATION = {
  clusters: [{ ...SETTINGS, kubespray: { inventory: "/nowhere/hosts.ini", release: "v2.25.0" }, unlisted: "missing" }],
  accept: [{ policy: "private-keys-protected", cluster: "prod", reason: "because", until: "2027-03-31" }],
  neverAccept: ["critical"],
  baseline: "/nowhere/baseline.json",
  reports: ["/nowhere/r.json"],
};

it("a mark in every place of a policy's configuration comes out in no message", async () => {
  const found = await leaksIn(`settings.${SETTINGS_POLICY}`, inJson(POLICY_CONFIGURATION), async (text) => {
    const settings = runSettings(JSON.parse(text), { options: {}, severities: new Map(), others: [] });
    const messages: string[] = [];
    for (const violation of settingsViolations(settings))
      send(
        Object.assign((one: unknown) => messages.push(JSON.stringify(one))),
        violation,
      );
    return messages.join("\n");
  });
  expect(found).toEqual([]);
}, 240_000);
