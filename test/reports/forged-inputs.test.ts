import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import { FakeStack } from "../../pack/testing";
import { runProgram } from "../cli/helpers/run-check";
import { externalEtcd } from "../helpers/cluster";
import { LINE_ENDS, OBEYED } from "./helpers/forged";
import { FORGING_TEXTS } from "./helpers/forging-texts";

const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-forged-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REPORTS = ["r.json", "r.sarif", "r.xml", "r.md", "r.html", "r.txt", "code-quality.json"];
const FILES = { caFile: "/etc/etcd/ca.pem", certFile: "/etc/etcd/node-master01.pem", keyFile: "/etc/etcd/key.pem" };

/** What a text can be put into: the places of a stack and its settings whose texts messages are made of. */
type Put = (text: string) => {
  readonly config?: string;
  readonly cluster?: object;
  readonly accept?: object;
  readonly resource?: readonly [type: string, props: Readonly<Record<string, unknown>>, name?: string];
};

const connection = { host: "10.0.0.1", user: "root" };
const command = (create: string): ReturnType<Put> => ({ resource: ["command:remote:Command", { connection, create }] });

const PLACES: Readonly<Record<string, Put>> = {
  "the path of a kubeadm-config": (text) => ({
    config: externalEtcd({ ...FILES, certFile: JSON.stringify(text) }),
  }),
  "an endpoint": (text) => ({
    config: externalEtcd(FILES).replace("https://192.168.10.21:2379", () => JSON.stringify(text)),
  }),
  "the name of a cluster in a kubeadm-config": (text) => ({
    config: `${externalEtcd(FILES)}clusterName: ${JSON.stringify(text)}\n`,
  }),
  "a field of a kubeadm-config": (text) => ({ config: `${externalEtcd(FILES)}${JSON.stringify(text)}: x\n` }),
  "a kubeadm-config": (text) => ({ config: `${text}\n${externalEtcd(FILES)}` }),
  "the name of a node": (text) => ({ cluster: { controlPlaneNodes: [{ name: "master02" }, { name: text }] } }),
  "the address of a node": (text) => ({
    cluster: { controlPlaneNodes: [{ name: "master01", addresses: [text] }, { name: "master02" }] },
  }),
  "the name of a cluster": (text) => ({ cluster: { name: text } }),
  "a key of the settings": (text) => ({ cluster: { [text]: true } }),
  "the path of a file": (text) => ({
    cluster: {
      files: [
        { path: FILES.caFile, link: text },
        { path: text, mode: "0644" },
      ],
      unlisted: "missing",
    },
  }),
  "the name of an inventory": (text) => ({ cluster: { kubespray: { inventory: text, release: "v2.25.0" } } }),
  "the reason of an acceptance": (text) => ({
    accept: {
      policy: "external-etcd-files-on-every-control-plane-node",
      reason: text,
      until: "2999-01-01",
    },
  }),
  "where a copy goes": (text) => ({
    resource: ["command:remote:CopyFile", { connection, localPath: text, remotePath: text }],
  }),
  "the host of a connection": (text) => ({
    resource: ["command:remote:CopyFile", { connection: { ...connection, host: text }, remotePath: FILES.caFile }],
  }),
  "the name of a resource": (text) => ({
    resource: ["command:remote:Command", { connection, create: "./run.sh" }, text],
  }),
  "a script's program": (text) => command(`'${text}' --now`),
  "a script's folder": (text) => command(`./run.sh > '${text}'; mv '${text}' /etc/etcd/`),
  "a script": (text) => command(text),
};

/** All that a preview says and writes, each with the kind of text that it is. */
async function said(place: string, text: string): Promise<readonly (readonly [string, string])[]> {
  const { config = externalEtcd(FILES), cluster = {}, accept, resource } = (PLACES[place] ?? command)(text);
  for (const name of REPORTS) rmSync(join(folder, name), { force: true });
  const stack = new FakeStack({
    config: {
      "kubeadm-guard:clusters": [
        {
          name: "prod",
          controlPlaneNodes: [{ name: "master01", addresses: ["10.0.0.1"] }, { name: "master02" }],
          ...cluster,
        },
      ],
      "kubeadm-guard:accept": accept === undefined ? [] : [accept],
      "kubeadm-guard:reports": REPORTS.map((name) => join(folder, name)),
    },
  });
  stack.add("kubernetes:core/v1:ConfigMap", "kubeadm-config", {
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: config },
  });
  stack.add("command:remote:CopyFile", "copy", { connection, localPath: "ca.pem", remotePath: FILES.caFile });
  if (resource !== undefined) stack.add(resource[0], resource[2] ?? "made", resource[1]);
  const violations = await stack.preview(kubeadmGuard());
  writeFileSync(join(folder, "cm.yaml"), config);
  const github = await runProgram(["report", join(folder, "r.json"), "--format", "github"]);
  return [
    ...violations.map(({ message }) => ["violation", message] as const),
    ...stack.printed.map((line) => ["printed", line] as const),
    ...REPORTS.map((name) => [name, readFileSync(join(folder, name), "utf8")] as const),
    ["github", github.output],
  ];
}

/** A line, an element or a command that begins with what was planted. */
const FORGED_LINE = /^[\s>#*|"-]*(?:FORGED|# FORGED|```)|^\s*::error file=a|##\[/;
/** Markup of what was planted, by the format that would take it for such. */
const FORGED_MARKUP: Readonly<Record<string, RegExp>> = {
  "r.xml": /<(?:forged|!DOCTYPE x|!\[CDATA|script|details)/,
  "r.html": /<(?:forged|!DOCTYPE x|!\[CDATA|script>alert|details> *$)|onclick='F|href="javascript/,
  "r.md": /<(?:forged|!DOCTYPE x|script|details> *$)|\]\(javascript|@team|`/,
  "code-quality.json": /[^\\]","severity":"blocker","check/,
  github: /^(?!::(?:error|warning|notice) (?!file=a)).+$/,
};
const NEVER = /(?!)/;

function forged([kind, text]: readonly [string, string]): readonly string[] {
  if (/json$|sarif$/.test(kind)) JSON.parse(text);
  const markup = FORGED_MARKUP[kind] ?? NEVER;
  const lines = text
    .split(LINE_ENDS)
    .filter((line) => FORGED_LINE.test(line) || OBEYED.test(line) || markup.test(line));
  return lines.map((line) => `${kind}: ${line.slice(0, 200)}`);
}

describe("no text of a stack or its settings makes a line, an element or a command of its own", () => {
  it.each(Object.keys(PLACES))(
    "%s",
    async (place) => {
      const found: string[] = [];
      for (const [name, text] of Object.entries(FORGING_TEXTS))
        for (const one of await said(place, text)) found.push(...forged(one).map((line) => `${name}: ${line}`));
      expect(found).toEqual([]);
    },
    60_000,
  );
});
