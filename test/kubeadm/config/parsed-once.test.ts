import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import * as jsonParser from "../../../kubeadm/go/json/parse-json";
import * as yamlParser from "../../../kubeadm/go/yaml/parse-yaml";
import { kubeadmGuard } from "../../../pack/kubeadm-guard";
import { FakeStack } from "../../../pack/testing";
import { runCheck } from "../../cli/helpers/run-check";
import { externalEtcd } from "../../helpers/cluster";

const TEXT = externalEtcd({ certFile: "/etc/etcd/{{ node }}.pem", caFile: "/etc/etcd/ca.pem" });
const INIT = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: InitConfiguration\n";
const INIT_FILE = `${INIT}---\n${TEXT}`;
/** YAML is a superset of JSON: kubeadm's strict decoding reads a JSON text as YAML, its lenient one does not. */
const JSON_TEXT =
  '{"apiVersion": "kubeadm.k8s.io/v1beta3", "kind": "ClusterConfiguration", "kubernetesVersion": "v1.29.1"}\n';

describe("every text of kubeadm is parsed once", () => {
  let yaml: MockInstance<typeof yamlParser.parseYaml>;
  let json: MockInstance<typeof jsonParser.parseJson>;
  beforeEach(() => {
    yaml = vi.spyOn(yamlParser, "parseYaml");
    json = vi.spyOn(jsonParser, "parseJson");
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** Each text that the parser was given, as often as it was. */
  const given = (spy: MockInstance<(text: string) => unknown>) => spy.mock.calls.map(([text]) => text);

  it.each([
    ["by every policy of the pack, for the release that it runs", {}],
    ["and for the release that the settings name", { upgradeTo: { kubernetes: "v1.30.4" } }],
    ["and for one that refuses it", { upgradeTo: { kubernetes: "v1.37.2" } }],
  ])("%s", async (_title, more) => {
    const stack = new FakeStack({ config: { "kubeadm-guard:clusters": [{ name: "prod", ...more }] } });
    stack.add("kubernetes:core/v1:ConfigMap", "shared", {
      metadata: { name: "kubeadm-config", namespace: "kube-system" },
      data: { ClusterConfiguration: TEXT },
    });
    expect(await stack.preview(kubeadmGuard())).not.toEqual([]);
    expect(given(yaml)).toEqual([TEXT]);
  });

  it.each([
    ["by check, of a file", TEXT, [], [TEXT]],
    ["by check, of one for another release", TEXT, ["--upgrade-to", "1.37.2"], [TEXT]],
    ["by check, of each document of a file", INIT_FILE, [], [INIT, TEXT]],
  ])("%s", async (_title, text, args, texts) => {
    await runCheck(args, text);
    expect(given(yaml)).toEqual(texts);
  });

  it("by check, of a ConfigMap and of the text in it", async () => {
    const configMap = `${JSON.stringify({ kind: "ConfigMap", data: { ClusterConfiguration: TEXT } })}\n`;
    await runCheck([], configMap);
    expect([given(json), given(yaml)]).toEqual([[configMap], [TEXT]]);
  });

  it("by each of the two parsers that kubeadm itself uses, where it is JSON", async () => {
    await runCheck([], JSON_TEXT);
    expect([given(json), given(yaml)]).toEqual([[JSON_TEXT], [JSON_TEXT]]);
  });
});
