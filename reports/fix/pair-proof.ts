import { pairProblem } from "../../cluster/certificates/pair";
import type { Content } from "../../machine/content";
import { isOfCa } from "../../policies/support/is-of-ca";

/** Whether files belong together, as far as their contents are shown. */
export type PairProof =
  /** Certificate and key match, and the CA signed the certificate. */
  | "proven"
  /** Not all of the contents are shown: whoever has the files can look. */
  | "open"
  | "refuted";

/** Contents of a pair and its CA; undefined where the kubeadm-config names none. */
export interface Pair {
  readonly certificate: Content | undefined;
  readonly key: Content | undefined;
  readonly ca: Content | undefined;
}

/** Whether a certificate, its key and the CA belong together. */
export function pairProof({ certificate, key, ca }: Pair): PairProof {
  const answers = [
    both(certificate, key, (one, other) => pairProblem(one, other) === undefined),
    both(certificate, ca, (one, other) => isOfCa(one, other)),
  ];
  if (answers.includes("refuted")) return "refuted";
  return answers.includes("open") ? "open" : "proven";
}

function both(
  one: Content | undefined,
  other: Content | undefined,
  holds: (one: string, other: string) => boolean,
): PairProof {
  if (one === undefined || other === undefined) return "proven";
  if (one.kind !== "text" || other.kind !== "text") return "open";
  return holds(one.text, other.text) ? "proven" : "refuted";
}
