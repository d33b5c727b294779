import { publicKey } from "../machine/public-text";
import { type CheckOptions, checkOptions } from "./check-options";

/** What `kubeadm-guard baseline` was asked. */
export type BaselineOptions =
  /** The findings that check has now. */
  | { readonly kind: "check"; readonly check: CheckOptions; readonly out: string }
  /** The findings of JSON reports, as a preview writes them. */
  | { readonly kind: "reports"; readonly reports: readonly string[]; readonly out: string };

export type BaselineOptionsReading =
  | { readonly kind: "options"; readonly options: BaselineOptions }
  | { readonly kind: "help" }
  /** What is wrong and what to do instead, in one or two sentences. */
  | { readonly kind: "wrong"; readonly why: string };

/** Understands the arguments of `baseline`: `--out FILE`, and JSON reports or the options of check. Never throws. */
export function baselineOptions(args: readonly string[]): BaselineOptionsReading {
  const at = args.findIndex((one) => one === "--out" || one.startsWith("--out="));
  const own = at < 0 ? [] : args[at] === "--out" ? args.slice(at, at + 2) : args.slice(at, at + 1);
  const out = own[1] ?? own[0]?.slice("--out=".length) ?? "";
  const rest = args.filter((_, index) => at < 0 || index < at || index >= at + own.length);
  const noOut = { kind: "wrong", why: "Name the file of the baseline with --out FILE." } as const;
  if (rest[0]?.startsWith("-") === false) {
    const option = rest.find((one) => one.startsWith("-"));
    if (option === "--help" || option === "-h") return { kind: "help" };
    if (option !== undefined) {
      const why = `Name JSON reports, or the options of check, not both: leave out ${publicKey(option.split("=", 1).join(""))}.`;
      return { kind: "wrong", why };
    }
    return out === "" ? noOut : { kind: "options", options: { kind: "reports", reports: rest, out } };
  }
  const reading = checkOptions(rest);
  if (reading.kind !== "options") return reading;
  if (out === "") return noOut;
  if (reading.options.baseline !== undefined)
    return { kind: "wrong", why: "--baseline is for check: a baseline holds all findings. Leave it out." };
  return { kind: "options", options: { kind: "check", check: reading.options, out } };
}
