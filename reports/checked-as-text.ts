import type { ClusterReport, Report } from "./report";

/** Which kubeadm a cluster was checked as, why, and how to choose another. */
export function checkedAsText({ checkedAs, subject }: ClusterReport, origin: Report["origin"]): string {
  if (checkedAs === null) return `the text of ${subject.field} is not known, so no kubeadm release was checked`;
  const { kubeadm, why } = checkedAs;
  const other = why === "as asked" ? "" : origin === "check" ? "; --kubeadm for another" : "; upgradeTo for another";
  return `checked as kubeadm ${kubeadm} (${why}${other})`;
}
