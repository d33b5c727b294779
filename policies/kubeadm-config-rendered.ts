import type { FieldPath } from "../cluster/configuration/read-cluster-configuration";
import { outcomeOf } from "../cluster/outcome";
import { unlessTextUnknown } from "./applicability";
import { inLines } from "./lists";
import { fieldText, placeText } from "./place";
import { messageTemplate, type Policy } from "./policy";
import { templateResidue } from "./template-residue";

interface NotRendered {
  /** Where the text stands, with the line: `data.ClusterConfiguration:12`. */
  readonly place: string;
  /** The field within the text; empty where it cannot be told. */
  readonly path: FieldPath;
  readonly piece: string;
  readonly maker: string;
}

const notRendered = messageTemplate<NotRendered>("notRendered", (findings) => {
  const [{ data, level }] = findings;
  const others = findings.length === 1 ? "" : ` and ${findings.length - 1} more`;
  const makers = [...new Set(findings.map((one) => one.data.maker))];
  return [
    level === "advisory"
      ? `${data.place}: ${data.piece} may be part of a template that was not rendered${others}.`
      : `${data.place}: ${data.piece} is part of a template that was not rendered${others}.`,
    ...inLines(
      findings.map((one) => ({ name: one.data.place, text: `${fieldText(one.data.path)} ${one.data.piece}`.trim() })),
    ),
    ...makers.map((maker) => `Why: ${maker}.`),
    level === "advisory"
      ? "kubeadm hands the argument on as it stands; only $(NAME) of a variable in extraEnvs is replaced, by the kubelet."
      : "kubeadm replaces nothing: it would take the text as it stands, on every node.",
    "Fix: render the template before it becomes the kubeadm-config, and write the value that is meant.",
  ].join("\n");
});

/** The text of the ClusterConfiguration holds no template residue. Judged also where kubeadm cannot read the text. */
export const kubeadmConfigRendered: Policy = {
  id: "kubeadm-config-rendered",
  title: "kubeadm-config rendered",
  description: "The text of the ClusterConfiguration holds no part of a template that nobody rendered.",
  severity: "high",
  level: "mandatory",
  remediation: "Render the template before it becomes the kubeadm-config, and write the value that is meant.",
  messages: { notRendered: notRendered.message },
  check(cluster) {
    const known = unlessTextUnknown(cluster);
    if (known.kind === "settled") return known.outcome;
    const findings = templateResidue(known.text).map(({ piece, maker, path, line, certain }) =>
      notRendered.finding({
        ...(certain ? {} : ADVISORY),
        data: { place: placeText(cluster.subject.field, line), path, piece, maker },
      }),
    );
    return outcomeOf(findings, []);
  },
};

const ADVISORY: { readonly level: "advisory" } = { level: "advisory" };
