import { fail } from "../go-error";
import { type DerReader, TAG } from "./der-reader";

/** A date of a certificate. */
export interface CertificateTime {
  /** Milliseconds since 1970. */
  readonly epochMs: number;
  /** The date as Go prints it (RFC 3339), in the time zone in which it was written. */
  readonly text: string;
}

/** Reads a UTCTime or GeneralizedTime as cryptobyte does: the only form is the one Go itself would write. */
export function readCertificateTime(reader: DerReader): CertificateTime {
  if (reader.peeks(TAG.utcTime)) {
    return utcTime(reader.content(TAG.utcTime)?.toString("latin1")) ?? fail("x509: malformed UTCTime");
  }
  if (reader.peeks(TAG.generalizedTime)) {
    const text = reader.content(TAG.generalizedTime)?.toString("latin1") ?? "";
    const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(Z|[+-]\d{4})$/.exec(text);
    return (parts && timeOf(Number(parts[1]), parts.slice(2))) ?? fail("x509: malformed GeneralizedTime");
  }
  return fail("x509: unsupported time format");
}

/** A date with the year in two digits (1950 to 2049) and, against the standard, possibly without seconds. */
function utcTime(text: string | undefined): CertificateTime | undefined {
  const parts = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})$/.exec(text ?? "");
  if (parts === null) return undefined;
  const year = Number(parts[1]);
  return timeOf(year < 50 ? 2000 + year : 1900 + year, parts.slice(2));
}

function timeOf(year: number, parts: readonly (string | undefined)[]): CertificateTime | undefined {
  const [month = "", day = "", hour = "", minute = "", second = "00", zone = "Z"] = parts;
  const offset = zoneMinutes(zone);
  const inRange = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (offset === undefined || !inRange || !isDay(year, Number(month), Number(day))) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute) - offset, Number(second));
  const zoneText = zone === "Z" ? "Z" : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const yearText = String(year).padStart(4, "0");
  return { epochMs: date.getTime(), text: `${yearText}-${month}-${day}T${hour}:${minute}:${second}${zoneText}` };
}

/** Go reads a zone of zero hours only as `Z`, because it would write it so. */
function zoneMinutes(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3));
  if (hours > 24 || minutes > 59 || hours + minutes === 0) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (days[month - 1] ?? 0);
}
