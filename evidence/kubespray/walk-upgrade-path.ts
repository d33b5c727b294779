import type { Completeness } from "../../cluster/completeness";
import { nodeFiles } from "../../cluster/node-files";
import type { UpgradePath, UpgradePathStep } from "../../cluster/upgrade-path";
import { apiVersionMigration } from "../../kubeadm/config/api-version-migration";
import { writtenApiVersion } from "../../kubeadm/config/written-api-version";
import { openErrorText } from "../../kubeadm/predict/open-error";
import { publicData } from "../../machine/public-data";
import { reasonText } from "../../reasons/reason-texts";
import { clientFiles } from "./client-files";
import { configMapWillName } from "./config-map-will-name";
import { type KubesprayInput, kubesprayFacts } from "./kubespray-facts";
import { kubesprayLayout } from "./kubespray-layout";
import { kubesprayRelease } from "./kubespray-release";
import { KUBESPRAY_RELEASES, type KubesprayReleaseRow } from "./kubespray-releases";

/** Where an upgrade starts and where it goes. */
export interface UpgradePathQuestion {
  /** The inventory with its variables; the release in it is not looked at. */
  readonly input: KubesprayInput;
  /** The release that ran last, and the one to arrive at: `v2.25.0`, `v2.28.0`. */
  readonly from: string;
  readonly to: string;
  /** The minor release that the cluster has, and the last one to go to. */
  readonly minor: number;
  readonly lastMinor: number | undefined;
  /** What the kubeadm-config says now. */
  readonly apiVersion: string;
  readonly files: Files;
}

/** In the order in which kubeadm opens them. */
interface Files {
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile: string;
}

/** What a step leaves to the next one. */
interface State {
  readonly minor: number;
  readonly apiVersion: string;
  readonly files: Files;
  /** The last release so far that gave each node links from the other nodes' names; they stay, as no release removes them. */
  readonly linkedBy: string | undefined;
}

/**
 * Walks an upgrade by Kubespray, one minor release after the other, each by its newest patch release: what the
 * kubeadm-config names at each step and afterwards, and on which node kubeadm would fail, with its words. A step that stops
 * is taken as fixed by the next, which starts from the same kubeadm-config.
 *
 * Source: roles/kubernetes/control-plane/tasks/kubeadm-upgrade.yml and roles/etcd/tasks/gen_certs_script.yml at the tags
 * v2.20.0 to v2.31.0; phases/upgrade/staticpods.go of kubeadm 1.26 to 1.37.
 */
export function walkUpgradePath(question: UpgradePathQuestion): UpgradePath {
  const rows = rowsBetween(question.from, question.to);
  const last = rows.at(-1);
  if (last === undefined) {
    return {
      by: "kubespray",
      steps: [],
      endsEarly: `no release of Kubespray is known after ${question.from} up to ${question.to}`,
    };
  }
  const steps: UpgradePathStep[] = [];
  const { minor, apiVersion, files, from } = question;
  let state: State = { minor, apiVersion, files, linkedBy: linking(from) };
  for (const series of bySeries(rows)) {
    const row = series.at(-1) ?? last;
    const next = Math.min(state.minor + 1, row.newest, question.lastMinor ?? row.newest);
    if (next < row.oldest) {
      const endsEarly = `Kubespray ${row.release} installs Kubernetes 1.${row.oldest} or newer, and the cluster would be at 1.${state.minor} by then; put a release between`;
      return { by: "kubespray", steps, endsEarly };
    }
    const { step, after } = take(row, series.slice(0, -1), { ...state, minor: next }, question.input);
    steps.push(step);
    state = after;
  }
  const { lastMinor } = question;
  const short = lastMinor !== undefined && state.minor < lastMinor;
  return {
    by: "kubespray",
    steps,
    endsEarly: short ? `Kubespray ${question.to} brings the cluster to Kubernetes 1.${state.minor} only` : null,
  };
}

function take(
  row: KubesprayReleaseRow,
  older: readonly KubesprayReleaseRow[],
  state: State,
  input: KubesprayInput,
): { readonly step: UpgradePathStep; readonly after: State } {
  const found = stopAt(row.release, state, input);
  const forecast = configMapWillName({ ...input, release: row.release }, "upgrade");
  const files = forecast.kind === "names" ? forecast : state.files;
  const unknown = [
    ...found.unknown,
    ...(forecast.kind === "undecided" ? [reasonText(publicData(forecast.reason))] : []),
    ...(forecast.kind === "local-etcd" ? [forecast.why] : []),
  ];
  const step: UpgradePathStep = {
    kubernetes: `1.${state.minor}`,
    kubespray: row.release,
    certFile: state.files.certFile,
    stop: found.stop,
    unknown,
    certFileAfter: files.certFile,
    migrate: apiVersionMigration(state.minor, state.apiVersion),
    etcd: row.etcd,
    avoid: older.flatMap(({ release }) => {
      const { stop } = stopAt(release, state, input);
      return stop === null ? [] : [{ kubespray: release, ...stop }];
    }),
  };
  const apiVersion = writtenApiVersion(state.minor, state.apiVersion);
  return { step, after: { ...state, apiVersion, files, linkedBy: linking(row.release) ?? state.linkedBy } };
}

function linking(release: string): string | undefined {
  return kubesprayRelease(release).links === true ? release : undefined;
}

const NOTHING_SAID: Completeness = { kind: "unknown", reason: { id: "no-file-evidence", data: {} } };

/** Where kubeadm stops at this release: the first node in the order of the inventory that lacks a file it opens. */
function stopAt(
  release: string,
  { files, linkedBy }: State,
  given: KubesprayInput,
): { readonly stop: UpgradePathStep["stop"]; readonly unknown: readonly string[] } {
  const input = { ...given, release: linking(release) ?? linkedBy ?? release, isWalked: true };
  const layout = kubesprayLayout(input, { name: "inventory", kind: "kubespray" });
  const facts = kubesprayFacts(input);
  const unknown: string[] = [];
  for (const host of facts.inventory.controlPlane) {
    const completeness = layout.completeness.get(host.name) ?? NOTHING_SAID;
    const evidence = layout.evidence.filter((one) => one.machine.by === "name" && one.machine.name === host.name);
    // Up to v2.25 `upgrade apply --config` reads the node's own file, which names its own certificate.
    const own =
      kubesprayRelease(release).upgradeWrites === "last node" && facts.etcd.kind === "external"
        ? clientFiles(host, facts.etcd.certDir, facts.variables)
        : undefined;
    const opened = own?.kind === "known" ? own : files;
    const paths = [opened.certFile, opened.keyFile, opened.caFile].filter((path) => path !== "");
    const disk = nodeFiles(evidence, completeness, paths, () => true);
    for (const path of paths) {
      const presence = disk.presence(path);
      if (presence.kind === "missing")
        return { stop: { node: host.name, error: words(path, presence.error) }, unknown };
      if (presence.kind === "undecided") unknown.push(`whether ${host.name} has ${path}`);
    }
  }
  return { stop: null, unknown };
}

function words(path: string, error: Parameters<typeof openErrorText>[1]): string {
  return `failed to create etcd client for external etcd: ${openErrorText(path, error)}`;
}

/** The known releases after `from` up to `to`, and `to` itself if it is not known but newer than all. */
function rowsBetween(from: string, to: string): readonly KubesprayReleaseRow[] {
  return KUBESPRAY_RELEASES.filter(({ release }) => compare(release, from) > 0 && compare(release, to) <= 0);
}

function bySeries(rows: readonly KubesprayReleaseRow[]): readonly (readonly KubesprayReleaseRow[])[] {
  const series = new Map<string, KubesprayReleaseRow[]>();
  for (const row of rows) {
    const name = row.release.split(".").slice(0, 2).join(".");
    series.set(name, [...(series.get(name) ?? []), row]);
  }
  return [...series.values()];
}

function compare(one: string, other: string): number {
  const [a, b] = [one, other].map((release) => release.replace(/^v/, "").split(".").map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
