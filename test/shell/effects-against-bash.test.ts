import { describe, expect, it } from "vitest";
import { againstBash } from "./against-bash";
import { KEPT_FILES, KEPT_SURROUNDINGS } from "./kept-scripts";

describe.each(KEPT_FILES.map(({ name, scripts }) => [name, scripts] as const))(
  "what is kept of scripts about %s agrees with what bash makes of them",
  (_name, scripts) => {
    it.each(scripts.map(({ script }) => [script]))("%s", (script) => {
      const comparison = againstBash((root) => `cd ${root}\n${script}`, KEPT_SURROUNDINGS);
      const disagreements = comparison.kind === "compared" ? comparison.disagreements : [comparison];
      expect(disagreements.map((one) => JSON.stringify(one))).toEqual([]);
    });
  },
);
