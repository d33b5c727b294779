import { describe, expect, it } from "vitest";
import { FILES_OF_CHECK, KUBECTL_OUTPUT } from "./helpers/inputs";
import { leaksIn, markedFolder } from "./helpers/marked-runs";

const { at, put, said, reports } = markedFolder();
const OPTIONS = [
  ...["--nodes", at("listing.yaml"), "--inventory", at("inventory.ini"), "--kubespray", "v2.25.0"],
  ...["--accept", at("accept.yaml"), "--record", at("record.yaml"), "--compare", at("compare.yaml")],
  ...["--baseline", at("baseline.json")],
  ...reports,
];
const VERBOSE = ["--verbose"];
const GITHUB = ["--format", "github"];
const EXPLAINED = ["--explain", "master01:/etc/ssl/etcd/ssl/ca.pem"];

describe("a mark in every place of a file that check reads comes out in no format", () => {
  it.each(Object.entries(FILES_OF_CHECK))(
    "%s",
    async (name, file) => {
      for (const [other, { data, text }] of Object.entries(FILES_OF_CHECK)) put(other, text(data));
      const found = await leaksIn(name, file, (text, turn) => {
        put(name, text);
        const way = [VERBOSE, GITHUB, EXPLAINED][turn % 3] ?? [];
        return said({ args: ["check", "--kubeadm-config", at("cm.yaml"), ...OPTIONS, ...way] });
      });
      expect(found).toEqual([]);
    },
    240_000,
  );

  it("what kubectl printed", async () => {
    const found = await leaksIn("kubectl", KUBECTL_OUTPUT, (input, turn) =>
      said({ args: ["check", ...reports, ...([VERBOSE, GITHUB][turn % 2] ?? [])], input }),
    );
    expect(found).toEqual([]);
  }, 240_000);
});
