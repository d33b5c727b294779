import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { canTrace, touchedIn, tracing } from "../helpers/touched";
import { BROKEN, clusters } from "./helpers/programs";
import { testStack } from "./helpers/test-stack";

const checkout = resolve(__dirname, "../..");

describe.runIf(canTrace)("the pack in a preview", () => {
  it("reads what the settings name and what says where the project is, writes the reports, and speaks to the engine only", async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "kubeadm-guard-traced-")));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const [traces, pack] = [join(folder, "traces"), join(folder, "pack")];
    mkdirSync(traces);
    const command = [...tracing(traces), process.execPath, join(checkout, "bin/kubeadm-guard-pack")];
    writeFileSync(pack, `#!/bin/sh\nexec ${command.map((one) => `'${one}'`).join(" ")} "$@"\n`, { mode: 0o755 });
    const stack = await testStack({
      program: BROKEN,
      config: { ...clusters({ listing: "nodes.yaml" }), "kubeadm-guard:reports": ["guard.json"] },
      files: { "nodes.yaml": "files: {}\n", "unnamed.yaml": "never: read\n" },
    });
    const { output } = await stack.preview({ pack });
    expect(output).toContain("the listing nodes.yaml has no entry for");
    const { read, written, programs, addresses } = touchedIn(traces, checkout);
    const own = /^(?:bin\/kubeadm-guard-pack|dist\/pack\/executable\.js|(?:.*\/)?package\.json)$/;
    const ours = read.filter((path) => path.startsWith(`${checkout}/`)).map((path) => path.slice(checkout.length + 1));
    expect(ours.filter((path) => !own.test(path))).toEqual([]);
    expect(read.filter((path) => !path.startsWith(`${checkout}/`))).toEqual(
      ["Pulumi.dev.yaml", "Pulumi.yaml", "nodes.yaml"].map((name) => join(stack.folder, name)),
    );
    expect(written.map((path) => path.replace(/\.\d+\.unfinished$/, ".PID.unfinished"))).toEqual([
      join(stack.folder, "guard.json"),
      join(stack.folder, "guard.json.PID.unfinished"),
    ]);
    expect(programs).toEqual([process.execPath]);
    expect(addresses.filter((line) => !/127\.0\.0\.1|"::1"|"::ffff:127\.0\.0\.1"/.test(line))).toEqual([]);
  });
});
