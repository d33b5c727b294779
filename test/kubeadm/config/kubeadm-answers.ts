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
