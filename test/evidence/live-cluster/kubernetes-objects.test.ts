import fc from "fast-check";
import { dump } from "js-yaml";
import { describe, expect, it } from "vitest";
import { kubernetesObjects } from "../../../evidence/live-cluster/kubernetes-objects";
import { kubeadmConfigMap, list, nodeObject } from "../../helpers/kubectl-output";

const CONFIG_MAP = kubeadmConfigMap(
  'apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nclusterName: "a}{b"\n',
);
const NODES = [nodeObject("cp1", "10.0.0.1", "control-plane"), nodeObject("w1", "10.0.0.9", "worker")];
const ALL = [CONFIG_MAP, ...NODES];
const json = (value: object) => JSON.stringify(value, undefined, 4);

describe("what kubectl printed, on one stream", () => {
  it.each([
    ["two runs with -o json", `${json(CONFIG_MAP)}\n${json(list(NODES))}\n`],
    ["two runs with -o yaml, which print no separator", `${dump(CONFIG_MAP)}${dump(list(NODES))}`],
    ["YAML documents with separators", `---\n${dump(CONFIG_MAP)}---\n${dump(list(NODES))}...\n`.replace("...\n", "")],
    ["one List", json(list(ALL))],
    [
      "a NodeList of the API, whose items have no kind",
      `${json(CONFIG_MAP)}${json({ kind: "NodeList", apiVersion: "v1", items: NODES.map((node) => ({ ...node, kind: undefined })) })}`,
    ],
  ])("%s", (_title, text) => {
    expect(kubernetesObjects(text)?.map((object) => ({ ...object }))).toEqual(
      ALL.map((object) => expect.objectContaining({ kind: "kind" in object ? object.kind : "" })),
    );
  });

  it.each([
    ["is cut off", json(CONFIG_MAP).slice(0, -3)],
    ["is a list", "- a\n- b\n"],
    ["is what a terminal showed", "$ kubectl get cm\nNAME DATA\n"],
  ])("a text that %s is something else", (_title, text) => {
    expect(kubernetesObjects(text)).toBeUndefined();
  });

  it("never throws, and gives every object of any sequence of JSON documents", () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.json()), { minLength: 1 }),
        fc.constantFrom("", "\n", " \n\n"),
        (objects, between) => {
          const shown = objects.map((object) => ({ kind: "Node", name: object }));
          expect(kubernetesObjects(shown.map((one) => JSON.stringify(one)).join(between))).toEqual(
            JSON.parse(JSON.stringify(shown)),
          );
        },
      ),
    );
  }, 60_000);

  it("never throws for any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        kubernetesObjects(text);
      }),
    );
  }, 60_000);
});
