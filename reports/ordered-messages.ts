import { type MessageReport, messagesOf } from "./messages-of";
import type { ClusterReport, FindingLevel, PolicyReport } from "./report";

/** What a policy says at one level. */
export interface PolicyMessages {
  readonly policy: PolicyReport;
  readonly level: FindingLevel;
  readonly messages: readonly MessageReport[];
}

const LEVELS: readonly FindingLevel[] = ["mandatory", "advisory", "accepted", "known", "remark"];
const SEVERITIES = ["critical", "high", "medium", "low"];

/**
 * What the policies say about a cluster, by level and then by severity. A fix is told once: where it holds for a later message
 * too, that one says where it stands.
 */
export function orderedMessages({ outcomes }: Pick<ClusterReport, "outcomes">): readonly PolicyMessages[] {
  const bySeverity = [...outcomes].sort(
    (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity),
  );
  const told = new Map<string, string>();
  return LEVELS.flatMap((level) =>
    bySeverity.flatMap((policy) => {
      const messages = messagesOf(policy).filter((one) => one.level === level);
      const known = new Map(told);
      for (const { fix } of messages) if (fix !== null && !told.has(fix)) told.set(fix, policy.policy);
      return messages.length === 0 ? [] : [{ policy, level, messages: messages.map((one) => shortened(one, known)) }];
    }),
  );
}

function shortened(message: MessageReport, told: ReadonlyMap<string, string>): MessageReport {
  const policy = told.get(message.fix ?? "");
  return policy === undefined ? message : { ...message, fix: `As for ${policy} above.` };
}
