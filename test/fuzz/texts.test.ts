import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAnsibleYaml } from "../../evidence/kubespray/ansible-yaml";
import { pythonLiteral } from "../../evidence/kubespray/python-literal";
import { readInventory } from "../../evidence/kubespray/read-inventory";
import { kubernetesObjects } from "../../evidence/live-cluster/kubernetes-objects";
import { readLiveCluster } from "../../evidence/live-cluster/read-live-cluster";
import { readBaseline } from "../../evidence/read-baseline";
import { readConfigurationRecord } from "../../evidence/read-configuration-record";
import { readListing } from "../../evidence/read-listing";
import { readStack } from "../../evidence/read-stack";
import { readStackExport } from "../../evidence/read-stack-export";
import { readYamlOrJson } from "../../evidence/yaml-or-json";
import { configurationText } from "../../kubeadm/config/configuration-text";
import { readClusterConfiguration } from "../../kubeadm/config/read-cluster-configuration";
import { parseJson } from "../../kubeadm/go/json/parse-json";
import { readableCas } from "../../kubeadm/go/x509/ca-pool";
import { loadKeyPair } from "../../kubeadm/go/x509/key-pair";
import { readReport } from "../../reports/read-report";
import { readSettings } from "../../settings/read-settings";
import { readShellText } from "../../shell/read-shell-text";
import { BOUNDED_MS, cpuTime } from "../helpers/cpu-time";
import { stackResource } from "../helpers/stack-resource";
import { runs, TIMEOUT } from "./helpers/runs";
import { text } from "./helpers/text";

/** As a test it tries a fixed number of inputs of a fixed seed; `npm run fuzz` tries as many others as the time allows. */
const machine = (userData: string) => stackResource("hcloud:index/server:Server", "m1", { name: "m1", userData });
const file = (input: string) => ({ kind: "text", path: "/a.yaml", text: input }) as const;

const PARSERS: Readonly<Record<string, (input: string) => unknown>> = {
  "a script": (input) => readShellText(input, { user: "root" }).operations,
  "YAML or JSON": (input) => readYamlOrJson(input).kind,
  "JSON of Go": (input) => parseJson(input).kind,
  "a ClusterConfiguration": (input) => readClusterConfiguration(configurationText(input), { minor: 30, patch: 0 }).kind,
  "a listing": (input) => readListing({ path: "/nodes.yaml", text: input }, "kubernetes").problems,
  "user data": (input) => readStack([machine(input)]).evidence.map(({ operations }) => operations),
  "an Ignition configuration": (input) =>
    readStack([machine(`{"ignition":{"version":"3.0.0"},${input.slice(1)}`)]).evidence.length,
  "an INI inventory": (input) => readInventory(input, "inventory.ini"),
  "a YAML inventory": (input) => readInventory(input, "hosts.yaml"),
  group_vars: (input) => readAnsibleYaml(input).kind,
  "a Python literal": (input) => pythonLiteral(input),
  "what kubectl says": (input) => readLiveCluster(kubernetesObjects(input) ?? []),
  "an export": (input) => readStackExport(input)?.kind,
  certificates: (input) => readableCas(input).length,
  "a certificate and its key": (input) => loadKeyPair(input, input),
  "a record": (input) => readConfigurationRecord(file(input)).kind,
  "a baseline": (input) => readBaseline(file(input)).kind,
  "a report": (input) => readReport(input).kind,
  settings: (input) => readSettings({ where: "clusters", value: input }).problems.length,
};

describe("any text", { timeout: TIMEOUT }, () => {
  it.each(Object.entries(PARSERS))("as %s is read within the budget, without an error, and twice alike", (_, read) => {
    fc.assert(
      fc.property(text, (input) => {
        const spent = cpuTime();
        expect(read(input)).toEqual(read(input));
        expect(spent()).toBeLessThan(BOUNDED_MS);
      }),
      runs("texts", Object.keys(PARSERS).length),
    );
  });
});
