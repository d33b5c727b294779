import { describe, expect, it } from "vitest";
import { kubeadmConfigRendered as policy } from "../../policies/kubeadm-config-rendered";
import { clusterFrom, externalEtcd } from "../helpers/cluster";
import { recordedClusters } from "../helpers/recorded-clusters";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const HEAD = "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.31.4\n";
const cluster = (text: string) => clusterFrom(text, { name: "prod" });
const checked = (text: string) => policy.check(cluster(text), NOW);
/** `line path piece`, with a `?` where the finding is only advisory. */
const found = (text: string) => {
  const outcome = checked(text);
  return outcome.kind === "fail"
    ? outcome.findings.map(({ data, level }) => [data, level ?? "mandatory"] as const)
    : outcome.kind;
};
const one = (line: number, path: readonly (string | number)[], piece: string, level = "mandatory") => [
  [expect.objectContaining({ place: `data.ClusterConfiguration:${line}`, path, piece }), level],
];

describe("residue in a text that is YAML", () => {
  it.each([
    [
      "a Jinja expression in a path",
      externalEtcd({ certFile: "/etc/ssl/node-{{ inventory_hostname }}.pem" }),
      one(6, ["etcd", "external", "certFile"], "{{ inventory_hostname }}"),
    ],
    [
      "a shell variable in a path",
      externalEtcd({ keyFile: `/etc/ssl/node-\${HOSTNAME}.pem` }),
      one(6, ["etcd", "external", "keyFile"], `\${HOSTNAME}`),
    ],
    [
      "a shell variable without braces",
      externalEtcd({ keyFile: "/etc/ssl/node-$HOSTNAME.pem" }),
      one(6, ["etcd", "external", "keyFile"], "$HOSTNAME"),
    ],
    [
      "a command in a path",
      externalEtcd({ keyFile: "/etc/ssl/node-$(hostname -s).pem" }),
      one(6, ["etcd", "external", "keyFile"], "$(hostname -s)"),
    ],
    [
      "a format in a path",
      externalEtcd({ keyFile: "/etc/ssl/node-%s.pem" }),
      one(6, ["etcd", "external", "keyFile"], "%s"),
    ],
    [
      "a JavaScript value that does not exist",
      externalEtcd({ keyFile: "/etc/ssl/node-undefined.pem" }),
      one(6, ["etcd", "external", "keyFile"], "undefined"),
    ],
    [
      "an object as an endpoint's host",
      `${HEAD}etcd:\n  external:\n    endpoints:\n    - https://[object Object]:2379\n`,
      one(7, ["etcd", "external", "endpoints", 0], "[object Object]"),
    ],
    [
      "an object instead of a path, unquoted",
      externalEtcd({ caFile: "[object Object]" }),
      one(6, ["etcd", "external", "caFile"], "[object Object]"),
    ],
    [
      "a placeholder for an address",
      `${HEAD}controlPlaneEndpoint: <load-balancer>:6443\n`,
      one(4, ["controlPlaneEndpoint"], "<load-balancer>"),
    ],
    [
      "a Jinja statement in quotes",
      `${HEAD}clusterName: "{% if x %}a{% endif %}"\n`,
      [...one(4, ["clusterName"], "{% if x %}"), ...one(4, ["clusterName"], "{% endif %}")],
    ],
    [
      "a Jinja expression in an argument",
      `${HEAD}apiServer:\n  extraArgs:\n  - name: advertise-address\n    value: "{{ ip }}"\n`,
      one(7, ["apiServer", "extraArgs", 0, "value"], "{{ ip }}"),
    ],
    ["the whole text is an object", "[object Object]", one(1, [], "[object Object]")],
    [
      "a shell variable in an argument, which may be meant",
      `${HEAD}apiServer:\n  extraArgs:\n  - name: audit-log-path\n    value: /var/log/\${HOSTNAME}.log\n`,
      one(7, ["apiServer", "extraArgs", 0, "value"], `\${HOSTNAME}`, "advisory"),
    ],
    [
      "a variable that the container does not have",
      `${HEAD}apiServer:\n  extraArgs:\n  - name: advertise-address\n    value: $(NODE_IP)\n`,
      one(7, ["apiServer", "extraArgs", 0, "value"], "$(NODE_IP)", "advisory"),
    ],
  ])("%s", (_title, text, findings) => {
    expect(found(text)).toEqual(findings);
  });
});

describe("residue that keeps the text from being YAML", () => {
  it.each([
    [
      "an unquoted Jinja expression",
      `${HEAD}etcd:\n  external:\n    caFile: {{ ca }}\n`,
      one(6, ["etcd", "external", "caFile"], "{{ ca }}"),
    ],
    [
      "an unquoted Jinja expression with a rest",
      `${HEAD}controlPlaneEndpoint: {{ host }}:6443 # {{ why }}\n`,
      one(4, ["controlPlaneEndpoint"], "{{ host }}"),
    ],
    [
      "a Jinja statement on a line of its own",
      `${HEAD}{% if a %}\nclusterName: b\n{% endif %}\n`,
      [...one(4, [], "{% if a %}"), ...one(6, [], "{% endif %}")],
    ],
    [
      "an Output in a template literal, named once although its text holds a variable",
      `${HEAD}clusterName: Calling [toString] on an [Output<T>] is not supported.\n\nTo get the value of an Output<T> as an Output<string> consider either:\n1: o.apply(v => \`prefix\${v}suffix\`)\n2: pulumi.interpolate \`prefix\${v}suffix\`;\n\nSee https://www.pulumi.com/docs/concepts/inputs-outputs for more details.\nThis function may throw in a future version of @pulumi/pulumi.\n`,
      one(4, ["clusterName"], "Calling [toString] on an [Output<T>] is not supported."),
    ],
  ])("%s", (_title, text, findings) => {
    expect(found(text)).toEqual(findings);
  });
});

describe("what only looks like residue", () => {
  it.each([
    ["a comment", `${HEAD}# {{ ansible_managed }} \${X} <host>\nclusterName: prod # {{ name }}\n`],
    [
      "JSON in one line",
      '{"apiVersion":"kubeadm.k8s.io/v1beta4","kind":"ClusterConfiguration","networking":{"dnsDomain":"a.b"}}',
    ],
    ["a map of maps in flow style", `${HEAD}apiServer: {extraArgs: [{name: a, value: b}]}\n`],
    [
      "JSON with nested objects in an argument",
      `${HEAD}apiServer:\n  extraArgs:\n  - name: a\n    value: '{"a":{"b":{}}}'\n`,
    ],
    [
      "a regular expression that ends in a dollar sign",
      `${HEAD}apiServer:\n  extraArgs:\n  - name: cors-allowed-origins\n    value: //.*\\.example\\.com$\n`,
    ],
    [
      "a comparison in an argument's text",
      `${HEAD}apiServer:\n  extraArgs:\n  - name: a\n    value: |\n      a < b and c > d %s\n`,
    ],
    [
      "a variable of the container, by Kubernetes' own syntax",
      `${HEAD}apiServer:\n  extraArgs:\n  - name: advertise-address\n    value: $(NODE_IP)\n  extraEnvs:\n  - name: NODE_IP\n    value: 10.0.0.1\n`,
    ],
    ["an escaped variable", `${HEAD}apiServer:\n  extraArgs:\n  - name: a\n    value: $$(NODE_IP)\n`],
    ["an IPv6 zone in a URL", `${HEAD}etcd:\n  external:\n    endpoints: ["https://[fe80::1%25eth0]:2379"]\n`],
    ["a text that is not YAML, without any residue", "a: [b\n"],
  ])("%s passes", (_title, text) => {
    expect(checked(text)).toEqual({ kind: "pass", remarks: [] });
  });
});

describe("the recorded clusters", () => {
  it.each(
    recordedClusters("clusters").flatMap((one) => {
      const text = one.configMap.data["ClusterConfiguration"];
      return text === undefined ? [] : [[one.id, text] as const];
    }),
  )("%s fails only where its text holds a template", (id, text) => {
    expect(checked(text).kind).toBe(id === "path-template" || id === "path-shell-variable" ? "fail" : "pass");
  });
});

describe("a text that is not there", () => {
  it("is undecided before the update", () => {
    const waiting = {
      ...cluster(HEAD),
      configuration: { kind: "unknown-until-update", waitsFor: ["template"] } as const,
    };
    expect(policy.check(waiting, NOW)).toMatchObject({ kind: "undecided" });
  });

  it("is not applicable where a patch does not carry it", () => {
    const patch = { ...cluster(HEAD), configuration: { kind: "not-carried", why: "a patch" } as const };
    expect(policy.check(patch, NOW)).toEqual({ kind: "not-applicable", why: "a patch" });
  });
});

describe("the message", () => {
  it("names each place once", () => {
    const subject = cluster(
      externalEtcd({ certFile: "/etc/ssl/node-{{ host }}.pem", keyFile: "/etc/ssl/node-{{ host }}-key.pem" }),
    );
    const outcome = policy.check(subject, NOW);
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    expect(policy.messages["notRendered"]?.([first, ...rest], subject)).toMatchInlineSnapshot(`
      "data.ClusterConfiguration:6: {{ host }} (and 1 more) is part of a template that was not rendered.
        data.ClusterConfiguration:6  etcd.external.certFile {{ host }}
        data.ClusterConfiguration:7  etcd.external.keyFile {{ host }}
      Why: a template (Jinja, Go, Helm) was not rendered.
      kubeadm does not render templates: it would use the text as it is, on every node.
      kubeadm would fail on every node: failed to create etcd client for external etcd: open /etc/ssl/node-{{ host }}.pem: no such file or directory
      Fix: render the template before it becomes the kubeadm-config, so that the text contains the intended value."
    `);
  });
});
