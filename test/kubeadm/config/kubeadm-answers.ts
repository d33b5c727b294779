import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What real kubeadm said of one text (scripts/conformance; answers recorded with Go 1.26.8). */
export interface KubeadmAnswer {
  readonly title: string;
  /** The release: `1.30.14`. */
  readonly kubeadm: string;
  readonly text: string;
  /** The error of `kubeadm config validate`, or null for "ok". */
  readonly validate: string | null;
  /** The error of decoding the text from the ConfigMap, without "failed to decode …: ", or null. */
  readonly read: string | null;
}

interface RecordedCase {
  readonly title: string;
  readonly answers: readonly Omit<KubeadmAnswer, "title">[];
}

/** The recorded answers, one for each text and release. */
export function kubeadmAnswers(): readonly KubeadmAnswer[] {
  const cases: readonly RecordedCase[] = JSON.parse(readFileSync(join(__dirname, "kubeadm-answers.json"), "utf8"));
  return cases.flatMap(({ title, answers }) => answers.map((answer) => ({ title, ...answer })));
}

/**
 * An answer as we say it: a value that may be secret as `***`, the key's message in the wording of 1.34, and what kubeadm
 * 1.37 says again of httpEndpoints, which it fills from the endpoints, once.
 */
export function asWeSayIt(answer: string): string {
  const once = answer.replaceAll(/, etcd\.external\.httpEndpoints: Invalid value: .*?(?=, etcd\.|\]$)/g, "");
  return (once === answer ? answer : withoutBracketsAroundOne(once))
    .replace("Unsupported map key", "unsupported map key")
    .replace(/(unsupported map key of type: .*, value: ).*$/s, "$1***");
}

/** As Kubernetes prints a list of errors: one without brackets (apimachinery, util/errors, aggregate.Error). */
function withoutBracketsAroundOne(list: string): string {
  return list.includes(", etcd.") ? list : list.slice(1, -1);
}
