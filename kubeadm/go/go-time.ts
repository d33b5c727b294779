import { goQuote } from "./go-syntax";
import { type GoType, goParsed } from "./json/go-type";

const LAYOUT = '"2006-01-02T15:04:05Z07:00"';

const parsed: GoType<boolean> = goParsed("v1.Time", false, (text) =>
  isRfc3339(text) ? { value: true } : { error: `parsing time ${goQuote(text)} as ${LAYOUT}: cannot parse` },
);

/** `metav1.Time`: RFC 3339. Only checked, not kept: true if a time is given. */
export const goTime: GoType<boolean> = {
  ...parsed,
  decode: (node, place) => (node.kind === "null" ? false : parsed.decode(node, place)),
};

/**
 * time.Parse with that layout (time/format.go, Go 1.26): the hour may have one digit, and an offset from UTC may be as
 * large as 24:60.
 */
function isRfc3339(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))$/.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const date = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(month, year);
  return date && hour < 24 && minute < 60 && second < 60 && zoneHour <= 24 && zoneMinute <= 60;
}

/** The Gregorian calendar repeats after 400 years; JavaScript takes a year below 100 for one of the last century. */
function daysIn(month: number, year: number): number {
  return new Date(Date.UTC(year + 400, month, 0)).getUTCDate();
}
