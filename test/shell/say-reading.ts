import type { FileOperation } from "../../machine/file-operation";
import { reasonText } from "../../reasons/reason-texts";
import type { RemoteReading, ShellReading } from "../../shell/shell-reading";
import { sayOperation } from "./say-operation";

/** All that a text does, in words: on this machine, on others, and what of it is not read. */
export function sayReading({ operations, unread, kubeadm, remote }: ShellReading): readonly string[] {
  return [
    ...operations.map((operation) => `${sayOperation(operation)}${detailsOf(operation)}`),
    ...kubeadm.map((run) => `run kubeadm ${JSON.stringify(run)}`),
    ...unread.map(
      (reason) =>
        `not read: ${reasonText(reason)}${reason.id === "ansible-run" ? ` ${JSON.stringify(reason.data)}` : ""}`,
    ),
    ...remote.flatMap(sayRemote),
  ];
}

function sayRemote({ host, port, everywhere, ...reading }: RemoteReading): readonly string[] {
  const chosen = everywhere === undefined ? "?" : `machines chosen: ${reasonText(everywhere)}`;
  const where = `on ${host ?? chosen}${port === undefined ? "" : ` port ${port}`}`;
  const said = sayReading({ ...reading, remote: [] });
  return said.length === 0 ? [where] : said.map((line) => `${where}: ${line}`);
}

/** What sayOperation leaves out. */
function detailsOf(operation: FileOperation): string {
  if (operation.do === "upload-config") return ` ${JSON.stringify({ ...operation.form, text: operation.text })}`;
  const one = operation.do === "for-each-match" ? operation.step : operation;
  if (one.do !== "copy") return "";
  const { preserves, replaces, links, umask } = one;
  const newMode = "newMode" in one ? { newMode: one.newMode ?? null } : {};
  const details = JSON.stringify({ preserves, replaces, links, umask: umask?.toString(8), ...newMode });
  return details === "{}" ? "" : ` ${details}`;
}
