import type { ReportViolation } from "@pulumi/policy";
import { publicText, visibleLines } from "../machine/public-text";
import type { Violation } from "./violations";

/** Reports with a level of its own. The SDK takes this form at run time; its type leaves it out (docs/engine.md, "Violations"). */
export function send(report: ReportViolation, { policy, message, urn, level }: Violation): void {
  const detailed: (args: { name: string; message: string; urn?: string; enforcementLevel?: string }) => void =
    Object.assign(report);
  detailed({
    name: policy,
    message: publicText(visibleLines(message)),
    ...(urn === undefined ? {} : { urn }),
    ...(level === undefined ? {} : { enforcementLevel: level }),
  });
}
