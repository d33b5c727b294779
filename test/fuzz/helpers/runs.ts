const INPUTS = Number(process.env["FUZZ_INPUTS"] ?? 20_000);
const SEED = Number(process.env["FUZZ_SEED"] ?? 1);

/** A whole stack costs as much as some hundred texts. */
const PARTS = { texts: 0.975, stacks: 0.01, settings: 0.005, commands: 0.01 } as const;

/** How fast-check tries one of `shares` properties about a part of the inputs. */
export function runs(part: keyof typeof PARTS, shares = 1): { readonly seed: number; readonly numRuns: number } {
  return { seed: SEED, numRuns: Math.ceil((INPUTS * PARTS[part]) / shares) };
}

/** In milliseconds, for machines that are busy with something else. */
export const TIMEOUT = 600_000;
