import { describe, expect, it } from "vitest";
import type { FileSettings } from "../../../cluster/cluster-settings";
import { configurationDifference, normalValueText } from "../../../cluster/record/configuration-difference";
import type { ConfigurationRecord } from "../../../cluster/record/configuration-record";
import { filesOnEveryNode, recordConfiguration } from "../../../cluster/record/record-configuration";
import { NOT_RECORDED, type NormalForm, type NormalValue } from "../../../kubeadm/config/normal-form";
import { clusterFrom, externalEtcd } from "../../helpers/cluster";

const form = (values: Readonly<Record<string, NormalValue>>): NormalForm => new Map(Object.entries(values));
const OLD = form({ kubernetesVersion: "v1.29.10", "etcd.external.certFile": "/etc/etcd/a.pem" });
const NEW = form({ kubernetesVersion: "v1.30.4", "etcd.external.certFile": "/etc/etcd/a.pem" });
const DATE = new Date("2026-11-23T12:00:00Z");

const record = (
  configuration: NormalForm,
  files: readonly string[] | undefined,
  before?: ConfigurationRecord,
  by?: string,
) => {
  const reason = before === undefined ? "the first" : "the next";
  return recordConfiguration(before, {
    cluster: "prod",
    configuration,
    filesOnEveryNode: files,
    date: DATE,
    by,
    reason,
  });
};
const first = (files: readonly string[] | undefined): ConfigurationRecord => {
  const made = record(OLD, files, undefined, "Ada");
  if (made.kind !== "record") throw new Error("the first is always recorded");
  return made.record;
};
const changes = (...given: Parameters<typeof record>) => {
  const made = record(...given);
  return made.kind === "record" ? made.record.history.at(-1)?.changes : made.kind;
};

describe("a record", () => {
  it("begins with one entry, without changes", () => {
    expect(first(["/a"])).toEqual({
      cluster: "prod",
      configuration: OLD,
      filesOnEveryNode: ["/a"],
      history: [
        {
          date: "2026-11-23T12:00:00.000Z",
          by: "Ada",
          reason: "the first",
          kubernetesVersion: "v1.29.10",
          changes: [],
        },
      ],
    });
  });

  it("goes on with one entry for each change", () => {
    expect(record(NEW, ["/a"], first(["/a"]))).toMatchObject({
      kind: "record",
      record: {
        configuration: NEW,
        history: [{ by: "Ada" }, { by: undefined, reason: "the next", kubernetesVersion: "v1.30.4" }],
      },
    });
  });

  it("has no version where the configuration has none", () => {
    expect(record(form({}), undefined)).toMatchObject({ record: { history: [{ kubernetesVersion: "" }] } });
  });

  it.each<readonly [string, NormalForm, readonly string[] | undefined, readonly string[] | undefined, unknown]>([
    ["nothing", OLD, ["/a", "/b"], ["/a", "/b"], "unchanged"],
    ["nothing, where no disk is known", OLD, undefined, undefined, "unchanged"],
    ["nothing, where the disks are not known any more", OLD, ["/a"], undefined, "unchanged"],
    ["a field", NEW, ["/a"], ["/a"], ["kubernetesVersion: v1.29.10 → v1.30.4"]],
    ["a file more", OLD, ["/a"], ["/a", "/b"], ["file on every node: /b"]],
    ["a file less", OLD, ["/a", "/b"], ["/b"], ["no longer on every node: /a"]],
    ["the first known files", OLD, undefined, ["/a"], ["file on every node: /a"]],
    [
      "all of it",
      NEW,
      ["/a"],
      ["/b"],
      ["kubernetesVersion: v1.29.10 → v1.30.4", "file on every node: /b", "no longer on every node: /a"],
    ],
  ])("says what has changed: %s", (_title, configuration, before, files, expected) => {
    expect(changes(configuration, files, first(before))).toEqual(expected);
  });

  it("keeps the files that were known before", () => {
    expect(record(NEW, undefined, first(["/a"]))).toMatchObject({ record: { filesOnEveryNode: ["/a"] } });
  });
});

describe("the difference of two configurations", () => {
  it("has the fields in path order, with those that only one has", () => {
    expect(
      configurationDifference(form({ b: "1", a: ["x"], same: true }), form({ c: false, a: ["y"], same: true })),
    ).toEqual([
      { field: "a", before: ["x"], after: ["y"] },
      { field: "b", before: "1", after: undefined },
      { field: "c", before: undefined, after: false },
    ]);
  });

  it.each<readonly [NormalValue | undefined, string]>([
    [undefined, "(not set)"],
    [["a", ""], '[a, ""]'],
    [[], "[]"],
    [true, "true"],
    [false, "false"],
    ["v1.30.4", "v1.30.4"],
    ["", '""'],
    [NOT_RECORDED, NOT_RECORDED],
  ])("shows %j as %s", (value, text) => {
    expect(normalValueText(value)).toBe(text);
  });
});

describe("the files that every node has", () => {
  const on = (node: string, ...paths: readonly string[]): readonly FileSettings[] =>
    paths.map((path) => ({ nodes: [node], path }));
  const of = (files: readonly FileSettings[], nodes = ["m1", "m2"]) => {
    const controlPlaneNodes = nodes.map((name) => ({ name }));
    const cluster = clusterFrom(externalEtcd({}), { name: "prod", controlPlaneNodes, unlisted: "missing", files });
    return filesOnEveryNode(cluster.controlPlane);
  };
  it.each<readonly [string, readonly FileSettings[], readonly string[] | undefined]>([
    [
      "are those of all, in path order",
      [...on("m1", "/c", "/b", "/a", "/only-1"), ...on("m2", "/a", "/b", "/c", "/only-2")],
      ["/a", "/b", "/c"],
    ],
    ["are none where the nodes share none", [...on("m1", "/a"), ...on("m2", "/b")], []],
    ["are not known where no disk is", [], undefined],
  ])("%s", (_title, files, expected) => {
    expect(of(files)).toEqual(expected);
  });

  it("are not known where no node is", () => {
    expect(of([], [])).toBeUndefined();
  });
});
