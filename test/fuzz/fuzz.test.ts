import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deepFreeze } from "../../cluster/deep-freeze";
import { readListing } from "../../evidence/listing";
import { kubernetesObjects } from "../../evidence/live-cluster/kubernetes-objects";
import { readStack } from "../../evidence/read-stack";
import { readStackExport } from "../../evidence/stack-export";
import { readYamlOrJson } from "../../evidence/yaml-or-json";
import { configurationText } from "../../kubeadm/config/configuration-text";
import { readClusterConfiguration } from "../../kubeadm/config/read-cluster-configuration";
import { readSettings } from "../../settings/read-settings";
import { readShellText } from "../../shell/read-shell-text";
import { runProgram } from "../cli/helpers/run-check";
import { externalEtcd } from "../helpers/cluster";
import { BOUNDED_MS, cpuTime } from "../helpers/cpu-time";
import { type ProgramResource, preview } from "../helpers/preview";
import { stackResource } from "../helpers/stack-resource";

/**
 * The fuzzer. As a test it tries a fixed number of inputs of a fixed seed; `npm run fuzz -- --minutes N --seed S` tries as many
 * others as the time allows (docs/fuzzing.md).
 */
const INPUTS = Number(process.env["FUZZ_INPUTS"] ?? 20_000);
const SEED = Number(process.env["FUZZ_SEED"] ?? 1);
/** Whole stacks cost as much as some hundred texts. */
const ofTexts = { seed: SEED, numRuns: Math.ceil((INPUTS * 0.98) / 9) };
/** In milliseconds, for machines that are busy with something else. */
const TIMEOUT = 600_000;
const ofStacks = { seed: SEED, numRuns: Math.ceil(INPUTS * 0.02) };

const fixture = (...path: readonly string[]) => readFileSync(join(__dirname, "..", "fixtures", ...path), "utf8");
const REAL: readonly string[] = [
  externalEtcd({ caFile: "/etc/ssl/ca.pem", certFile: "/etc/ssl/m1.pem", keyFile: "/etc/ssl/m1-key.pem" }),
  fixture("clusters", "anchors.json"),
  fixture("stack-exports", "machines.json"),
  "#cloud-config\nwrite_files:\n- {path: /etc/ssl/ca.pem, encoding: b64, content: YQ==}\nruncmd:\n- [cp, /a, /b]\n",
  "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/x-shellscript\n\n#!/bin/sh\ncp a /b\n--x--\n",
  `{"ignition":{"version":"3.0.0"},"storage":{"files":[{"path":"/a","contents":{"source":"data:,a"}}]}}`,
  "[kube_control_plane]\nm1 ansible_host=10.0.0.1\n[etcd]\nm1\n[kube_control_plane:vars]\na=b\n",
  "set -e\nfor i in {1..3}; do cp /tmp/$i.pem /etc/ssl/; done\ncat > /x <<E\n$A\nE\nkubeadm init --config /x\n",
];
const TOKENS = [
  "{{",
  "${",
  "$(",
  "`",
  "<<E\n",
  "[",
  "{a: ",
  "- ",
  "&a ",
  "*a ",
  "<<: *a\n",
  "--x\n",
  "? ",
  "\t",
  "\r\n",
  '"',
  "'",
].concat([
  "\\",
  "%",
  "=",
  "!!binary ",
  "__proto__: ",
  "constructor",
  "\ud800",
  "\udfff",
  "\u2028",
  "\ufeff",
  "\0",
  "é",
]);
const token = fc.constantFrom(...TOKENS);

/** Text of no form, tokens of all of them, one token repeated, and real inputs that were changed at some places. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(fc.oneof(token, fc.constantFrom(...REAL), fc.string({ maxLength: 5 })), { maxLength: 12 })
    .map((all) => all.join("")),
  fc
    .tuple(fc.constantFrom(...REAL), token, fc.integer({ min: 1, max: 3000 }))
    .map(([real, one, times]) => real + one.repeat(times)),
  fc
    .tuple(
      fc.constantFrom(...REAL),
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(20), token), { maxLength: 4 }),
    )
    .map(([real, changes]) =>
      changes.reduce((changed, [place, length, one]) => {
        const at = Math.floor(place * changed.length);
        return changed.slice(0, at) + one + changed.slice(at + length);
      }, real),
    ),
);

const machine = (userData: string) => stackResource("hcloud:index/server:Server", "m1", { name: "m1", userData });
const settings = { name: "kubernetes" };

const PARSERS: Readonly<Record<string, (input: string) => unknown>> = {
  "a script": (input) => readShellText(input, { user: "root" }).operations,
  "YAML or JSON": (input) => readYamlOrJson(input).kind,
  "a ClusterConfiguration": (input) => readClusterConfiguration(configurationText(input), { minor: 30, patch: 0 }).kind,
  "a listing": (input) => readListing({ path: "/nodes.yaml", text: input }, settings.name).problems,
  "user data": (input) => readStack([machine(input)]).evidence.map(({ operations }) => operations),
  "an Ignition configuration": (input) =>
    readStack([machine(`{"ignition":{"version":"3.0.0"},${input.slice(1)}`)]).evidence.length,
  "what kubectl says": (input) => kubernetesObjects(input)?.length,
  "an export": (input) => readStackExport(input)?.kind,
  settings: (input) => readSettings({ where: "clusters", value: input }).problems.length,
};

describe("any text", { timeout: TIMEOUT }, () => {
  it.each(Object.keys(PARSERS))("as %s is read within the budget, without an error, and twice alike", (name) => {
    const read = PARSERS[name];
    fc.assert(
      fc.property(text, (input) => {
        const spent = cpuTime();
        expect(read?.(input)).toEqual(read?.(input));
        expect(spent()).toBeLessThan(BOUNDED_MS);
      }),
      ofTexts,
    );
  });

  it("on standard input of check ends in an exit code and no internal error", async () => {
    await fc.assert(
      fc.asyncProperty(text, async (input) => {
        const { code, output, complaints } = await runProgram(["check", "--kubeadm-config", "-"], input);
        expect([0, 1, 2, 3]).toContain(code);
        expect(output + complaints).not.toContain("internal error");
      }),
      ofStacks,
    );
  });
});

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const key = fc.oneof(
  fc.constantFrom("connection", "host", "create", "remotePath", "source", "userData", "__proto__", "data"),
  fc.string(),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 1, -0, 1e308, UNKNOWN, "", "10.0.0.1"),
    text,
    tie("list"),
    tie("map"),
  ),
  list: fc.array(tie("any"), { maxLength: 4 }),
  map: fc.dictionary(key, tie("any"), { maxKeys: 5 }),
})).any;
const props = fc.dictionary(key, value, { maxKeys: 6 });
const TYPES = [
  "command:remote:Command",
  "command:remote:CopyToRemote",
  "command:local:Command",
  "hcloud:index/server:Server",
].concat([
  "aws:ec2/instance:Instance",
  "kubernetes:core/v1:ConfigMap",
  "tls:index/privateKey:PrivateKey",
  "aws:s3:Bucket",
]);
const resources = fc
  .array(fc.tuple(fc.constantFrom(...TYPES), props), { maxLength: 4 })
  .map((all) => all.map(([type, inputs], index): ProgramResource => ({ type, name: `r${index}`, props: inputs })));
const FIXED: readonly ProgramResource[] = [
  {
    type: "kubernetes:core/v1:ConfigMap",
    name: "shared",
    props: { metadata: { name: "kubeadm-config", namespace: "kube-system" }, data: { ClusterConfiguration: REAL[0] } },
  },
];
const NODES = [
  { name: "kubernetes", unlisted: "missing", controlPlaneNodes: [{ name: "m1", addresses: ["10.0.0.1"] }] },
];
/** A bucket has nothing to do with a machine. */
const UNRELATED: ProgramResource = { type: "aws:s3:Bucket", name: "unrelated", props: { bucket: "logs" } };

const said = (all: Awaited<ReturnType<typeof preview>>) => all.map((one) => JSON.stringify(one)).sort();

describe("any stack", { timeout: TIMEOUT }, () => {
  it("has the same outcome twice, in any order and beside an unrelated resource, without an internal error", async () => {
    await fc.assert(
      fc.asyncProperty(resources, async (more) => {
        const program = deepFreeze([...FIXED, ...more]);
        const spent = cpuTime();
        const first = said(await preview(program, NODES));
        expect(spent()).toBeLessThan(BOUNDED_MS);
        expect(first.join("\n")).not.toContain("internal error");
        expect(said(await preview(program, NODES))).toEqual(first);
        expect(said(await preview([...program].reverse(), NODES))).toEqual(first);
        expect(said(await preview([...program, UNRELATED], NODES))).toEqual(first);
      }),
      ofStacks,
    );
  });
});
