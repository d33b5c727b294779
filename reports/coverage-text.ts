import type { Coverage } from "./report";

/** What was looked at, as one line: `2 control-plane nodes and 3 etcd hosts from inventory prod.ini, files from ...`. */
export function coverageText({ controlPlaneNodes, mightBeMore, etcdHosts, nodesFrom, filesFrom }: Coverage): string {
  const hosts = etcdHosts.length === 0 ? "" : ` and ${counted(etcdHosts.length, "etcd host")}`;
  const from = nodesFrom.length === 0 ? "" : ` from ${listed(nodesFrom)}`;
  if (controlPlaneNodes === null) {
    return `No control-plane node is known${hosts === "" ? "" : `, only ${hosts.replace(" and ", "")}${from}`}: only the text was checked, not what is on any node`;
  }
  const more = mightBeMore ? ", possibly more," : "";
  const files = filesFrom.length === 0 ? "nothing says which files they have" : `files from ${listed(filesFrom)}`;
  return `${counted(controlPlaneNodes.length, "control-plane node")}${more}${hosts}${from}, ${files}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** More names would make the line too long to read. */
const MOST = 3;

function listed(items: readonly string[]): string {
  const shown = items.slice(0, MOST).join(", ");
  return items.length > MOST ? `${shown} and ${items.length - MOST} more` : shown;
}
