import type { Reason, UserDataProblem } from "../../reasons/reason";

/** The reason that user data give which cannot be read; `limit` is the bound that was exceeded. */
export function unreadable(problem: UserDataProblem, limit: number | null = null): Reason {
  return { id: "user-data-unreadable", data: { problem, limit } };
}
