import { describe, expect, it } from "vitest";
import { configurationText } from "../../../kubeadm/config/configuration-text";
import { parseKubeadmRelease } from "../../../kubeadm/config/kubeadm-release";
import {
  caVolumePaths,
  featureGates,
  minimumExternalEtcd,
  readableApiVersions,
} from "../../../kubeadm/config/kubeadm-versions";
import { namedVersions } from "../../../kubeadm/config/named-versions";
import { releaseThatReads } from "../../../kubeadm/config/release-that-reads";
import { splitDocuments } from "../../../kubeadm/config/split-documents";
import { goDuration } from "../../../kubeadm/go/go-duration";
import { compareGoStrings, goQuote } from "../../../kubeadm/go/go-syntax";
import { decodeGo } from "../../../kubeadm/go/json/go-type";
import { parseGoUrl } from "../../../kubeadm/go/net/go-url";
import { parseHostPort } from "../../../kubeadm/go/net/host-port";
import { parseCidrSloppy, parseIpSloppy, printCidr } from "../../../kubeadm/go/net/ip-address";
import { decodeYaml, yamlToJson } from "../../../kubeadm/go/yaml/yaml-to-json";

describe("a release of kubeadm", () => {
  it.each([
    ["1.30", { minor: 30 }],
    ["v1.30", { minor: 30 }],
    ["v1.30.14", { minor: 30, patch: 14 }],
    ["1.31.0-rc.1", { minor: 31, patch: 0 }],
    ["v1.34.2+build", { minor: 34, patch: 2 }],
    ["2.0.0", undefined],
    ["1", undefined],
    ["stable-1", undefined],
    ["v1.030", undefined],
    ["", undefined],
  ])("%j", (text, release) => {
    expect(parseKubeadmRelease(text)).toEqual(release);
  });
});

describe("the kubeadm that reads a configuration", () => {
  it.each([
    ["of the upgrade", "kubernetesVersion: v1.29.1\n", "v1.31.4", { minor: 31, patch: 4 }],
    ["of the cluster's own minor release", "kubernetesVersion: v1.29.1\n", undefined, { minor: 29 }],
    ["the newest, for a label", "kubernetesVersion: stable-1\n", undefined, { minor: 37 }],
    [
      "the newest that decodes the text, for a label beside an API version that is gone",
      "apiVersion: kubeadm.k8s.io/v1beta3\nkubernetesVersion: stable\n",
      undefined,
      { minor: 36 },
    ],
    ["the newest, for a version that YAML takes for a number", "kubernetesVersion: 1.29\n", undefined, { minor: 37 }],
    ["the newest, for a text that is not YAML", "\t{", undefined, { minor: 37 }],
    [
      "of the cluster's own, for a target that is not a version",
      "kubernetesVersion: v1.29.1\n",
      "latest",
      { minor: 29 },
    ],
  ])("%s", (_title, text, upgradeTo, release) => {
    expect(releaseThatReads(namedVersions(configurationText(text)), upgradeTo)).toEqual(release);
  });
});

describe("the tables of versions", () => {
  it.each([
    [27, ["v1beta3"], "3.2.18", "/etc/pki"],
    [30, ["v1beta3", "v1beta4"], "3.4.13-4", "/etc/pki"],
    [31, ["v1beta3", "v1beta4"], "3.5.11-0", "/etc/pki/ca-trust"],
    [37, ["v1beta4", "v1"], "3.5.24-0", "/etc/pki/ca-trust"],
  ])("1.%i", (minor, versions, etcd, path) => {
    expect(readableApiVersions(minor)).toEqual(versions);
    expect(minimumExternalEtcd({ minor })).toBe(etcd);
    expect(caVolumePaths(minor)).toContain(path);
  });

  it.each([
    ["1.30.14", "3.4.13-4"],
    ["1.31.13", "3.5.11-0"],
    ["1.31.14", "3.5.24-0"],
    ["1.32.9", "3.5.11-0"],
    ["1.33.6", "3.5.24-0"],
    ["1.34.0", "3.5.21-0"],
    ["1.34.2", "3.5.24-0"],
    ["1.35.0", "3.5.24-0"],
  ])("%s wants an external etcd of %s, as its constants.go says", (release, etcd) => {
    expect(minimumExternalEtcd(parseKubeadmRelease(release) ?? { minor: 0 })).toBe(etcd);
  });

  it("feature gates come and go", () => {
    expect(featureGates(30)).toContain("EtcdLearnerMode");
    expect(featureGates(37)).toEqual(["RootlessControlPlane"]);
  });
});

describe("an IP address", () => {
  it.each([
    ["10.0.0.1", [10, 0, 0, 1]],
    ["010.0.0.1", [10, 0, 0, 1]],
    ["1.2.3", undefined],
    ["1.2.3.256", undefined],
    ["::1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ["::ffff:1.2.3.4", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4]],
    ["1::2::3", undefined],
    ["fe80::1%eth0", undefined],
    ["1:2:3:4:5:6:7", undefined],
    ["1:2:3:4:5:6:7::8", undefined],
    ["host", undefined],
  ])("%s", (text, bytes) => {
    expect(parseIpSloppy(text)).toEqual(bytes);
  });

  it.each([
    ["10.1.2.3/16", "10.1.0.0/16"],
    ["fd00:0:0:1::5/64", "fd00:0:0:1::/64"],
    ["1:0:0:2:0:0:0:3/128", "1:0:0:2::3/128"],
    ["::/0", "::/0"],
    ["::ffff:10.0.0.0/112", "10.0.0.0/16"],
  ])("the network %s", (text, printed) => {
    const cidr = parseCidrSloppy(text);
    expect(cidr === undefined ? undefined : printCidr(cidr)).toBe(printed);
  });
});

describe("a URL", () => {
  it.each([
    ["https://a:2379/b?c#d", "https"],
    ["HTTPS://a", "https"],
    ["etcd1:2379", "etcd1"],
    ["etcd1", ""],
    ["10.0.0.1:2379", 'parse "10.0.0.1:2379": first path segment in URL cannot contain colon'],
    ["https://a b", 'parse "https://a b": invalid character " " in host name'],
    ["https://[::1", `parse "https://[::1": missing ']' in host`],
    ["https://a:x", 'parse "https://a:x": invalid port ":x" after host'],
    ["https://a/%zz", 'parse "https://a/%zz": invalid URL escape "%zz"'],
    ["https://a#%z", 'parse "https://a#%z": invalid URL escape "%z"'],
  ])("%s", (text, expected) => {
    const url = parseGoUrl(text);
    expect(url.kind === "url" ? url.scheme : url.words).toBe(expected);
  });
});

describe("a host with or without a port", () => {
  it.each([
    ["lb.example.com", "lb.example.com", ""],
    ["10.0.0.1:6443", "10.0.0.1", "6443"],
    ["[fd00::1]:6443", "fd00::1", "6443"],
    ["fd00::1", "fd00::1", ""],
    ["lb:", "lb", ""],
  ])("%s", (text, host, port) => {
    expect(parseHostPort(text)).toEqual({ kind: "host-port", host, port });
  });

  it.each(["[fd00::1]", ":6443", "lb:0", "lb:65536", "LB:1", "a:b:c", "lb_1:1"])("%s is none", (text) => {
    expect(parseHostPort(text).kind).toBe("error");
  });
});

describe("a Go duration", () => {
  it.each([
    ["1h30m", 5_400_000_000_000n],
    ["1.5s", 1_500_000_000n],
    ["-3ms", -3_000_000n],
    ["0", 0n],
    ["5", 'time: missing unit in duration "5"'],
    ["1d", 'time: unknown unit "d" in duration "1d"'],
    ["", 'time: invalid duration ""'],
  ])("%j", (text, expected) => {
    const { value, error } = decodeGo(goDuration, {
      kind: "string",
      value: text,
      at: { index: 0, line: 0, column: 0 },
    });
    expect(error?.words ?? value).toBe(expected);
  });
});

describe("Go's way to write a text", () => {
  it.each([
    ["a\tb", '"a\\tb"'],
    ['"', '"\\""'],
    ["\u0001", '"\\x01"'],
    ["\u00e4", '"\u00e4"'],
    ["\ufeff", '"\\ufeff"'],
  ])("%j", (text, quoted) => {
    expect(goQuote(text)).toBe(quoted);
  });

  it("and to order texts, by code points", () => {
    expect(["b", "\u{1f600}", "a", "\uffff", ""].sort(compareGoStrings)).toEqual(["", "a", "b", "\uffff", "\u{1f600}"]);
  });
});

describe("the documents of a file", () => {
  it.each([
    ["none", "", []],
    ["one", "a\n", ["a\n"]],
    ["a leading marker stays", "---\na\n", ["---\na\n"]],
    ["two, with a comment at the marker", "a\n--- # x\nb", ["a\n", "b\n"]],
    ["carriage returns go", "a\r\n---\r\nb\r\n", ["a\n", "b\n"]],
    ["a trailing marker adds none", "a\n---\n", ["a\n"]],
  ])("%s", (_title, text, documents) => {
    expect(splitDocuments(text).documents.map((document) => document.text)).toEqual(documents);
  });

  it("know where they start", () => {
    expect(splitDocuments("a\nb\n---\nc\n").documents.map(({ firstLine }) => firstLine)).toEqual([0, 3]);
  });
});

describe("YAML as go-yaml v2 reads it", () => {
  /** The JSON of the text, or the error. */
  function json(text: string): unknown {
    const reading = yamlToJson(decodeYaml(text));
    return reading.kind === "error" ? reading.words : plain(reading.value);
  }

  function plain(node: Extract<ReturnType<typeof yamlToJson>, { kind: "value" }>["value"]): unknown {
    switch (node.kind) {
      case "object":
        return Object.fromEntries(Array.from(node.fields, ([name, { value }]) => [name, plain(value)]));
      case "array":
        return node.items.map(plain);
      case "number":
        return Number(node.literal);
      case "null":
        return null;
      default:
        return node.value;
    }
  }

  it.each([
    ["octal, hexadecimal, binary, with underscores", "[0o17, 017, 0x1F, 0b11, 1_000, +1]", [15, 15, 31, 3, 1000, 1]],
    ["numbers that are none", "[089x, 1.2.3, 0o8, 1e400, '5']", ["089x", "1.2.3", "0o8", "1e400", "5"]],
    ["floats", "[.5, 1., 1e3, 089]", [0.5, 1, 1000, 89]],
    ["booleans", "[y, Yes, on, n, No, OFF, True]", [true, true, true, false, false, false, true]],
    ["nulls", "[~, null, Null, 'null']", [null, null, null, "null"]],
    ["dates and base 60", "[2030-01-01, 12:30:45]", ["2030-01-01", "12:30:45"]],
    ["tags", "[!!str 5, !!int '5', !!float 5, !!binary YWJj, !foo 5, ! 5]", ["5", 5, 5, "abc", "5", "5"]],
    ["keys of other types", "{1: a, true: b, 1.5: c}", { 1: "a", true: "b", "1.5": "c" }],
    ["folded and literal blocks", "a: >\n  x\n  y\n\n  z\nb: |-\n  x\n\n  y\n\n", { a: "x y\nz\n", b: "x\n\ny" }],
    ["folded quotes", '"a\n  b\\\n  c\n\n  d"', "a bc\nd"],
    ["escapes", '"\\x41\\u00e4\\U0001F600\\t\\N"', "A\u00e4\u{1f600}\t\u0085"],
    ["anchors and aliases", "a: &x {b: c}\nd: *x\n", { a: { b: "c" }, d: { b: "c" } }],
    ["a plain text over two lines", "a: b\n  c\n", { a: "b c" }],
    ["text after the end of a document", "a: b\n...\n] }", { a: "b" }],
    ["a tag of its own handle", "%TAG !e! tag:yaml.org,2002:\n---\n!e!str 5\n", "5"],
    [
      "a key longer than 1024 characters",
      `${"k".repeat(1025)}: v\n`,
      "yaml: mapping values are not allowed in this context",
    ],
    ["a flow mapping without its end", "a: {b: c\n", "yaml: line 1: did not find expected ',' or '}'"],
    ["a handle that nobody declared", "a: !x!y z\n", "yaml: found undefined tag handle"],
    ["two anchors", "a: &x &y z\n", "yaml: did not find expected key"],
    ["an indentation indicator of 0", "a: |0\n  b\n", "yaml: found an indentation indicator equal to 0"],
    ["base64 that is none", "!!binary '*'", "yaml: !!binary value contains invalid base64 data"],
  ])("%s", (_title, text, expected) => {
    expect(json(text)).toEqual(expected);
  });
});
