import { externalEtcdFiles } from "../cluster/external-etcd-files";
import { outcomeOf } from "../cluster/outcome";
import type { FieldPath } from "../kubeadm/config/field-path";
import { type ConfigurationReading, legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { unlessTextUnknown } from "./support/applicability";
import { inLines } from "./support/lists";
import { fieldText, placeText } from "./support/place";
import { messageTemplate, type Policy } from "./support/policy";
import { shownOpenError } from "./support/shown-open-error";

interface NotRendered {
  /** Where the text stands, with the line: `data.ClusterConfiguration:12`. */
  readonly place: string;
  /** The field within the text; empty where it cannot be determined. */
  readonly path: FieldPath;
  readonly piece: string;
  readonly maker: string;
  /** kubeadm's words, where it stops at this field. */
  readonly error: string | undefined;
}

const notRendered = messageTemplate<NotRendered>("notRendered", (findings) => {
  const [{ data, level }] = findings;
  const and = findings.length === 1 ? "" : ` (and ${findings.length - 1} more)`;
  const makers = [...new Set(findings.map((one) => one.data.maker))];
  return [
    level === "advisory"
      ? `${data.place}: ${data.piece}${and} may be part of a template that was not rendered.`
      : `${data.place}: ${data.piece}${and} is part of a template that was not rendered.`,
    ...inLines(
      findings.map((one) => ({ name: one.data.place, text: `${fieldText(one.data.path)} ${one.data.piece}`.trim() })),
    ),
    ...makers.map((maker) => `Why: ${maker}.`),
    level === "advisory"
      ? "kubeadm passes the argument on unchanged; the kubelet replaces only $(NAME) of a variable in extraEnvs."
      : "kubeadm does not render templates: it would use the text as it is, on every node.",
    ...findings.flatMap((one) => one.data.error ?? []).slice(0, 1),
    "Fix: render the template before it becomes the kubeadm-config, so that the text contains the intended value.",
  ].join("\n");
});

/** The text of the ClusterConfiguration contains no unrendered template. Checked also where kubeadm cannot read the text. */
export const kubeadmConfigRendered: Policy = {
  id: "kubeadm-config-rendered",
  title: "kubeadm-config rendered",
  description: "The text of the ClusterConfiguration contains no unrendered template.",
  severity: "high",
  level: "mandatory",
  remediation:
    "Render the template before it becomes the kubeadm-config, so that the text contains the intended value.",
  tags: ["configuration"],
  messages: { notRendered: notRendered.message },
  check(cluster) {
    const known = unlessTextUnknown(cluster);
    if (known.kind === "settled") return known.outcome;
    const stop = firstFile(known.configuration.reading);
    const findings = known.configuration.residue().map(({ piece, maker, path, line, certain }) =>
      notRendered.finding({
        ...(certain ? {} : ADVISORY),
        data: {
          place: placeText(cluster.subject.field, line),
          path,
          piece,
          maker,
          error: certain && fieldText(path) === stop?.field ? stop.error : undefined,
        },
      }),
    );
    return outcomeOf(findings, []);
  },
};

/** The file of etcd.external that kubeadm opens first, and what it says where there is none of that name. */
function firstFile(reading: ConfigurationReading) {
  const [first] = externalEtcdFiles(legibleConfiguration(reading));
  if (first === undefined) return undefined;
  const words = shownOpenError(first.path, "no such file or directory");
  const error = `kubeadm would fail on every node: failed to create etcd client for external etcd: ${words}`;
  return { field: `etcd.external.${first.field}`, error };
}

const ADVISORY: { readonly level: "advisory" } = { level: "advisory" };
