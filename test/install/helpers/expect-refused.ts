import { expect } from "vitest";
import { BROKEN, clusters, PRESENCE } from "../../engine/helpers/programs";
import { testStack } from "../../engine/helpers/test-stack";

/** A preview of kubespray 11500 with the pack in a folder is refused. */
export async function expectRefused(pack: string): Promise<void> {
  const stack = await testStack({ program: BROKEN, config: clusters() });
  const seen = await stack.preview({ packFolder: true, pack });
  const found = seen.violations.filter(({ policy }) => policy === PRESENCE);
  expect(
    found.map(({ level }) => level),
    seen.output,
  ).toContain("mandatory");
  expect(seen.exitCode).not.toBe(0);
}
