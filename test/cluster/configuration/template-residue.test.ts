import { describe, expect, it } from "vitest";
import { templateResidue } from "../../../cluster/configuration/template-residue";
import { configurationText } from "../../../kubeadm/config/configuration-text";

/** `LINE PATH PIECE`, with a `?` in front where the text may be meant as it stands. */
function found(text: string): readonly string[] {
  return templateResidue(configurationText(text)).map(
    ({ line, path, piece, certain }) => `${certain ? "" : "?"}${line} ${path.join(".")} ${piece}`,
  );
}

const HEAD = "kind: ClusterConfiguration\n";
const args = (value: string) => `apiServer:\n  extraArgs:\n  - name: a\n    value: ${JSON.stringify(value)}\n`;
const envs = (value: string) => `apiServer:\n  extraEnvs:\n  - name: A\n    value: ${JSON.stringify(value)}\n`;
const withEnv = (name: string, value: string) => `${args(value)}  extraEnvs:\n  - name: ${name}\n    value: b\n`;

describe("the residue in a value", () => {
  it.each<readonly [string, readonly string[]]>([
    ["a", []],
    ["<%= host %>", ["<%= host %>"]],
    ["<% a %> and <% b %>", ["<% a %>", "<% b %>"]],
    ["<% a", []],
    ["{% if a %}", ["{% if a %}"]],
    ["{{ a }}{{ b }}", ["{{ a }}", "{{ b }}"]],
    [`\${{ a }}`, [`\${{ a }}`]],
    ['{{ "a" }}', []],
    ["{{ a", []],
    ["}} {{ a", []],
    ["%{a} %{b}", ["%{a}", "%{b}"]],
    [`\${a} \${_b}`, [`\${a}`, `\${_b}`]],
    [`\${1}`, []],
    ["$(hostname -s)", ["$(hostname -s)"]],
    ["$()", []],
    ["$HOST_NAME $A $_B", ["$HOST_NAME", "$_B"]],
    ["%s %v %d %d0", ["%s", "%v", "%d"]],
    ["<load-balancer> < b > <1>", ["<load-balancer>"]],
    ["undefined-undefined", ["undefined"]],
    ["undefinedA Aundefined", []],
    ["[object Object] [object object]", ["[object Object]"]],
    ["<pulumi.output.Output object at 0x7f1b>", ["<pulumi.output.Output object at 0x7f1b>"]],
  ])("%s", (value, pieces) => {
    const text = `${HEAD}clusterName: ${JSON.stringify(value)}\n`;
    expect(found(text)).toEqual(pieces.map((piece) => `2 clusterName ${piece}`));
  });

  it("is named once a line, in the order of the lines", () => {
    const text = `${HEAD}etcd: {local: {dataDir: "\${A}", imageTag: "\${A}"}}\nclusterName: "{{ b }}"\nimageRepository: "\${A}"\n`;
    expect(found(text)).toEqual([`2 etcd.local.dataDir \${A}`, "3 clusterName {{ b }}", `4 imageRepository \${A}`]);
  });

  it("is in the order of the lines where the fields are not", () => {
    const reversed = `{"b": ["{{ a }}",\n"{{ b }}"],\n"{{ c }}": "<%= d %>"}`;
    expect(found(reversed)).toEqual(["1 b.0 {{ a }}", "2 b.1 {{ b }}", "3  {{ c }}", "3 {{ c }} <%= d %>"]);
  });

  it("is shown in one line, without what it has in quotes", () => {
    expect(found(`${HEAD}clusterName: "{{ lookup('vault',\\n   secret)  }}"\n`)).toEqual([
      "2 clusterName {{ lookup(…, secret) }}",
    ]);
  });

  it.each([
    [76, `{{${"a".repeat(76)}}}`],
    [77, `{{${"a".repeat(77)}}…`],
  ])("is cut after 80 characters: %i letters", (count, shown) => {
    const shortWords = (text: string) => text.replaceAll("a", "(");
    expect(found(`${HEAD}clusterName: "{{${"(".repeat(count)}}}"\n`)).toEqual([`2 clusterName ${shortWords(shown)}`]);
  });
});

describe("the residue in what a component is given", () => {
  it.each<readonly [string, string, readonly string[]]>([
    ["a variable in an argument", args(`\${HOST}`), [`?4 apiServer.extraArgs.0.value \${HOST}`]],
    ["a variable in the environment", envs(`\${HOST}`), [`?4 apiServer.extraEnvs.0.value \${HOST}`]],
    ["a command in an argument", args("$(hostname)"), ["?4 apiServer.extraArgs.0.value $(hostname)"]],
    ["a template in an argument", args("{{ a }}"), ["4 apiServer.extraArgs.0.value {{ a }}"]],
    ["what has other meanings there", args("%s %{a} <b> $HOST undefined"), []],
    ["the same in the environment", envs("%s %{a} <b> $HOST undefined"), []],
    ["a variable that the component has", withEnv("NODE", "$(NODE)"), []],
    ["another variable", withEnv("NODE", "$(HOST)"), ["?4 apiServer.extraArgs.0.value $(HOST)"]],
    ["the value of a variable", withEnv("NODE", "$(b)"), ["?4 apiServer.extraArgs.0.value $(b)"]],
    ["the name of an argument", args("$(a)"), ["?4 apiServer.extraArgs.0.value $(a)"]],
    ["a proxy variable, which kubeadm gives", args("$(HTTP_PROXY) $(no_proxy)"), []],
    ["what only begins like one", args("$(HTTP_PROXY_2)"), ["?4 apiServer.extraArgs.0.value $(HTTP_PROXY_2)"]],
    ["an escaped variable", args("$$(A)"), []],
    ["an escaped variable and one that is not", args("$$(A) $(B)"), ["?4 apiServer.extraArgs.0.value $(B)"]],
    ["a dollar sign before a template", args(`$\${A}`), [`?4 apiServer.extraArgs.0.value \${A}`]],
  ])("%s", (_title, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe("the residue in names and lists", () => {
  it.each<readonly [string, string, readonly string[]]>([
    ["the name of a field", `${HEAD}"{{ a }}": b\n`, ["2  {{ a }}"]],
    ["an object as a text", `${HEAD}clusterName: [object Object]\n`, ["2 clusterName [object Object]"]],
    ["an object as one of several texts", `${HEAD}clusterName: [object Object, b]\n`, []],
    ["a list of a text that is longer", `${HEAD}clusterName: [object Object b]\n`, []],
    ["a list of a text that begins otherwise", `${HEAD}clusterName: [an object Object]\n`, []],
    ["numbers and null", `${HEAD}a: 1\nb: null\nc: true\nd: []\n`, []],
    ["an item of a list", `${HEAD}a:\n- b\n- "{{ c }}"\n`, ["4 a.1 {{ c }}"]],
  ])("%s", (_title, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe("the residue in a text that is not YAML", () => {
  const broken = (text: string) => found(`${text}\nx: [\n`);
  it.each<readonly [string, string, readonly string[]]>([
    ["a value", "a: {{ b }}", ["1 a {{ b }}"]],
    [
      "a field in a field",
      "a:\n  b:\n    c: {{ d }}\n  e: {{ f }}\ng: {{ h }}",
      ["3 a.b.c {{ d }}", "4 a.e {{ f }}", "5 g {{ h }}"],
    ],
    ["the item of a list", "a:\n- {{ b }}\n  - {{ c }}", ["2 a {{ b }}", "3 a {{ c }}"]],
    ["a field of an item", "a:\n- b: {{ c }}\n  d: {{ e }}", ["2 a.b {{ c }}", "3 a.d {{ e }}"]],
    ["a field of an item of an item", "a:\n-  - b: {{ c }}", ["2 a.b {{ c }}"]],
    ["a field after an item", "a:\n  - b: c\nd: {{ e }}", ["3 d {{ e }}"]],
    ["a quoted name", '"a": {{ b }}', ["1 a {{ b }}"]],
    ["a name with a space behind it", "a : {{ b }}", ["1 a {{ b }}"]],
    ["a name without a value", "a:\n  {{ b }}", ["2  {{ b }}"]],
    ["a line that is not a field", "{{ a }}", ["1  {{ a }}"]],
    ["a text with a colon", "http://{{ a }}", ["1  {{ a }}"]],
    ["a text with a name in it", "see a: {{ b }}", ["1  {{ b }}"]],
    ["Windows' line ends", "a:\r\n  b: {{ c }}", ["2 a.b {{ c }}"]],
    ["a comment", "# {{ a }}\na: b # {{ c }}\n  # {{ d }}", []],
    ["a hash in a text", "a: b#{{ c }}", ["1 a {{ c }}"]],
    ["a hash in quotes", 'a: "b # {{ c }}"', ["1 a {{ c }}"]],
    ["a hash in single quotes", "a: 'b # {{ c }}'", ["1 a {{ c }}"]],
    ["a comment behind quotes", "a: \"b\" 'c' # {{ d }}", []],
    ["a hash in quotes, then a comment", 'a: "b # {{ c }}" # {{ d }}', ["1 a {{ c }}"]],
    ["a variable in an argument", `  extraArgs:\n    a: \${B}`, [`?2 extraArgs.a \${B}`]],
  ])("%s", (_title, text, expected) => {
    expect(broken(text)).toEqual(expected);
  });

  it.each<readonly [string, string]>([
    ["JavaScript", "Calling [toString] on an [Output<T>] is not supported."],
    ["Python", "Calling __str__ on an Output[T] is not supported."],
  ])("is the first line of the text of an Output alone: %s", (_language, first) => {
    const text = `a: {{ b }}\nc: ${first}\n\nTo get the value use {{ d }}\ne: [\n`;
    expect(found(text)).toEqual(["1 a {{ b }}", `2 c ${first}`]);
  });

  it("is that of all lines where something else is called", () => {
    expect(broken("a: on an Output, Calling [x\nb: {{ c }}")).toEqual(["2 b {{ c }}"]);
    expect(broken("a: on an Output\nb: {{ c }}")).toEqual(["2 b {{ c }}"]);
  });
});
