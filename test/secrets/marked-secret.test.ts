import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StringAsset } from "@pulumi/pulumi/asset";
import { describe, expect, it, onTestFinished } from "vitest";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import { FakeStack, secret } from "../../pack/testing";
import { externalEtcd } from "../helpers/cluster";
import { type ProgramResource, preview } from "../helpers/preview";
import { leaksOf, type Mark } from "./helpers/marks";
import { type Place, placesOf, shapesFor } from "./helpers/places";
import { CONFIG_MAP, FILES, SETTINGS, STACKS } from "./helpers/stacks";

/** Shapes that are public in themselves: marked, they are not. */
const SHAPES: readonly Mark[] = [
  "zyxwvpass",
  "/etc/ssl/etcd/ssl/zyxwv.pem",
  "10.77.66.55",
  "zyxwvPass.example.com",
].map((text) => ({ shape: text, text, pieces: ["zyxwv", "77.66"], looksLike: [] }));

/** A property of a resource that Pulumi marks, whole, where one of its places holds the text. */
function withSecret(props: Readonly<Record<string, unknown>>, { name }: Place): Readonly<Record<string, unknown>> {
  const [property = ""] = /^[^.[ ]+/.exec(name) ?? [];
  return { ...props, [property]: secret(props[property]) };
}

/** The name of a property itself is not part of its value; where a connection leads is public (pack/listen-for-secrets.ts). */
const isInValue = ({ name }: Place) =>
  !name.startsWith(" key ") && !/^connection\.(?:proxy\.)?(?:host|port|user)$/.test(name);

async function said(program: readonly ProgramResource[], cluster: object = SETTINGS): Promise<string> {
  return (await preview(program, [cluster])).map(({ message }) => message).join("\n");
}

/** Where in what is said the marks of these shapes are. */
function secretsIn(text: string): readonly string[] {
  return [...new Set(SHAPES.flatMap((mark) => leaksOf(mark, text)))];
}

describe("what Pulumi marks secret comes out in no message, whatever its form", () => {
  it.each(Object.entries(STACKS))(
    "%s",
    async (_, { type, props, encode }) => {
      const leaks: string[] = [];
      for (const [index, place] of placesOf(props).filter(isInValue).entries()) {
        for (const mark of shapesFor(place, index, SHAPES)) {
          const planted = Object.assign({}, place.with(mark.text));
          const marked = withSecret(encode?.(planted) ?? planted, place);
          const text = await said([CONFIG_MAP, { type, name: "made", props: marked }]);
          for (const leak of new Set(leaksOf(mark, text))) leaks.push(`${place.name} <${mark.shape}> ${leak}`);
        }
      }
      expect(leaks).toEqual([]);
    },
    240_000,
  );
});

const SECRET_FILES = {
  caFile: "/etc/ssl/etcd/ssl/ca-zyxwv.pem",
  certFile: "/etc/ssl/etcd/ssl/node-zyxwv.pem",
  keyFile: "/etc/ssl/etcd/ssl/key-zyxwv.pem",
};
const SECRET_CONFIG = `${externalEtcd(SECRET_FILES)}clusterName: zyxwvpass\ncontrolPlaneEndpoint: 10.77.66.55:6443\nzyxwvField: x\n`;
const COPY: ProgramResource = {
  type: "command:remote:CopyFile",
  name: "copy",
  props: { connection: { host: "10.0.0.1" }, localPath: "ca.pem", remotePath: FILES.caFile },
};
const metadata = { name: "kubeadm-config", namespace: "kube-system" };
const configMap = (props: Readonly<Record<string, unknown>>): ProgramResource => ({ ...CONFIG_MAP, props });

describe("a mark at any depth hides what is below it", () => {
  it.each<[string, readonly ProgramResource[]]>([
    ["a kubeadm-config", [configMap({ metadata, data: { ClusterConfiguration: secret(SECRET_CONFIG) } }), COPY]],
    ["the data of a ConfigMap", [configMap({ metadata, data: secret({ ClusterConfiguration: SECRET_CONFIG }) }), COPY]],
    [
      "an item of a list in a list",
      [
        CONFIG_MAP,
        { type: "acme:index:Host", name: "x", props: { a: [{ b: [secret("/etc/ssl/etcd/ssl/zyxwv.pem")] }] } },
      ],
    ],
    [
      "a file's content",
      [
        CONFIG_MAP,
        {
          ...COPY,
          type: "command:remote:CopyToRemote",
          props: { ...COPY.props, source: secret(new StringAsset("zyxwvpass")), remotePath: "/tmp/x" },
        },
      ],
    ],
    [
      "the path of a copy",
      [CONFIG_MAP, { ...COPY, props: { ...COPY.props, remotePath: secret("/etc/ssl/etcd/ssl/zyxwv.pem") } }],
    ],
    [
      "a connection's host",
      [CONFIG_MAP, { ...COPY, props: { ...COPY.props, connection: { host: secret("10.77.66.55") } } }],
    ],
    [
      "a path that a script makes of its parts",
      [
        CONFIG_MAP,
        {
          ...COPY,
          type: "command:remote:Command",
          props: {
            ...COPY.props,
            create: secret("D=/etc/ssl; E=zyxwvpass; ./run $D/$E.pem > $D/$E.log; $E; rm -rf $D/x$E/*"),
          },
        },
      ],
    ],
  ])("%s", async (_, program) => {
    expect(secretsIn(await said(program))).toEqual([]);
  });

  it("in the stack's configuration", async () => {
    const stack = new FakeStack({
      config: {
        "kubeadm-guard:clusters": secret([
          {
            name: "zyxwvpass",
            controlPlaneNodes: [
              { name: "zyxwv01", addresses: ["10.77.66.55"] },
              { name: "zyxwv02", zyxwvKey: 1 },
            ],
            kubespray: { inventory: "/etc/zyxwv.ini", release: "v2.25.0" },
          },
        ]),
      },
    });
    stack.add(CONFIG_MAP.type, CONFIG_MAP.name, CONFIG_MAP.props);
    const violations = await stack.preview(kubeadmGuard());
    expect(violations).not.toEqual([]);
    expect(secretsIn([...violations.map(({ message }) => message), ...stack.printed].join("\n"))).toEqual([]);
  });
});

describe("what stands unmarked elsewhere is named all the same", () => {
  it.each<[string, readonly ProgramResource[], string]>([
    [
      "the path of the kubeadm-config in a secret script",
      [
        CONFIG_MAP,
        {
          ...COPY,
          type: "command:remote:Command",
          props: { ...COPY.props, create: secret(`install /tmp/zyxwv.pem ${FILES.certFile}`) },
        },
      ],
      `${FILES.keyFile}`,
    ],
    [
      "the address of a node in a secret connection",
      [
        CONFIG_MAP,
        { ...COPY, props: { ...COPY.props, connection: secret({ host: "10.0.0.1", password: "zyxwvpass" }) } },
      ],
      "master01",
    ],
    [
      "the host of a connection, which its provider marks whole",
      [CONFIG_MAP, { ...COPY, props: { ...COPY.props, connection: secret({ host: "10.77.66.55", user: "root" }) } }],
      "10.77.66.55",
    ],
    [
      "the address of a machine that another resource shows",
      [
        CONFIG_MAP,
        { type: "aws:ec2/instance:Instance", name: "vm", props: { privateIp: "10.77.66.55" } },
        { ...COPY, props: { ...COPY.props, connection: { host: secret("10.77.66.55") } } },
      ],
      "10.77.66.55",
    ],
  ])("%s", async (_, program, named) => {
    expect(await said(program)).toContain(named);
  });

  it("and fields, folders of the system and words of messages", async () => {
    const config = configMap({ metadata, data: secret({ ClusterConfiguration: SECRET_CONFIG }) });
    const text = await said([config, COPY]);
    expect(text).toContain("etcd.external.certFile");
    expect(text).toContain("that is marked secret");
  });
});

describe("reports quote nothing of what is marked", () => {
  it("in any format", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-secret-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const files = ["r.json", "r.sarif", "r.xml", "r.md", "r.html", "r.txt", "code-quality.json"].map((one) =>
      join(folder, one),
    );
    const stack = new FakeStack({
      config: { "kubeadm-guard:clusters": [SETTINGS], "kubeadm-guard:reports": files },
    });
    stack.add(CONFIG_MAP.type, CONFIG_MAP.name, { metadata, data: secret({ ClusterConfiguration: SECRET_CONFIG }) });
    stack.add("command:remote:Command", "prepare", {
      connection: { host: secret("10.77.66.55") },
      create: secret("zyxwvpass; ./zyxwv.sh /etc/zyxwv/zyxwv.pem; ssh zyxwvPass.example.com kubeadm init"),
    });
    await stack.preview(kubeadmGuard());
    expect(files.flatMap((file) => secretsIn(readFileSync(file, "utf8")))).toEqual([]);
  });
});
