import { type CheckOptions, checkOptions } from "./check-options";

/** What `kubeadm-guard baseline` was asked. */
export interface BaselineOptions {
  readonly check: CheckOptions;
  readonly out: string;
}

export type BaselineOptionsReading =
  | { readonly kind: "options"; readonly options: BaselineOptions }
  | { readonly kind: "help" }
  /** What is wrong and what to do instead, in one or two sentences. */
  | { readonly kind: "wrong"; readonly why: string };

/** Understands the arguments of `baseline`: those of check, and `--out FILE`. Never throws. */
export function baselineOptions(args: readonly string[]): BaselineOptionsReading {
  const at = args.findIndex((one) => one === "--out" || one.startsWith("--out="));
  const own = at < 0 ? [] : args[at] === "--out" ? args.slice(at, at + 2) : args.slice(at, at + 1);
  const reading = checkOptions(args.filter((_, index) => at < 0 || index < at || index >= at + own.length));
  if (reading.kind !== "options") return reading;
  const out = own[1] ?? own[0]?.slice("--out=".length) ?? "";
  if (at < 0 || out === "") return { kind: "wrong", why: "Name the file of the baseline with --out FILE." };
  if (reading.options.baseline !== undefined)
    return { kind: "wrong", why: "--baseline is for check: a baseline holds all findings. Leave it out." };
  return { kind: "options", options: { check: reading.options, out } };
}
