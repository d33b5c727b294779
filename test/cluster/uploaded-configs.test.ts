import { describe, expect, it } from "vitest";
import { type UploadsOnMachine, uploadedConfigs } from "../../cluster/uploaded-configs";
import { readStack } from "../../evidence/read-stack";
import { commandStack } from "../helpers/command-stack";
import { urn } from "../helpers/evidence";
import { stackResource } from "../helpers/stack-resource";

const FILE = "/etc/kubernetes/kubeadm-config.yaml";
const INIT = `kubeadm init --config ${FILE}`;
const put = (text: string, path = FILE) => `echo ${text} > ${path}`;

/** `WHERE: SOURCE FORM FILE`, the file as its text, `not shown` or why it is not known. */
function shown(machines: readonly UploadsOnMachine[]): readonly string[] {
  return machines.map(({ names, isLocal, uploads }) => {
    const made = uploads.map(({ source, form, path, file }) => {
      return `${source.name} ${form.kind} ${path ?? "of some file"} ${fileText(file)}`;
    });
    return `${isLocal ? "local" : names.join(" ")}: ${made.join(", ")}`;
  });
}

function fileText(file: UploadsOnMachine["uploads"][number]["file"]): string {
  if (file === undefined) return "not shown";
  if (file.kind === "missing") return `missing, ${file.error}`;
  if (file.kind === "undecided") return file.reasons.map(({ reason }) => reason.id).join(" and ");
  const { content, source } = file.file;
  return content.kind === "text" ? `${JSON.stringify(content.text)} by ${source.name}` : content.kind;
}

const onHosts = (commands: readonly (readonly [string, string])[], inOrder = true) =>
  shown(uploadedConfigs(commandStack(commands, inOrder)));

describe("the files of which a kubeadm-config is made", () => {
  it.each<readonly [string, readonly (readonly [string, string])[], readonly string[]]>([
    ["none", [["m1", "kubeadm init"]], []],
    [
      "a file that an earlier command wrote",
      [
        ["m1", put("a")],
        ["m1", INIT],
      ],
      [`m1 m1: run-2-on-m1 kubeadm ${FILE} "a\\n" by run-1-on-m1`],
    ],
    [
      "the file as it was then",
      [
        ["m1", `${put("a")}; ${INIT}; ${put("b")}`],
        ["m1", `kubeadm init phase upload-config kubeadm --config ${FILE}`],
      ],
      [`m1 m1: run-1-on-m1 kubeadm ${FILE} "a\\n" by run-1-on-m1, run-2-on-m1 kubeadm ${FILE} "b\\n" by run-1-on-m1`],
    ],
    ["a file that nothing shows", [["m1", INIT]], [`m1 m1: run-1-on-m1 kubeadm ${FILE} no-file-evidence`]],
    [
      "a file of an unknown name",
      [["m1", 'kubeadm init --config "$CONFIG"']],
      ["m1 m1: run-1-on-m1 kubeadm of some file not shown"],
    ],
    [
      "a file of another machine",
      [
        ["m2", put("a")],
        ["m1", INIT],
      ],
      [`m1 m1: run-2-on-m1 kubeadm ${FILE} no-file-evidence`],
    ],
    [
      "files of two machines",
      [
        ["m1", `${put("a")}; ${INIT}`],
        ["m2", `${put("b")}; ${INIT}`],
      ],
      [
        `m1 m1: run-1-on-m1 kubeadm ${FILE} "a\\n" by run-1-on-m1`,
        `m2 m2: run-2-on-m2 kubeadm ${FILE} "b\\n" by run-2-on-m2`,
      ],
    ],
    [
      "a link to a file",
      [["m1", `${put("a", "/opt/a")}; ln -s /opt/a ${FILE}; ${INIT}`]],
      [`m1 m1: run-1-on-m1 kubeadm ${FILE} "a\\n" by run-1-on-m1`],
    ],
    [
      "a file that was removed",
      [["m1", `${put("a")}; rm ${FILE}; ${INIT}`]],
      [`m1 m1: run-1-on-m1 kubeadm ${FILE} missing, no such file or directory`],
    ],
    [
      "manifests of two clusters, by what kubectl is told",
      [["m1", `${put("kubeadm-config", "/a")}; kubectl apply -f /a; kubectl --context other apply -f /a`]],
      [
        'm1 m1: run-1-on-m1 manifest /a "kubeadm-config\\n" by run-1-on-m1',
        'm1 m1: run-1-on-m1 manifest /a "kubeadm-config\\n" by run-1-on-m1',
      ],
    ],
    [
      "manifests beside kubeadm init, which makes the cluster",
      [["m1", `${put("kubeadm-config", "/a")}; ${put("b")}; ${INIT}; kubectl --context other apply -f /a`]],
      [
        `m1 m1: run-1-on-m1 kubeadm ${FILE} "b\\n" by run-1-on-m1, run-1-on-m1 manifest /a "kubeadm-config\\n" by run-1-on-m1`,
      ],
    ],
  ])("%s", (_title, commands, expected) => {
    expect(onHosts(commands)).toEqual(expected);
  });

  it.each<readonly [string, readonly (readonly [string, string])[], readonly string[]]>([
    [
      "a file that is copied to what may be a folder",
      [["m1", "echo a > /tmp/k.yaml; cp /tmp/k.yaml /opt/k8s; kubeadm init --config /opt/k8s/k.yaml"]],
      ["m1 m1: run-1-on-m1 kubeadm /opt/k8s/k.yaml folder-or-file"],
    ],
    [
      "a file that may have been written on another machine, which may be this one",
      [
        ["m1", `${put("a")}; ${INIT}`],
        ["m2", put("b")],
      ],
      [`m1 m1: run-1-on-m1 kubeadm ${FILE} "a\\n" by run-1-on-m1`],
    ],
    [
      "standard input",
      [["m1", "kubeadm init --config - <<'EOF'\na\nEOF"]],
      ['m1 m1: run-1-on-m1 kubeadm /dev/stdin "a\\n" by run-1-on-m1'],
    ],
    [
      "a file that an earlier command wrote, and the same script again",
      [
        ["m1", `${put("a")}; ${INIT}`],
        ["m1", INIT],
      ],
      [`m1 m1: run-1-on-m1 kubeadm ${FILE} "a\\n" by run-1-on-m1, run-2-on-m1 kubeadm ${FILE} "a\\n" by run-1-on-m1`],
    ],
    [
      "a file whose name is not known, beside another",
      [["m1", `kubeadm init --config "$CONFIG"; ${put("a")}; kubeadm init phase upload-config all --config ${FILE}`]],
      [`m1 m1: run-1-on-m1 kubeadm of some file not shown, run-1-on-m1 kubeadm ${FILE} "a\\n" by run-1-on-m1`],
    ],
  ])("%s", (_title, commands, expected) => {
    expect(onHosts(commands)).toEqual(expected);
  });

  it("a file of which nobody knows whether it is there by then", () => {
    expect(
      onHosts(
        [
          ["m1", put("a")],
          ["m1", INIT],
        ],
        false,
      ),
    ).toEqual([`m1 m1: run-2-on-m1 kubeadm ${FILE} unordered-operations`]);
    expect(
      onHosts(
        [
          ["m1", INIT],
          ["m1", put("a")],
        ],
        false,
      ),
    ).toEqual([`m1 m1: run-1-on-m1 kubeadm ${FILE} unordered-operations`]);
  });
});

describe("the machine", () => {
  const command = (name: string, inputs: Parameters<typeof stackResource>[2], ...dependencies: readonly string[]) =>
    stackResource("command:remote:Command", name, inputs, {
      dependencies: dependencies.map((one) => urn(one, "command:remote:Command")),
    });
  const vm = stackResource("openstack:compute/instance:Instance", "vm", { name: "master01", accessIpV4: "10.0.0.1" });

  it("has its names and addresses", () => {
    const init = command("init", { connection: { host: "10.0.0.1" }, create: `${put("a")}; ${INIT}` });
    expect(shown(uploadedConfigs(readStack([vm, init])))).toEqual([
      `vm master01 10.0.0.1 10.0.0.1: init kubeadm ${FILE} "a\\n" by init`,
    ]);
  });

  it("is one where two connections lead to it", () => {
    const copy = command("copy", { connection: { host: "master01" }, create: put("a") });
    const init = command("init", { connection: { host: "10.0.0.1" }, create: INIT }, "copy");
    expect(shown(uploadedConfigs(readStack([vm, copy, init])))).toEqual([
      `vm master01 10.0.0.1 10.0.0.1: init kubeadm ${FILE} "a\\n" by copy`,
    ]);
  });

  it("is the one beside the bastion that all connections share", () => {
    const through = (name: string, create: string, to: string) =>
      stackResource(
        "command:remote:Command",
        name,
        { connection: {}, create },
        { propertyDependencies: { connection: [machine("jump"), machine(to)] } },
      );
    const machine = (name: string) => urn(name, "openstack:compute/instance:Instance");
    const vms = ["jump", "m1", "m2"].map((name) =>
      stackResource("openstack:compute/instance:Instance", name, { name }),
    );
    const commands = [through("one", `${put("a")}; ${INIT}`, "m1"), through("two", put("b"), "m2")];
    expect(shown(uploadedConfigs(readStack([...vms, ...commands])))).toEqual([`m1: one kubeadm ${FILE} "a\\n" by one`]);
  });

  it("may be any of which nothing is known", () => {
    const somewhere = command("copy", { connection: { host: undefined }, create: put("b") });
    const init = command("init", { connection: { host: "10.0.0.1" }, create: INIT }, "copy");
    const [line] = shown(uploadedConfigs(readStack([vm, somewhere, init])));
    expect(line).toMatch(/^vm master01 10\.0\.0\.1 10\.0\.0\.1: init kubeadm \S+ \S*(?:unknown|host)\S*$/);
  });

  it("is the program's own where it runs there", () => {
    const local = (name: string, create: string, environment: Readonly<Record<string, string>>) =>
      stackResource("command:local:Command", name, { create, environment });
    const apply = "echo kubeadm-config > /tmp/a; kubectl apply -f /tmp/a";
    expect(
      shown(
        uploadedConfigs(
          readStack([
            local("one", apply, { KUBECONFIG: "/one" }),
            local("other", apply, { KUBECONFIG: "/other" }),
            local("none", "echo nothing", {}),
          ]),
        ),
      ),
    ).toEqual([
      'local: one manifest /tmp/a "kubeadm-config\\n" by one',
      'local: other manifest /tmp/a "kubeadm-config\\n" by other',
    ]);
  });

  it("is none where nothing local makes a kubeadm-config", () => {
    expect(
      uploadedConfigs(readStack([stackResource("command:local:Command", "one", { create: "echo a > /tmp/a" })])),
    ).toEqual([]);
  });
});
