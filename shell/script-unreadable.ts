import type { Reason, ReasonOf } from "../reasons/reason";

/** The reason that a script gives which cannot be read; with its length and the bound where it is too long. */
export function scriptUnreadable(
  problem: ReasonOf<"script-unreadable">["data"]["problem"],
  characters: number | null = null,
  limit: number | null = null,
): Reason {
  return { id: "script-unreadable", data: { problem, characters, limit } };
}
