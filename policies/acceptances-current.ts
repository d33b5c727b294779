import { standingOf, type UsableAcceptance } from "../cluster/acceptance";
import type { BaselineFinding } from "../cluster/baseline";
import { type Finding, outcomeOf } from "../cluster/outcome";
import { publicName, publicPath } from "../machine/public-text";
import { cutLines } from "./support/lists";
import { messageTemplate, type Policy } from "./support/policy";

interface AcceptanceData {
  readonly where: string;
  readonly text: string;
}

const expired = listing(
  "expired",
  "Expired acceptances, whose findings count again:",
  "resolve these findings, or set until to a later day.",
);
const forbidden = listing(
  "forbidden",
  "Acceptances of policies that the platform owner does not allow to be accepted:",
  "resolve these findings, and remove the acceptances.",
);
const unused = listing(
  "unused",
  "Acceptances that no longer match a finding or anything undecided:",
  "remove them, so that they do not cover it if it comes back.",
);
const unusable = listing(
  "unusable",
  "Acceptances that are not valid, so that they accept nothing:",
  "write {policy: ID, reason: TEXT, until: 2027-03-31}, with cluster, node or path to accept less.",
);
const gone = messageTemplate<BaselineFinding>("gone", (findings) =>
  [
    "Findings in the baseline that no longer occur:",
    ...cutLines(
      findings.map(({ data }) => `  ${[data.policy, data.node, data.path].filter((one) => one !== null).join(" ")}`),
    ),
    "Fix: run kubeadm-guard baseline again, so that the baseline does not cover them if they come back.",
  ].join("\n"),
);

/** A message that lists acceptances by their places. */
function listing(id: string, what: string, fix: string) {
  return messageTemplate<AcceptanceData>(id, (findings) =>
    [what, ...cutLines(findings.map(({ data }) => `  ${data.where}: ${data.text}`)), `Fix: ${fix}`].join("\n"),
  );
}

/** Findings that were accepted, or known when the pack was adopted, are still what the settings say they are. */
export const acceptancesCurrent: Policy = {
  id: "acceptances-current",
  title: "Acceptances current",
  description:
    "Each acceptance has a reason, has not expired and matches a finding, and each finding in the baseline still occurs.",
  severity: "medium",
  level: "advisory",
  remediation:
    "Resolve the accepted findings or renew their acceptances, and remove acceptances and baseline entries that match nothing.",
  tags: ["settings"],
  messages: {
    expired: expired.message,
    forbidden: forbidden.message,
    unused: unused.message,
    unusable: unusable.message,
    gone: gone.message,
  },
  check({ settings }, { now, unused: without = [], blocked = [], gone: missing = [] }) {
    const { accept = [], baseline } = settings;
    if (accept.length === 0 && baseline === undefined)
      return { kind: "not-applicable", why: "nothing is accepted and there is no baseline" };
    const findings = accept.flatMap(({ acceptance }): readonly Finding[] => {
      const { where } = acceptance;
      if (acceptance.kind === "unusable")
        return [
          unusable.finding({
            in: { kind: "setting", place: where },
            data: { where, text: acceptance.faults.join(" ") },
          }),
        ];
      const about = { ...place(acceptance), in: { kind: "setting", place: where } as const };
      switch (standingOf(acceptance, now)) {
        case "expired":
          return [
            expired.finding({ ...about, data: { where, text: `${named(acceptance)}, until ${acceptance.until}` } }),
          ];
        case "forbidden":
          return [forbidden.finding({ ...about, data: { where, text: forbiddenText(acceptance) } })];
        default:
          // It may be active for some policies, and forbidden for others.
          if (blocked.includes(acceptance))
            return [forbidden.finding({ ...about, data: { where, text: forbiddenText(acceptance) } })];
          return without.includes(acceptance)
            ? [unused.finding({ ...about, data: { where, text: named(acceptance) } })]
            : [];
      }
    });
    return outcomeOf([...findings, ...missing.map((data) => gone.finding({ ...placeOf(data), data }))], []);
  },
};

function forbiddenText(acceptance: UsableAcceptance): string {
  const { policy, forbidden: by = new Map<string, string>() } = acceptance;
  const places = policy === undefined ? [...by.values()] : [by.get(policy) ?? ""];
  return `${named(acceptance)}, forbidden by ${[...new Set(places)].join(", ")}`;
}

function named({ policy, undecided, node, path }: UsableAcceptance): string {
  const what = undecided === undefined ? [] : [`undecided for ${undecided}`];
  return [
    ...(policy === undefined ? [] : [policy]),
    ...what,
    ...(node === undefined ? [] : [`on ${publicName(node)}`]),
    ...(path === undefined ? [] : [publicPath(path)]),
  ].join(" ");
}

function place({ node, path }: UsableAcceptance) {
  return { ...(node === undefined ? {} : { node }), ...(path === undefined ? {} : { path }) };
}

function placeOf({ node, path }: BaselineFinding) {
  return { ...(node === null ? {} : { node }), ...(path === null ? {} : { path }) };
}
