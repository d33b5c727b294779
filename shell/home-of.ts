import { hole, type Text } from "./text";

/** The home of a user, as useradd makes it. */
export function homeOf(user: string | undefined): Text {
  if (user === undefined || user === "") return hole("the home of a user who is not known");
  return [user === "root" ? "/root" : `/home/${user}`];
}
