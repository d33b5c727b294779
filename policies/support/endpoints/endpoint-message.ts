import type { Finding } from "../../../cluster/outcome";
import { inLines, inOneLine } from "../lists";

/** An endpoint and what is wrong with it, as the end of a sentence. */
export interface EndpointData {
  /** `data.ClusterConfiguration:9`. */
  readonly place: string;
  readonly endpoint: string;
  readonly why: string;
  /** What etcd is reached by there: `http` where the configuration names no files, or a listing says so. */
  readonly scheme: "https" | "http" | "either";
}

export type EndpointFindings = readonly [Finding<EndpointData>, ...Finding<EndpointData>[]];

/** The place of the first, and all endpoints. */
export function listed(findings: EndpointFindings): string {
  const [{ data }] = findings;
  return `${data.place}: ${inOneLine([...new Set(findings.map((one) => one.data.endpoint))])}`;
}

/** One line an endpoint, also where it is named several times. */
export function lines(findings: EndpointFindings): readonly string[] {
  const reasons = new Map(findings.map(({ data }) => [data.endpoint, data.why]));
  return inLines([...reasons].map(([name, text]) => ({ name, text })));
}

/** The consequence where no endpoint works; otherwise, that the others are not known to fail. */
export function inVain([{ level }]: EndpointFindings, words: string): string {
  return level === "advisory" ? "kube-apiserver still starts if it reaches etcd at another endpoint." : words;
}

export const ADVISORY: { readonly level: "advisory" } = { level: "advisory" };

/** What to write before the host; where the configuration names no files, only etcd itself can tell. */
export function schemeText([{ data }]: EndpointFindings): string {
  return data.scheme === "either" ? "https:// (http:// if etcd speaks no TLS)" : `${data.scheme}://`;
}
