import { describe, expect, it } from "vitest";
import { type ProgramResource, preview } from "../helpers/preview";
import { leaksOf, MARKS } from "./helpers/marks";
import { placesOf, shapesFor } from "./helpers/places";
import { isPublic } from "./helpers/public-places";
import { CONFIG_MAP, SETTINGS, STACKS } from "./helpers/stacks";

/** What a preview says with a mark in each place of a resource; `with` makes the program and the settings around it. */
describe("a mark in every place of a resource comes out in no message", () => {
  it.each(Object.entries(STACKS))(
    "%s",
    async (stack, { type, props, encode }) => {
      const leaks: string[] = [];
      for (const [index, place] of placesOf(props).entries()) {
        for (const mark of shapesFor(place, index, MARKS)) {
          if (isPublic(`${stack}: ${place.name}`, mark)) continue;
          const planted = Object.assign({}, place.with(mark.text));
          const resource: ProgramResource = { type, name: "made", props: encode?.(planted) ?? planted };
          const said = await preview([CONFIG_MAP, resource], [SETTINGS]);
          const text = said.map(({ message }) => message).join("\n");
          for (const leak of new Set(leaksOf(mark, text))) leaks.push(`${place.name} <${mark.shape}> ${leak}`);
        }
      }
      expect(leaks).toEqual([]);
    },
    120_000,
  );
});
