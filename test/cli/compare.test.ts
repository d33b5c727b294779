import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { externalEtcd } from "../helpers/cluster";
import { kubeadmConfigMap } from "../helpers/kubectl-output";
import { outcomeOf, runCheck, runProgram } from "./helpers/run-check";

const CONFIG_MAP = (text: string) => JSON.stringify(kubeadmConfigMap(text));
const PRODUCTION = externalEtcd({ certFile: "/etc/etcd/client.pem" });
const TEST = PRODUCTION.replace("192.168.10.21", "192.168.20.21");

/** A folder with test's record, and `comparison.yaml` beside it where one is given. */
async function folderWith(comparison?: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "compare-"));
  await runProgram(["record", "--out", join(folder, "test.record.yaml"), "--reason", "installed"], CONFIG_MAP(TEST));
  if (comparison !== undefined) writeFileSync(join(folder, "comparison.yaml"), comparison);
  return folder;
}

const agreement = async (file: string) =>
  outcomeOf(await runCheck(["--compare", file], CONFIG_MAP(PRODUCTION)), "environments-agree");

describe("check --compare", () => {
  it("with another environment's record tells the differences", async () => {
    expect(await agreement(join(await folderWith(), "test.record.yaml"))).toBe("fail");
  });

  it("with a file that allows the difference passes; its record stands beside it", async () => {
    const folder = await folderWith(
      "record: test.record.yaml\nallow:\n- {field: etcd.external.endpoints, reason: own etcd}\n",
    );
    expect(await agreement(join(folder, "comparison.yaml"))).toBe("pass");
  });

  it.each([
    [
      "an allowed difference without a reason",
      "record: test.record.yaml\nallow:\n- {field: etcd.external.endpoints}\n",
      "reason",
    ],
    ["a key that is misspelt", "record: test.record.yaml\nalow: []\n", "did you mean allow?"],
    ["something else", "- 1\n", "compareWith"],
  ])("%s is unusable, and says so", async (_title, comparison, said) => {
    const file = join(await folderWith(comparison), "comparison.yaml");
    const { code, complaints } = await runProgram(["check", "--compare", file], CONFIG_MAP(PRODUCTION));
    expect(code).not.toBe(0);
    expect(complaints).toContain(said);
  });
});
