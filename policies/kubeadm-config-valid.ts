import type { ConfigurationRemark } from "../cluster/configuration/read-cluster-configuration";
import { outcomeOf } from "../cluster/outcome";
import { unlessUnread } from "./applicability";
import { messageTemplate, type Policy } from "./policy";

interface Refused {
  readonly field: string;
  readonly line: number | undefined;
  readonly error: string;
}

const refused = messageTemplate<Refused>("refused", ([{ data }]) =>
  [
    `kubeadm cannot read ${place(data.field, data.line)}.`,
    `kubeadm would stop on every node: ${data.error}`,
    "Fix: mend the text; kubeadm config validate --config FILE says whether it is in order.",
  ].join("\n"),
);

const remark = messageTemplate<{ readonly field: string; readonly remark: ConfigurationRemark }>("remark", (findings) =>
  findings.map(({ data }) => `${place(data.field, data.remark.line)}: ${remarkText(data.remark)}`).join("\n"),
);

/** What kubeadm demands of the configuration that it reads from the ConfigMap. */
export const kubeadmConfigValid: Policy = {
  id: "kubeadm-config-valid",
  title: "kubeadm-config valid",
  description: "kubeadm can read the ClusterConfiguration, and every field of it means something.",
  severity: "high",
  level: "mandatory",
  remediation: "Mend the text of data.ClusterConfiguration.",
  messages: { refused: refused.message, remark: remark.message },
  check(cluster) {
    const { configuration, subject } = cluster;
    if (configuration.kind === "absent") {
      return outcomeOf(
        [refused.finding({ data: { field: subject.field, line: undefined, error: configuration.error } })],
        [],
      );
    }
    if (configuration.kind !== "text") {
      const read = unlessUnread(cluster);
      return read.kind === "settled" ? read.outcome : outcomeOf([], []);
    }
    const { reading } = configuration;
    const remarks = reading.remarks.map((one) =>
      remark.finding({ level: "advisory", data: { field: subject.field, remark: one } }),
    );
    if (reading.kind === "decoded") return outcomeOf(remarks, []);
    return outcomeOf(
      [
        refused.finding({ data: { field: subject.field, line: reading.position?.line, error: reading.error } }),
        ...remarks,
      ],
      [],
    );
  },
};

function place(field: string, line: number | undefined): string {
  return line === undefined ? field : `${field}:${line}`;
}

function remarkText(one: ConfigurationRemark): string {
  switch (one.kind) {
    case "duplicate-field":
      return `${one.path.join(".")} stands there twice (first in line ${one.firstLine}); kubeadm uses the last one. Remove one of them.`;
    case "unknown-field":
      return `kubeadm knows no field ${one.path.join(".")} and passes over it${one.suggestion === undefined ? "" : `; did you mean ${one.suggestion}?`}`;
    case "further-document":
      return "a further document begins here; kubeadm reads only the first of a ConfigMap. Remove the others.";
  }
}
