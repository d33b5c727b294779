import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runProgram } from "./helpers/run-check";

const FIELD = join(__dirname, "..", "fixtures", "field");

/** `check` of a file of a folder, with the files that further arguments name there: `inventory.ini`. */
async function checked(folder: string, file: string, args: readonly string[] = []) {
  const inFolder = (arg: string) => (/\.(ini|yaml|txt)$/.test(arg) ? join(FIELD, folder, arg) : arg);
  const config = join(FIELD, folder, file);
  return runProgram(["check", "--kubeadm-config", config, "--verbose", ...args.map(inFolder)]);
}

const INVENTORY = ["--inventory", "inventory.ini"];

describe("API versions that kubeadm reads only up to a release", () => {
  it("v1beta2 is valid for kubeadm 1.17", async () => {
    const { code, output } = await checked("01-old-api-still-read", "kubeadm-config.yaml", INVENTORY);
    expect(code).toBe(0);
    expect(output).toContain("checked as kubeadm 1.17");
    expect(output).toMatch(/pass +kubeadm-config-valid/);
  });

  it("v1beta2 is valid for kubeadm 1.24", async () => {
    const { output } = await checked("02-v1beta2-on-1.24", "kubeadm-config.yaml");
    expect(output).toMatch(/pass +kubeadm-config-valid/);
  });

  it("v1alpha3 is refused, with the release that was asked and the way out", async () => {
    const { code, output } = await checked("03-v1alpha3", "config.yaml");
    expect(code).toBe(1);
    expect(output).toContain("checked as kubeadm 1.37 (the newest known");
    expect(output).toContain("kubeadm config migrate of v1.14");
  });

  it("a MasterConfiguration is refused in kubeadm's words", async () => {
    const { code, output } = await checked("09-masterconfiguration", "v1alpha1-few-lines.yaml");
    expect(code).toBe(1);
    expect(output).toContain('old API spec: "kubeadm.k8s.io/v1alpha1" (kind: "MasterConfiguration")');
    expect(output).toContain("kubeadm config migrate of v1.11");
  });

  it("v1alpha2 of a cluster that still has it is refused by the next release", async () => {
    const { code, output } = await checked("10-v1alpha2", "kubeadm.yaml");
    expect(code).toBe(1);
    expect(output).toContain("checked as kubeadm 1.13 (the first that no longer reads its API version");
    expect(output).toContain("kubeadm config migrate of v1.12");
    expect(output).not.toContain("the fields named above");
  });
});

describe("what kubeadm stops at, and what it only warns of", () => {
  it("an UpgradeConfiguration that kubeadm upgrade apply cannot decode", async () => {
    const { code, output } = await checked("15-upgradeconfiguration", "upgrade-type-error.yaml", [
      "--kubeadm",
      "1.34.2",
    ]);
    expect(code).toBe(1);
    expect(output).toContain(
      "json: cannot unmarshal string into Go struct field UpgradeApplyConfiguration.apply.etcdUpgrade of type bool",
    );
  });

  it("a kubeadm that is too new, with the one to take", async () => {
    const { code, output } = await checked("16-kubeadm-too-new", "kubeadm-config.yaml", [
      ...INVENTORY,
      "--kubeadm",
      "1.34.2",
    ]);
    expect(code).toBe(1);
    expect(output).toContain("control plane version >= 1.33.0. Current version: v1.32.5");
    expect(output).toContain("one minor version later than the cluster at most: 1.33 for 1.32");
  });

  it("a field of which kubeadm init only warns is advisory", async () => {
    const { code, output } = await checked("18-only-warned-of", "kubeadm-config.yaml");
    expect(code).toBe(0);
    expect(output).toContain('unknown field "apiServer.timeoutForControlPlane"');
    expect(output).toContain("only warn of it");
  });
});
