import { goQuote } from "./go-syntax";
import { type GoType, goParsed } from "./go-type";

const LAYOUT = '"2006-01-02T15:04:05Z07:00"';

const parsed: GoType<boolean> = goParsed("v1.Time", false, (text) =>
  isRfc3339(text) ? { value: true } : { error: `parsing time ${goQuote(text)} as ${LAYOUT}: cannot parse` },
);

/** `metav1.Time`: RFC 3339. Only checked, not kept: true if a time is given. */
export const goTime: GoType<boolean> = {
  ...parsed,
  decode: (node, place) => (node.kind === "null" ? false : parsed.decode(node, place)),
};

function isRfc3339(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))$/.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const date = month >= 1 && month <= 12 && day >= 1 && day <= days;
  return date && hour < 24 && minute < 60 && second < 60 && zoneHour <= 24 && zoneMinute < 60;
}
