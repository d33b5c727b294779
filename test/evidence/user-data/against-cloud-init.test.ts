import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nodeFiles } from "../../../cluster/node-files";
import { readStack } from "../../../evidence/read-stack";
import { stackResource } from "../../helpers/stack-resource";

interface Answers {
  readonly cases: readonly {
    readonly name: string;
    /** In base64. */
    readonly userData: string;
    readonly files: Readonly<Record<string, { readonly content: string; readonly mode: string }>>;
  }[];
}

const { cases }: Answers = JSON.parse(readFileSync(join(__dirname, "cloud-init-cases.json"), "utf8"));
const PLACES = ["/etc/a", "/etc/b", "/etc/c"];
/** Our own choice: cloud-init ignores these or stops at them, and what the machine makes of that is not for us to know. */
const UNDECIDED =
  /^(bom|text|json|noversion|jinja2|tabs|badyaml|twodocs|notlist|strlist|pathnum|badgz|gzraw|mimescript|archbad|content(num|list|bool)|yes|date|.*\.b64|.*\.gzb64)$/;

/** Its content is what an expression gives on the machine. */
const NOT_SHOWN = ["jinjaexpr"];

/** `MODE CONTENT`, `missing` or `undecided` for each place. */
function ours(userDataBase64: string): Readonly<Record<string, string>> {
  const { evidence } = readStack([stackResource("aws:ec2/instance:Instance", "master01", { userDataBase64 })]);
  const files = nodeFiles(evidence, { kind: "complete", because: { by: "setting" } }, [], () => true);
  return Object.fromEntries(
    PLACES.map((place) => {
      const presence = files.presence(place);
      if (presence.kind !== "present") return [place, presence.kind];
      const { content, mode } = presence.file;
      return [place, `${mode} ${content.kind === "text" ? content.text : content.kind}`];
    }),
  );
}

describe("user data, by what the real cloud-init wrote for it", () => {
  it.each(cases.filter(({ name }) => !UNDECIDED.test(name)))("$name", ({ name, userData, files }) => {
    const real = PLACES.map((place) => {
      const file = files[place];
      if (file === undefined) return [place, "missing"];
      return [place, `${file.mode} ${NOT_SHOWN.includes(name) ? "not-shown" : file.content}`];
    });
    expect(ours(userData)).toEqual(Object.fromEntries(real));
  });

  it.each(cases.filter(({ name }) => UNDECIDED.test(name)))("$name is undecided", ({ userData }) => {
    expect(Object.values(ours(userData))).toContain("undecided");
  });
});
