import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canMount, withMounts } from "../helpers/private-mounts";
import { canTrace, touchedBy } from "../helpers/touched";

/** The built program is what these tests are about: streams, devices and exit codes of a process. */
const project = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-command-line-"));
beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/build.mjs"], { cwd: project, encoding: "utf8" });
  expect(stderr + status).toBe("0");
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

writeFileSync(
  join(folder, "cm.yaml"),
  `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.29.5
etcd:
  external:
    endpoints: [https://192.168.10.11:2379]
    caFile: /etc/ssl/etcd/ssl/ca.pem
    certFile: /etc/ssl/etcd/ssl/node-master01.pem
    keyFile: /etc/ssl/etcd/ssl/node-master01-key.pem
`,
);

const GUARD = `guard() { ${JSON.stringify(process.execPath)} ${JSON.stringify(join(project, "bin", "kubeadm-guard.js"))} "$@"; }`;

/** Runs a line of bash with `guard`, the built program, in a folder with cm.yaml; a program that hangs ends with code null. */
function shell(line: string) {
  return run("bash", ["-c", `set -o pipefail; ${GUARD}\n${line}`], folder);
}

function run(program: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  return { code: status, stdout, stderr };
}

/** One line on standard error, nothing on standard output, and the code of unusable input. */
function refusedWith(why: string) {
  return { code: 3, stdout: "", stderr: expect.stringMatching(new RegExp(`^kubeadm-guard: [^\\n]*${why}[^\\n]*\\n$`)) };
}

/** Linux has these devices; elsewhere their place may be anything. */
describe.runIf(existsSync("/dev/full"))("what is not a file", () => {
  it.each([
    ["a device without an end", "guard check --kubeadm-config /dev/zero", "larger than 16 MiB"],
    [
      "a program that writes without end",
      "guard check --kubeadm-config - < <(yes)",
      "standard input cannot be read: it is larger than 16 MiB",
    ],
    ["a device on standard input", "guard check --kubeadm-config - < /dev/zero", "larger than 16 MiB"],
    ["an empty device", "guard check --kubeadm-config /dev/null", "nothing came from it"],
    [
      "a named pipe that nobody writes to",
      "mkfifo unwritten; guard check --kubeadm-config unwritten",
      "nothing came from it",
    ],
    ["a folder", "guard check --kubeadm-config .", "it is a folder"],
  ])("%s is refused as a kubeadm-config", (_, line, why) => {
    expect(shell(line)).toEqual(refusedWith(why));
  });

  it("a named pipe is read to its end, where the writer comes after the reader and writes in pieces", () => {
    // Opening a named pipe to write waits for its reader.
    const pieces = "{ head -n 3 cm.yaml; tail -n +4 cm.yaml; }";
    const late = `mkfifo late; ${pieces} > late & guard check --kubeadm-config late --format json`;
    const { stdout } = shell(late);
    expect(JSON.parse(stdout)).toHaveProperty("clusters.0.name", "kubernetes");
    expect(stdout).toContain("/etc/ssl/etcd/ssl/node-master01-key.pem");
  });

  const options = ["--nodes", "--inventory", "--accept", "--baseline", "--compare", "--record"];
  const places = ["pipe", "/dev/zero", "."];
  it.each(options.flatMap((option) => places.map((file) => [option, file])))(
    "%s refuses %s without opening it",
    (option, file) => {
      const line = `[ -e pipe ] || mkfifo pipe; guard check --kubeadm-config cm.yaml ${option} ${file}`;
      expect(shell(line)).toEqual(refusedWith("cannot be opened"));
    },
  );

  it.each([
    ["a pipe", "mkfifo $f", "it is not a regular file"],
    ["a device without an end", "ln -s /dev/zero $f", "it is not a regular file"],
    ["a link to nothing", "ln -s nowhere $f", "there is no such file"],
  ])("variables of an inventory that are %s are a finding that says why", (_, make, why) => {
    const inventory = "printf '[kube_control_plane]\\nmaster01\\n[etcd]\\nmaster01\\n' > vars/hosts.ini";
    const line = `mkdir -p vars/group_vars; f=vars/group_vars/all.yml; rm -f $f; ${make}; ${inventory}`;
    const { code, stdout } = shell(`${line}; guard check --kubeadm-config cm.yaml --inventory vars/hosts.ini`);
    expect(stdout).toContain(`group_vars/all.yml cannot be used: ${why}.`);
    expect(code).toBe(1);
  });

  const others = [
    "guard record --reason tried --out new.yaml --kubeadm-config",
    "guard baseline --out new.yaml --kubeadm-config",
    "guard baseline --kubeadm-config cm.yaml --out new.yaml --inventory",
    "guard report --out new.html",
  ];
  it.each(others.flatMap((line) => places.map((file) => [line, file])))("%s %s writes nothing", (line, file) => {
    expect(shell(`[ -e pipe ] || mkfifo pipe; ${line} ${file}`)).toEqual(refusedWith("(?:cannot|it is|nothing)"));
    expect(readdirSync(folder).filter((name) => /^new/.test(name))).toEqual([]);
  });

  it.each([
    ["baseline", "guard baseline --kubeadm-config cm.yaml --out"],
    ["record", "guard record --kubeadm-config cm.yaml --reason tried --out"],
  ])("%s does not wait for a reader of a named pipe", (_, line) => {
    expect(shell(`[ -e out ] || mkfifo out; ${line} out`)).toEqual(refusedWith("regular file"));
  });
});

describe.runIf(existsSync("/dev/full"))("a disk that is full", () => {
  it.each([
    ["a report on standard output", "guard check --kubeadm-config cm.yaml"],
    ["a report in JSON", "guard check --kubeadm-config cm.yaml --format json"],
    ["an explanation", "guard explain control-plane-nodes-known"],
    ["the help", "guard --help"],
  ])("%s: one line and exit code 3", (_, line) => {
    expect(shell(`${line} > /dev/full`)).toEqual(refusedWith("the disk is full"));
  });

  it("a file that is written: one line and exit code 3", () => {
    expect(shell("guard baseline --kubeadm-config cm.yaml --out /dev/full")).toEqual(refusedWith("the disk is full"));
  });

  it.each([
    "guard check --kubeadm-config cm.yaml --report full.json",
    "guard check --kubeadm-config cm.yaml --format json --report full.html",
    "guard check --kubeadm-config cm.yaml --report some.json; guard report some.json --out full.html",
  ])("a report in a file, and nothing is left of it: %s", (line) => {
    const { code, stderr } = shell(`ln -sf /dev/full full.json; ln -sf /dev/full full.html; ${line}`);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^kubeadm-guard: [^\n]*full[^\n]*the disk is full[^\n]*\n$/);
    expect(readdirSync(folder).filter((name) => name.includes("unfinished"))).toEqual([]);
  });

  it("for standard error changes no exit code", () => {
    expect(shell("guard check --kubeadm-config nowhere 2> /dev/full").code).toBe(3);
  });

  it("leaves a device a device", () => {
    expect(shell("guard baseline --kubeadm-config cm.yaml --out /dev/null").code).toBe(0);
    expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
  });
});

describe.runIf(canMount)("where nothing can be written", () => {
  const nodes = JSON.stringify({
    controlPlane: [{ name: "master01" }, { name: "master02" }],
    searched: ["/etc/ssl/etcd"],
    files: Object.fromEntries(
      ["master01", "master02"].map((name) => [
        name,
        ["ca", `node-${name}`, `node-${name}-key`].map((one) => ({ path: `/etc/ssl/etcd/ssl/${one}.pem` })),
      ]),
    ),
  });
  const commands: Readonly<Record<string, string>> = {
    "check --report": "guard check --kubeadm-config cm.yaml --nodes nodes.json --report",
    "check --format json --report": "guard check --kubeadm-config cm.yaml --nodes nodes.json --format json --report",
    "check --fix-script": "guard check --kubeadm-config cm.yaml --nodes nodes.json --fix-script",
    "report --out": "guard report report.json --out",
    "record --out": "guard record --kubeadm-config cm.yaml --nodes nodes.json --reason tried --out",
    "baseline --out": "guard baseline --kubeadm-config cm.yaml --nodes nodes.json --out",
  };
  const places = [
    ["readonly/new.html", "the file system is read-only"],
    ["full/new.html", "the disk is full"],
    ["nearly/new.html", "the disk is full"],
    ["readonly/old.json", "the file system is read-only"],
    ["full/old.json", "the disk is full"],
    ["nearly/old.json", "the disk is full"],
    ["alone/old.json", "something is mounted there"],
  ] as const;
  /** A page needs a name of its own, a record is not written over something else, and these two are shorter than a block. */
  const isTried = (command: string, place: string) =>
    (command !== "report --out" || place.endsWith(".html")) &&
    (command !== "record --out" || !place.endsWith("old.json")) &&
    (!/^(?:record|baseline)/.test(command) || !place.startsWith("nearly/"));
  const cases = Object.entries(commands).flatMap(([command, line]) =>
    places.filter(([place]) => isTried(command, place)).map(([place, why]) => [command, place, line, why] as const),
  );

  const mounted = mkdtempSync(join(tmpdir(), "kubeadm-guard-mounts-"));
  afterAll(() => rmSync(mounted, { recursive: true, force: true }));
  beforeAll(() => {
    writeFileSync(join(mounted, "cm.yaml"), readFileSync(join(folder, "cm.yaml")));
    writeFileSync(join(mounted, "nodes.json"), nodes);
    run("bash", ["-c", `${GUARD}; ${commands["check --report"]} report.json`], mounted);
  });

  it.each(cases)("%s %s: one line, exit code 3, and the old file is all that is there", (_, place, line, why) => {
    const left = "tail -n +1 readonly/* full/* nearly/* alone/*";
    const [program, args] = withMounts(`${GUARD}; ${line} ${place} > printed; code=$?; ${left}; exit $code`);
    const old = ["readonly", "full", "nearly", "alone"].map((one) => `==> ${one}/old.json <==\nold`).join("\n");
    expect(run(program, args, mounted)).toEqual({ ...refusedWith(`${place} cannot be written: ${why}`), stdout: old });
  });
});

describe("files that are written", () => {
  it("through a link, which stays one", () => {
    writeFileSync(join(folder, "target.yaml"), "");
    symlinkSync("target.yaml", join(folder, "link.yaml"));
    expect(shell("guard baseline --kubeadm-config cm.yaml --out link.yaml").code).toBe(0);
    expect(lstatSync(join(folder, "link.yaml")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "target.yaml"), "utf8")).toContain("Baseline");
  });

  it.each([
    ["a file that may not be written", "echo half > $f; chmod 0400 $f"],
    ["a link to another file", "echo mine > other.yaml; ln -s other.yaml $f"],
    ["a pipe", "mkfifo $f"],
  ])("where a run of the same process number left %s unfinished", (_, leave) => {
    const guard = `exec ${GUARD.slice(GUARD.indexOf("{") + 2, GUARD.lastIndexOf('"$@"'))}`;
    const line = `(f=out.yaml.$BASHPID.unfinished; ${leave}; ${guard} baseline --kubeadm-config cm.yaml --out out.yaml)`;
    expect(shell(`rm -f out.yaml; ${line}`)).toMatchObject({ code: 0, stderr: "" });
    expect(readFileSync(join(folder, "out.yaml"), "utf8")).toContain("Baseline");
    expect(readdirSync(folder).filter((name) => name.includes("unfinished"))).toEqual([]);
    if (existsSync(join(folder, "other.yaml"))) expect(readFileSync(join(folder, "other.yaml"), "utf8")).toBe("mine\n");
  });
});

describe("a reader that stops early", () => {
  it.each(["text", "json", "html"])("of a report as %s hears of no error", (format) => {
    const { stderr } = shell(`guard check --kubeadm-config cm.yaml --format ${format} | head -c 1`);
    expect(stderr).toBe("");
  });

  it("of messages changes no exit code", () => {
    expect(shell("guard check --kubeadm-config nowhere 2> >(true)").code).toBe(3);
  });
});

/** Values without an end, or deeper than anything that a person writes: a problem that names its file, and nothing else. */
describe("documents that are deep or contain themselves", () => {
  const list = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const doubling = Array.from({ length: 30 }, (_, i) => `k${i}: &a${i} [${i === 0 ? "x" : `*a${i - 1}, *a${i - 1}`}]`);
  const documents = {
    "deep.yaml": `controlPlane: ${list(10_000)}`,
    "deep.json": `{"controlPlane": ${list(10_000)}}`,
    "cyclic.yaml": "controlPlane: &a\n- *a\n",
    "cyclic-map.yaml": "&a\ncontrolPlane: [{name: m1, addresses: *a}]\nfiles: *a\n",
    "doubling.yaml": `${doubling.join("\n")}\ncontrolPlane: *a29\naccept: *a29\nrecord: *a29\n`,
  };
  for (const [name, text] of Object.entries(documents)) writeFileSync(join(folder, name), text);

  // A listing and an inventory leave a finding, a record leaves drift undecided, and agreements are what was asked for.
  const codes = [
    ["--nodes", 1],
    ["--inventory", 1],
    ["--accept", 3],
    ["--baseline", 3],
    ["--compare", 3],
    ["--record", 2],
  ] as const;
  it.each(codes.flatMap(([option, code]) => Object.keys(documents).map((name) => [option, name, code] as const)))(
    "%s %s ends with %i",
    (option, name, expected) => {
      const { code, stdout, stderr } = shell(`guard check --kubeadm-config cm.yaml ${option} ${name}`);
      expect(code, stderr).toBe(expected);
      expect(stdout + stderr).toContain(name);
      expect(stdout + stderr).not.toMatch(/internal error|RangeError|\n {4}at /);
      expect(stdout.length + stderr.length).toBeLessThan(20_000);
    },
  );
});

const touched = join(realpathSync(folder), "touched");
const MARK = "markOfWhatWasRead1x9";
const INPUTS = {
  "cm.yaml": `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.29.5
clusterName: ${MARK}
etcd:
  external:
    endpoints: [https://192.168.10.11:2379]
    caFile: /etc/ssl/etcd/ssl/ca.pem
    certFile: /etc/ssl/etcd/ssl/node.pem
    keyFile: /etc/ssl/etcd/ssl/node-key.pem
`,
  "inventory/hosts.ini": "[kube_control_plane]\nmaster01\n[etcd]\nmaster01\n",
  "inventory/group_vars/all.yml": `note: ${MARK}\n`,
  "inventory/other.yml": "never: read\n",
  "nodes.json": `{"controlPlane": [{"name": "master01"}], "searched": ["/etc/ssl/etcd"], "files": {"master01": []}}`,
  "accept.yaml": "accept: []\n",
  "unnamed.yaml": "never: read\n",
};
for (const [path, text] of Object.entries(INPUTS)) {
  mkdirSync(dirname(join(touched, path)), { recursive: true });
  writeFileSync(join(touched, path), text);
}

describe.runIf(canTrace)("kubeadm-guard check", () => {
  it("reads the files of its options and its own, writes its reports and the compiled form of its code, and speaks to nobody", () => {
    const caches = join(touched, "caches");
    mkdirSync(caches);
    const named = ["--nodes", "nodes.json", "--inventory", "inventory/hosts.ini", "--accept", "accept.yaml"];
    const guard = [process.execPath, join(project, "bin/kubeadm-guard.js"), "check", "--kubeadm-config", "cm.yaml"];
    const command = ["sh", "-c", `"$@" || [ $? -le 2 ]`, "sh", ...guard, ...named, "--report", "out.json"];
    const { read, written, programs, addresses } = touchedBy(command, {
      cwd: touched,
      env: { PATH: "/usr/bin:/bin", XDG_CACHE_HOME: caches },
    });
    const ours = read.filter((path) => path.startsWith(`${project}/`)).map((path) => path.slice(project.length + 1));
    expect(ours.filter((path) => !/^(?:bin\/[\w.-]+\.js|dist\/cli\/main\.js|package\.json)$/.test(path))).toEqual([]);
    expect(read.filter((path) => !path.startsWith(`${project}/`))).toEqual(
      [
        "accept.yaml",
        "cm.yaml",
        "inventory/group_vars",
        "inventory/group_vars/all.yml",
        "inventory/hosts.ini",
        "nodes.json",
      ].map((name) => join(touched, name)),
    );
    const [form = "", ...others] = readdirSync(join(caches, "kubeadm-guard"));
    expect(others).toEqual([]);
    expect(written.map((path) => path.replace(/\.\d+(?=\.unfinished$|$)/, ".PID"))).toEqual([
      join(caches, "kubeadm-guard"),
      join(caches, "kubeadm-guard", form),
      `${join(caches, "kubeadm-guard", form)}.PID`,
      join(touched, "out.json"),
      join(touched, "out.json.PID.unfinished"),
    ]);
    expect(readFileSync(join(caches, "kubeadm-guard", form), "latin1")).not.toContain(MARK);
    expect(programs.filter((path) => path !== process.execPath && !/\/sh$/.test(path))).toEqual([]);
    expect(addresses).toEqual([]);
    expect(existsSync(join(touched, "out.json"))).toBe(true);
  });
});
