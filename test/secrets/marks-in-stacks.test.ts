import { describe, expect, it } from "vitest";
import { type ProgramResource, preview } from "../helpers/preview";
import { leaksOf, MARKS } from "./helpers/marks";
import { placesOf } from "./helpers/places";
import { CONFIG_MAP, SETTINGS, STACKS } from "./helpers/stacks";

describe("a mark in every place of a resource", () => {
  it.each(Object.entries(STACKS))("%s", async (_, { type, props, encode }) => {
    const leaks: string[] = [];
    for (const place of placesOf(props)) {
      for (const mark of MARKS) {
        const planted = Object.assign({}, place.with(mark.text));
        const resource: ProgramResource = { type, name: "made", props: encode?.(planted) ?? planted };
        const said = await preview([CONFIG_MAP, resource], [SETTINGS]);
        const text = said.map(({ message }) => message).join("\n");
        for (const leak of new Set(leaksOf(mark, text))) leaks.push(`${place.name} <${mark.shape}> ${leak}`);
      }
    }
    expect(leaks).toEqual([]);
  });
});
