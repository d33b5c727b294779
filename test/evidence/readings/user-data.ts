import { gzipSync } from "node:zlib";
import { templatesInUse } from "../../../evidence/user-data/templates-in-use";
import { machineFacts } from "../../../evidence/user-data/user-data-sources";
import type { Value, ValueRecord } from "../../../evidence/value";
import { UNKNOWN } from "../../../shell/unknown";
import { stackResource } from "../../helpers/stack-resource";
import { findIn, resourceOf } from "../user-data/resources";
import type { Readings } from "./readings";
import { found } from "./stack";

const HCLOUD = "hcloud:index/server:Server";
const VSPHERE = "vsphere:index/virtualMachine:VirtualMachine";
const AWS = "aws:ec2/instance:Instance";
const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");
const machine = (type: string, inputs: ValueRecord) => () => found(stackResource(type, "m1", inputs));
const data = (userData: string) => machine(HCLOUD, { userData });
const config = (...lines: readonly string[]) => data(`#cloud-config\n${lines.join("\n")}\n`);
const files = (...entries: readonly string[]) => config("write_files:", ...entries.map((one) => `- ${one}`));
const jinja = (...lines: readonly string[]) => data(`## template: jinja\n#cloud-config\n${lines.join("\n")}\n`);
/** A multipart of these headers and bodies. */
const mime = (...parts: readonly (readonly [headers: string, body: string])[]) => {
  const all = parts.map(([headers, body]) => `--B\n${headers}\n\n${body}\n`);
  return data(`MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n${all.join("")}--B--\n`);
};
const CONFIG = "#cloud-config\nwrite_files: [{path: /etc/a}]\n";
const SCRIPT = "#!/bin/sh\necho x > /etc/x\n";
const script = (path: string) => `#!/bin/sh\necho x > ${path}\n`;
const archive = (...members: readonly unknown[]) => data(`#cloud-config-archive\n${JSON.stringify(members)}\n`);
const named = (name: string, path: string): readonly [string, string] => [
  `Content-Type: text/x-shellscript\nContent-Disposition: attachment; filename="${name}"`,
  script(path),
];
const extra = (extraConfig: ValueRecord) => machine(VSPHERE, { extraConfig });

export const userData: Readings = {
  "a script after blanks of all kinds": data(`\t\r\n\f\v ${SCRIPT}`),
  "a cloud-config in capitals": data(CONFIG.replace("#cloud-config", "#CLOUD-CONFIG")),
  "a script whose carriage returns are taken away": data(SCRIPT.replaceAll("\n", "\r\n")),
  "a header of MIME after the first 4096 characters": data(`${CONFIG}# ${"x".repeat(4096)}\n# mime-version: 1.0\n`),
  "a header of MIME within a comment, which cloud-init takes for MIME": data(
    `#cloud-config\n# MIME-Version: 1.0\nruncmd: [touch /etc/a]\n`,
  ),
  "headers that are far from their MIME-Version": data(
    `Content-Type: text/cloud-config\n\nwrite_files: [{path: /etc/a}]\n# ${"x".repeat(4096)}\n# mime-version: 1.0\n`,
  ),
  "a beginning after more blank lines than anybody writes": data(`${"\n".repeat(5000)}${CONFIG}`),
  "a multipart without a boundary": data("MIME-Version: 1.0\nContent-Type: multipart/mixed\n\n--B\n\nx\n--B--\n"),
  "bytes that are not text where plain text is taken": data("/////w=="),
  "as many characters as a hash has": data(base64("hello world, hello w")),
  "a hash with more after it": data("da39a3ee5e6b4b0d3255bfef95601890afd80709abcd"),
  "a hash with more before it": data("abcdX03MO1qnZdYdgyfeuILPmQ+hy0k="),
  "a secret that was not decrypted": data("[secret]"),
  "JSON that is no Ignition": data('{"runcmd": []}'),
  "Ignition after blanks": data(' \n{"ignition" : {"version": "3.4.0"}}'),
  "the word ignition in a script": data(`${SCRIPT}echo '"ignition":' > /etc/y\n`),
  "SHA-1 in capitals": data("DA39A3EE5E6B4B0D3255BFEF95601890AFD80709"),
  "SHA-1 and something more": data("da39a3ee5e6b4b0d3255bfef95601890afd80709a"),
  "a script that is as long as a hash": data(base64("#!/bin/sh\necho hello")),
  "base64 of something else where plain text is taken": data(base64("hello world, and more of it")),
  "base64 of something else where base64 is demanded": machine(AWS, {
    userDataBase64: base64("hello world, and more of it"),
  }),
  "bytes that are not text where base64 is demanded": machine(AWS, { userDataBase64: "/////w==" }),
  "base64 of gzip of something else": data(base64(gzipSync("hello"))),
  "base64 of Ignition": data(base64('{"ignition": {"version": "2.1.0"}}')),
  "base64 of MIME": data(base64(`MIME-Version: 1.0\nContent-Type: text/x-shellscript\n\n${SCRIPT}`)),
  "base64 with a digit too few": data(base64(SCRIPT).slice(0, -1)),
  "base64 with signs of another alphabet": data(base64(SCRIPT).replace("I", "-")),
  "the types of MIME parts that run as scripts": mime(
    ...["x-shellscript", "x-shellscript-per-boot", "x-shellscript-per-instance", "x-shellscript-per-once"].map(
      (type) => [`Content-Type: text/${type}`, script(`/etc/${type}`)] as const,
    ),
  ),
  "the types of MIME parts that are not scripts": mime(
    ["Content-Type: text/cloud-config", "write_files: [{path: /etc/config}]"],
    ["Content-Type: text/cloud-boothook", script("/etc/hook")],
    ["Content-Type: text/upstart-job", script("/etc/upstart")],
  ),
  "a part handler, an include and a patch among the parts": mime(
    ["Content-Type: text/part-handler", "def list_types(): pass"],
    ["Content-Type: text/x-include-once-url", "https://example.org"],
    ["Content-Type: text/cloud-config-jsonp", "[]"],
    ["Content-Type: text/cloud-config", "write_files: [{path: /etc/config}]"],
  ),
  "types that say little give way to the beginning": mime(
    ["Content-Type: text/plain", CONFIG],
    ["Content-Type: text/x-not-multipart", script("/etc/not-multipart")],
    ["Content-Type: text/x-shellscript", "#cloud-boothook\n#!/bin/sh\necho x > /etc/hook\n"],
    ["", script("/etc/no-type")],
  ),
  "a template by its type alone, and one whose type says otherwise": mime(
    ["Content-Type: text/jinja2", script("/etc/by-type")],
    [
      "Content-Type: text/cloud-config",
      "## template: jinja\nwrite_files: [{path: /etc/otherwise, content: '{{ a }}'}]",
    ],
  ),
  "names of parts without a name stand between those that have one": mime(
    ["Content-Type: text/x-shellscript", script("/etc/first")],
    named("part-001b", "/etc/named"),
    ["Content-Type: text/x-shellscript", script("/etc/third")],
  ),
  "a merge type of a part that is packed, which is lost": mime(
    ["Content-Type: text/cloud-config", "runcmd: [touch /a]"],
    [
      "Content-Type: application/gzip\nContent-Transfer-Encoding: base64\nMerge-Type: list(append)+dict(recurse_array)",
      base64(gzipSync("#cloud-config\nruncmd: [touch /b]")),
    ],
  ),
  "types that say much do not": mime(
    ["Content-Type: text/cloud-config", "#!/bin/sh\n"],
    ["Content-Type: text/x-shellscript-per-boot", CONFIG],
  ),
  "parts in gzip, by the types that cloud-init unpacks": mime(
    ...[
      "gzip",
      "gzip-compressed",
      "gzipped",
      "x-compress",
      "x-compressed",
      "x-gunzip",
      "x-gzip",
      "x-gzip-compressed",
      "zip",
    ].map((type): readonly [string, string] => [
      `Content-Type: application/${type}\nContent-Transfer-Encoding: base64`,
      base64(gzipSync(script(`/etc/${type}`))),
    ]),
  ),
  "a part of a packed type that is not packed": mime(["Content-Type: application/gzip", SCRIPT]),
  "a part in gzip that is broken": mime([
    "Content-Type: application/gzip\nContent-Transfer-Encoding: base64",
    "H4sIAAAA",
  ]),
  "a part in gzip of something else": mime([
    "Content-Type: application/gzip\nContent-Transfer-Encoding: base64",
    base64(gzipSync("hello")),
  ]),
  "a script that is not UTF-8": mime([
    "Content-Type: text/x-shellscript\nContent-Transfer-Encoding: base64",
    base64(Buffer.from("#!/bin/sh\necho \xe9 > /etc/latin\n", "latin1")),
  ]),
  "a cloud-config that is not UTF-8": mime([
    "Content-Type: text/cloud-config\nContent-Transfer-Encoding: base64",
    base64(Buffer.from("write_files: [{path: /etc/\xe9}]\n", "latin1")),
  ]),
  "an archive of members of all kinds": archive(
    script("/etc/text"),
    { content: script("/etc/content") },
    { type: "TEXT/X-SHELLSCRIPT", content: "#!/bin/bash\necho x > /etc/capitals\n" },
    { type: "text/cloud-config", content: "write_files: [{path: /etc/typed}]" },
    { type: "text/unknown", content: script("/etc/unknown") },
    { type: "", content: script("/etc/empty-type") },
    { type: "constructor", content: script("/etc/constructor") },
    {},
    null,
    7,
    ["a"],
  ),
  "an archive at which cloud-init stops: a type that is a number": archive({ type: 3, content: script("/etc/a") }),
  "an archive at which cloud-init stops: a content that is null": archive({ content: null }, script("/etc/a")),
  "an archive at which cloud-init stops: a name that is a number": archive({ filename: 3, content: script("/etc/a") }),
  "an archive with merge types": archive(
    { content: "#cloud-config\nruncmd: [touch /etc/a]" },
    { content: "#cloud-config\nruncmd: [touch /etc/b]", "X-Merge-Type": "list(append)+dict(recurse_array)" },
    {
      content: "#cloud-config\nruncmd: [touch /etc/c]",
      "Merge-Type": "list(append)+dict(recurse_array)",
      "X-Merge-Type": "",
    },
  ),
  "a merge type in small letters, which cloud-init does not see": mime(
    ["Content-Type: text/cloud-config", "runcmd: [touch /a]"],
    ["Content-Type: text/cloud-config\nmerge-type: list(append)+dict(recurse_array)", "runcmd: [touch /b]"],
  ),
  "a merge type that is folded": mime(
    ["Content-Type: text/cloud-config", "runcmd: [touch /a]"],
    ["Content-Type: text/cloud-config\nMerge-Type: list(append)\n  +dict(recurse_array)", "runcmd: [touch /b]"],
  ),
  "an archive with names, which order its scripts": archive(
    { filename: "z", content: script("/etc/z") },
    { filename: "b/c d", content: script("/etc/b") },
    { filename: "", content: script("/etc/third") },
    { filename: "A", content: script("/etc/a") },
    { filename: "b/z", content: script("/etc/slash") },
    { filename: "ba", content: script("/etc/ba") },
  ),
  "an archive with bytes": data(
    `#cloud-config-archive\n- {content: !!binary ${base64(script("/etc/bytes"))}}\n- {content: !!binary /////w==}\n`,
  ),
  "an archive that is broken": data("#cloud-config-archive\n- [\n"),
  "an archive of a map": data("#cloud-config-archive\na: 1\n"),
  "a template of a script": data(`## template: jinja\n${script("/etc/{{ v1.name }}.pem")}cp a.pem /etc/b.pem\n`),
  "a template in capitals": data(`## TEMPLATE: JINJA \n${CONFIG}`),
  "a template after blanks, which is none": data(`\n ## template: jinja\n${CONFIG}`),
  "a template of another kind": data(`## template: jinja-x\n${CONFIG}`),
  "a template that begins with an expression": data("## template: jinja\n{{ x }}\n#cloud-config\n"),
  "a template with an empty expression": jinja("write_files: [{path: '/etc/{{}}.pem'}]"),
  "a script whose first line speaks of templates": data("#!/bin/sh ## template: jinja\necho '{% x %}' > /etc/x\n"),
  "a template with blanks in its header": data(`## template:   jinja\n${CONFIG}`),
  "a template without anything": data("## template: jinja"),
  "a template of nothing that is known": data("## template: jinja\nhello\n"),
  "a template with an expression that is not closed": data("## template: jinja\n#cloud-config\na: {{ x\n"),
  "a template with a comment that is not closed": data("## template: jinja\n#cloud-config\na: {# x\n"),
  "a template with single braces": jinja("write_files: [{path: /etc/a, content: '{x}{'}]"),
  "a template with comments": jinja("write_files: [{path: /etc/{# no #}a}]"),
  "a template with a comment that has a block in it": jinja("write_files: [{path: /etc/{# {% no %} #}a}]"),
  "a template with braces in braces": jinja("write_files: [{path: '/etc/{{{a}}}'}]"),
  "a template that holds the mark itself": jinja("a: \uE000"),
  "a template of a boothook": data("## template: jinja\n#cloud-boothook\n#!/bin/sh\necho {{ x }} > /etc/hook\n"),
  "what an expression leaves open": jinja(
    "write_files:",
    "- {path: '/etc/{{ a }}/x.pem'}",
    "- {path: '/{{ a }}'}",
    "- {path: /etc/text, content: '{{ a }}'}",
    "runcmd:",
    "- cp '/tmp/{{ a }}' /etc/from",
    "- cp /tmp/b.pem '/etc/{{ a }}/'",
    "- cp /tmp/c.pem '/etc/{{ a }}.pem'",
    "- mv '/tmp/{{ a }}' /etc/moved",
    "- mv /tmp/d '/etc/{{ a }}'",
    "- ln -s '/tmp/{{ a }}' /etc/link",
    "- ln -s /tmp/e '/etc/{{ a }}/link'",
    "- mkdir '/etc/{{ a }}'",
    "- mkdir /etc/folder",
    "- chmod 600 '/etc/{{ a }}'",
    "- chmod 600 /etc/moded",
    "- rm '/etc/{{ a }}'",
    "- rm /etc/removed",
    "- ln -s /tmp/f /etc/plain-link",
    "- bash '/opt/{{ a }}.sh'",
    "- bash /opt/shown.sh",
  ),
  "what an expression leaves open of other things": jinja(
    "runcmd:",
    "- kubeadm init --kubernetes-version '{{ v }}' --node-name '{{ n }}'",
    "- kubeadm init --kubernetes-version v1.30.1 --node-name master01",
    "- kubeadm upgrade apply '{{ v }}'",
    "- kubeadm upgrade apply v1.30.2",
    "- kubectl apply -f /etc/kubeadm-config.yaml",
    "- kubeadm join lb:6443 --control-plane --config '/etc/{{ a }}.yaml'",
    "- cp /tmp/*.pem '/etc/{{ a }}/'",
    "- cp /tmp/*.pem /etc/ssl/",
    "- tar -xf a.tar -C '/etc/{{ a }}'",
    "- tar -xf '{{ a }}.tar' -C /etc/tar",
    "- ssh 'root@{{ h }}' 'touch /etc/there; kubeadm init'",
    "- ssh root@m2 'touch /etc/{{ a }}; kubeadm init --node-name {{ n }}; ./{{ a }}.sh'",
    "- kubectl apply -f '/etc/{{ a }}.yaml'",
    "- ./x-{{ a }}.sh",
    "- if ls; then touch '/etc/{{ a }}'; fi",
    "- if ls; then rm '/etc/{{ a }}' /etc/maybe-removed; fi",
  ),
  "files: the ways of encoding": files(
    `{path: /a, encoding: B64, content: ${base64("a")}}`,
    `{path: /b, encoding: ' base64 ', content: ${base64("b")}}`,
    `{path: /c, encoding: gz+base64, content: ${base64(gzipSync("c"))}}`,
    `{path: /d, encoding: gzip+b64, content: ${base64(gzipSync("d"))}}`,
    `{path: /e, encoding: gz, content: !!binary ${base64(gzipSync("e"))}}`,
    `{path: /f, encoding: 3, content: f}`,
    "{path: /h, encoding: constructor, content: h}",
    `{path: /g, content: !!binary ${base64("g")}}`,
  ),
  "files: base64 with signs that Python skips": files("{path: /a, encoding: b64, content: 'YW Jj -_ZA=='}"),
  "files: base64 with padding that Python demands": files("{path: /a, encoding: b64, content: YWJjZA=}"),
  "files: base64 with one digit too many": files("{path: /a, encoding: b64, content: YWJjZ}"),
  "files: base64 with more padding than needed": files("{path: /a, encoding: b64, content: YWJj====}"),
  "files: base64 of one digit": files("{path: /a, encoding: b64, content: YWJjZ===}"),
  "files: base64 with more after its end": files('{path: /a, encoding: b64, content: "YWI=\\nYWI="}'),
  "files: gzip that is none": files(`{path: /a, encoding: gz+b64, content: ${base64("a")}}`, "{path: /b}"),
  "files: gzip that is broken": files("{path: /a, encoding: gz+b64, content: H4sIAAAA}", "{path: /b}"),
  "files: contents of all kinds": files("{path: /a, content: null}", "{path: /b, content: ''}"),
  "files: a content that is a number": files("{path: /a}", "{path: /b, content: 3}", "{path: /c}"),
  "files: from elsewhere": files(
    "{path: /a, source: {uri: https://x}, content: a}",
    "{path: /b, source: {uri: ''}, content: b}",
    "{path: /c, source: https://x, content: c}",
  ),
  "files: paths of all kinds": files("{content: a}", "{path: null}", "{path: ''}", "{path: a/../b//c}", "{path: /}"),
  "files: a path that is a number": files("{path: /a}", "{path: 3}", "{path: /c}"),
  "files: modes of all kinds": files(
    ...[
      "'0600'",
      "0o600",
      "'0o640'",
      "' 644 '",
      "0700",
      "384",
      "'rw'",
      "'0800'",
      "null",
      "'0O600'",
      "600.7",
      "'7'",
      "true",
    ].map((mode, index) => `{path: /${index}, permissions: ${mode}}`),
  ),
  "files: deferred, by words of all kinds": files(
    ...["true", "'on'", "'yes '", "'1'", "1", "'TRUE'", "false", "'off'", "0", "null", "[]", "2", "'2'"].map(
      (defer, index) => `{path: /${index}, defer: ${defer}}`,
    ),
  ),
  "files: appended": files(
    "{path: /a, content: a}",
    "{path: /a, content: b, append: true}",
    "{path: /c, content: c, append: true}",
    "{path: /c, content: d, append: true}",
    "{path: /a, content: !!binary /////w==}",
    "{path: /a, content: e, append: true}",
    "{path: /f, content: f}",
    "{path: /f, content: !!binary /////w==, append: true}",
  ),
  "files: a list with something that is not a file": files("{path: /a}", "b"),
  "files: null": config("write_files: null"),
  "commands: words of all kinds": config(
    "runcmd:",
    "- [touch, /etc/a, 3, true, false, null, 1.5]",
    '- [touch, "/etc/it\'s"]',
    "- null",
    "- touch /etc/b",
  ),
  "commands: a map in a list": config("runcmd:", "- touch /etc/a", "- [touch, {a: b}]"),
  "commands: a map": config("runcmd:", "- {touch: /etc/a}"),
  "commands: a number": config("runcmd: [3]"),
  "commands: a boot command that is not a list": config("bootcmd: touch /a", "runcmd: [kubeadm init]"),
  "commands: null for both": config("bootcmd: null", "runcmd: null"),
  "commands at boot come first": config(
    "runcmd: [touch /etc/b]",
    "bootcmd: [touch /etc/a]",
    "write_files: [{path: /etc/f}]",
  ),
  "modules that hand over": config(
    "ansible: {}",
    "autoinstall: {}",
    "chef: {}",
    "mcollective: {}",
    "puppet: {}",
    "salt_minion: {}",
    "salt-minion: {}",
  ),
  "certificates of the system, by their old name": config("ca-certs: {trusted: [PEM]}"),
  "modules that are null": config("ansible: null", "ca_certs: null", "mounts: null"),
  "mounts of all kinds": config("mounts: [[sdb, /etc//ssl/], [sdc, swap], [sdd], sde, [sdf, 3], [sdg, relative/x]]"),
  "mounts that are not a list": config("mounts: {a: b}"),
  "two cloud-configs of which one is broken": mime(
    ["Content-Type: text/cloud-config", "a: ["],
    ["Content-Type: text/cloud-config", "runcmd: [kubeadm init]"],
  ),
  "a cloud-config that is only a word": data("#cloud-config\nhello\n"),
  "a cloud-config that is null": data("#cloud-config\nnull\n"),
  "a cloud-config that is a date": data("#cloud-config\n2020-01-01\n"),
  "a merge type as a list of maps": mime(
    ["Content-Type: text/cloud-config", "runcmd: [touch /a]"],
    [
      "Content-Type: text/cloud-config",
      "merge_how: [{name: list, settings: [append]}, {name: dict, settings: [no_replace, recurse_list]}]\nruncmd: [touch /b]",
    ],
  ),
  "a merge type in a header": mime(
    ["Content-Type: text/cloud-config", "runcmd: [touch /a]"],
    ["Content-Type: text/cloud-config\nX-Merge-Type: list(append)+dict(recurse_array)", "runcmd: [touch /b]"],
  ),
  "scripts in the order of their stages, then of their names": mime(
    named("b.sh", "/etc/b"),
    named("a.sh", "/etc/a"),
    ["Content-Type: text/x-shellscript-per-instance", script("/etc/instance")],
    ["Content-Type: text/x-shellscript-per-boot", script("/etc/boot")],
    ["Content-Type: text/x-shellscript-per-once", script("/etc/once")],
    ["Content-Type: text/cloud-config", "runcmd: [touch /etc/runcmd]"],
    named("s.sh", "/etc/s"),
  ),
  "two scripts of one name, of which the last one runs": mime(
    named("a.sh", "/etc/first"),
    named("a.sh", "/etc/second"),
  ),
  "a script named as the one of runcmd": mime(
    ["Content-Type: text/cloud-config", "runcmd: [touch /etc/runcmd]"],
    named("runcmd", "/etc/instead"),
  ),
  "names of scripts with other signs": mime(named("../a b.sh", "/etc/a"), named(".b.sh", "/etc/b")),
  "interpreters of all kinds": mime(
    ...[
      "#!/bin/bash -e",
      "#! /bin/sh",
      "#!/usr/bin/env bash",
      "#!/usr/bin/env -S bash -e",
      "#!/usr/bin/env A=b zsh",
      "#!/bin/dash",
      "#!/bin/ash",
      "#!/bin/ksh",
    ].map((line, index): readonly [string, string] => [
      "Content-Type: text/x-shellscript",
      `${line}\necho x > /etc/${index}\n`,
    ]),
  ),
  "interpreters that are no shells": mime(
    ...[
      "#!/usr/bin/python3",
      "#!/usr/bin/env perl",
      "#!",
      "#!/usr/bin/env",
      "#!/opt/päss word",
      `#!/${"x".repeat(50)}`,
    ].map((line): readonly [string, string] => ["Content-Type: text/x-shellscript", `${line}\n`]),
  ),
  "a script with blanks before its first line": mime(["Content-Type: text/x-shellscript", `\n\n${SCRIPT}`]),
  "a boothook in capitals": mime(["Content-Type: text/cloud-boothook", `#CLOUD-BOOTHOOK\n\n${SCRIPT}`]),
  "a boothook before a cloud-config": mime(
    ["Content-Type: text/cloud-config", "bootcmd: [touch /etc/boot]"],
    ["Content-Type: text/cloud-boothook", script("/etc/hook")],
  ),
  "a script that reads a file which the user data wrote": config(
    "write_files: [{path: /opt/up.sh, content: \"#!/bin/sh\\necho x > /etc/from-file\\n\"}, {path: /opt/up.sh, append: true, content: 'touch /etc/more'}]",
    "runcmd: [[sh, /opt/up.sh]]",
  ),
  "programs that are not followed reach the machines that commands name": config(
    "write_files: [{path: /etc/hosts.d, content: 10.9.9.9 other}]",
    "bootcmd:",
    "- echo 10.0.0.1",
    "runcmd: [./up.sh 10.0.0.2, ansible-playbook x.yml]",
    "packages: [master09]",
  ),
  "a script that is not followed reaches the machines that it names": data("#!/bin/sh\n./up.sh 10.0.0.2\n"),
  "work on other machines": data(
    "#!/bin/sh\nssh root@10.0.0.2 'touch /etc/a; kubeadm init; ansible-playbook x'\nscp a.pem root@10.0.0.3:/etc/\nansible all -m copy -a 'src=a dest=/etc/b'\n",
  ),
  "vsphere: encodings of all kinds": () =>
    found(
      ...(
        [
          ["base64", base64(CONFIG)],
          ["b64", base64(CONFIG)],
          ["GZIP+BASE64", base64(gzipSync(CONFIG))],
          ["gz+b64", base64(gzipSync(CONFIG))],
          ["", CONFIG],
          ["gzip", CONFIG],
          ["xbase64", base64(CONFIG)],
          [3, base64(CONFIG)],
          [UNKNOWN, base64(CONFIG)],
        ] as const
      ).map(([encoding, text], index) =>
        stackResource(VSPHERE, `m${index}`, {
          extraConfig: { "guestinfo.userdata": text, "guestinfo.userdata.encoding": encoding },
        }),
      ),
    ),
  "vsphere: vendor data of all kinds runs before the user's own": () =>
    found(
      ...[
        { "guestinfo.vendordata": script("/etc/v"), "guestinfo.userdata": script("/etc/u") },
        { "guestinfo.vendordata": CONFIG, "guestinfo.userdata": CONFIG.replace("/etc/a", "/etc/u") },
        { "guestinfo.vendordata": '{"ignition": {"version": "3.4.0"}}' },
        { "guestinfo.vendordata": "hello" },
      ].map((extraConfig, index) => stackResource(VSPHERE, `m${index}`, { extraConfig })),
    ),
  "vsphere: Ignition": extra({
    "guestinfo.ignition.config.data": base64(
      '{"ignition": {"version": "3.4.0"}, "storage": {"files": [{"path": "/etc/a"}]}}',
    ),
    "guestinfo.ignition.config.data.encoding": "base64",
  }),
  "google: scripts of its agent": () =>
    found(
      ...[
        { metadata: { "startup-script": "echo x > /etc/a\n" } },
        { metadata: { "startup-script": `\n${SCRIPT}` } },
        { metadata: { "startup-script": "#!/usr/bin/python3\n" } },
        { metadata: { "user-data": CONFIG, "startup-script": SCRIPT }, metadataStartupScript: script("/etc/last") },
        { metadataStartupScript: "" },
      ].map((inputs, index) => stackResource("gcp:compute/instance:Instance", `m${index}`, inputs)),
    ),
  "aws: user data and its base64, of which the first counts": machine(AWS, {
    userData: SCRIPT,
    userDataBase64: base64(CONFIG),
  }),
  "azure: data of both kinds, of which the first counts": machine(
    "azure:compute/linuxVirtualMachine:LinuxVirtualMachine",
    { customData: base64(CONFIG), userData: base64(SCRIPT) },
  ),
  "linode: several, of which all count": machine("linode:index/instance:Instance", {
    metadatas: [{ userData: base64(CONFIG) }, { userData: base64(SCRIPT) }, {}],
  }),
  "google: a script with blanks before its first line, and one that is a secret": () =>
    found(
      ...[{ metadataStartupScript: " \n#!/usr/bin/python3\n" }, { metadataStartupScript: "[secret]" }].map(
        (inputs, index) => stackResource("gcp:compute/instance:Instance", `m${index}`, inputs),
      ),
    ),
  "options that are not known reach nobody else": data("#!/bin/sh\ncp --weird a b\nssh root@10.0.0.2 true\n"),
  "relative paths, and the home of root": data("#!/bin/sh\ncp a.pem etc/b.pem\ncp ~/c.pem /etc/d.pem\n"),
  "commands are those of a cloud-config": config(
    "runcmd:",
    "- ./up.sh 10.0.0.2",
    "",
    "- echo 10.0.0.3",
    "power_state: {a: 10.0.0.4}",
    "xruncmd: 10.0.0.5",
    "bootcmd: [echo 10.0.0.6]",
  ),
  "two that cannot be read, for one reason": machine("linode:index/instance:Instance", {
    metadatas: [{ userData: "hello" }, { userData: "hello" }, { userData: 3 }],
  }),
  "user data that is null": machine(HCLOUD, { userData: null }),
  "user data that is a list": machine(HCLOUD, { userData: ["a"] }),
  "user data that is not known, and what it comes from": () => {
    const [one, other] = [
      stackResource("random:index/randomId:RandomId", "z", {}),
      stackResource("tls:index/privateKey:PrivateKey", "a", {}),
    ];
    return found(one, other, resourceOf(HCLOUD, "m1", { userData: UNKNOWN }, { from: { userData: [one, other] } }));
  },
  "properties that are not known on the way": machine(VSPHERE, { extraConfig: UNKNOWN }),
  "properties of outputs": () => found(resourceOf(HCLOUD, "m1", { name: "m1" }, { outputs: { userData: CONFIG } })),
};

const SIZES: readonly Value[] = ["3", "12", 4, "x", "3.5", UNKNOWN, null, true];
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const FILE = "proxmoxve:Storage/file:File";
const VM = "proxmoxve:VM/virtualMachine:VirtualMachine";
const template = stackResource(TEMPLATE, "template", { name: "t", userData: base64(CONFIG) });
const snippet = (name: string, text: string, outputs: ValueRecord = {}) =>
  resourceOf(FILE, name, { sourceRaw: { data: text } }, { outputs: { sourceRaw: { data: text }, ...outputs } });
const group = (inputs: ValueRecord, from: Parameters<typeof resourceOf>[3]) =>
  resourceOf("aws:autoscaling/group:Group", "group", inputs, from);
const domain = (inputs: ValueRecord, from: Parameters<typeof resourceOf>[3]) =>
  resourceOf("libvirt:index/domain:Domain", "domain", inputs, from);
const disk = stackResource("libvirt:index/cloudInitDisk:CloudInitDisk", "disk", { userData: CONFIG });
const facts = (type: string, inputs: ValueRecord, outputs?: ValueRecord) =>
  machineFacts(resourceOf(type, "m1", inputs, outputs === undefined ? {} : { outputs }));

export const pointers: Readings = {
  "a group by a template of the stack": () =>
    found(template, group({ launchTemplate: { id: "lt" } }, { from: { launchTemplate: [template] } })),
  "a group by a template of elsewhere": () => found(group({ launchTemplate: { id: "lt" } }, {})),
  "a group by an empty name": () => found(group({ launchConfiguration: "" }, {})),
  "a group by a template and by a policy that names the same": () =>
    found(
      template,
      group(
        { launchTemplate: { id: "lt" }, mixedInstancesPolicy: { a: 1 } },
        { from: { launchTemplate: [template], mixedInstancesPolicy: [template] } },
      ),
    ),
  "a group by a template that depends on something else": () =>
    found(
      template,
      group({ launchTemplate: { id: "lt" } }, { from: { launchTemplate: [stackResource(HCLOUD, "other", {})] } }),
    ),
  "a group by a template that waits": () => {
    const waiting = stackResource(TEMPLATE, "template", { userData: UNKNOWN });
    return found(waiting, group({ launchTemplate: { id: "lt" } }, { from: { launchTemplate: [waiting] } }));
  },
  "an instance with user data of its own": () =>
    found(
      template,
      resourceOf(
        AWS,
        "m1",
        { userData: SCRIPT, launchTemplate: { id: "lt" } },
        { from: { launchTemplate: [template] } },
      ),
    ),
  "templates that a group uses": () => {
    const others = [template, stackResource(TEMPLATE, "unused", {}), disk];
    const users = [
      group({ launchTemplate: { id: "lt" } }, { from: { launchTemplate: [template] } }),
      domain({ cloudinit: "id" }, { from: { cloudinit: [disk] } }),
    ];
    return [...templatesInUse([...others, ...users], findIn(...others))];
  },
  "a domain by its disk": () => found(disk, domain({ cloudinit: "id" }, { from: { cloudinit: [disk] } })),
  "a domain by a volume that is made from its disk": () => {
    const volume = resourceOf("libvirt:index/volume:Volume", "volume", {}, { from: { create: [disk] } });
    return found(disk, volume, domain({ devices: { disks: [] } }, { from: { devices: [volume] } }));
  },
  "a domain by devices that are none": () => found(domain({ devices: { disks: [] } }, {})),
  "a domain by Ignition": () => {
    const ignition = stackResource("libvirt:index/ignition:Ignition", "ignition", {
      content: '{"ignition": {"version": "3.4.0"}, "storage": {"files": [{"path": "/etc/a"}]}}',
    });
    return found(ignition, domain({ coreosIgnition: "id" }, { from: { coreosIgnition: [ignition] } }));
  },
  "snippets of which one has the id that is requested": () => {
    const [one, other] = [
      snippet("one", script("/etc/one"), { id: "local:one" }),
      snippet("other", script("/etc/other"), { id: "local:other" }),
    ];
    return found(
      one,
      other,
      resourceOf(
        VM,
        "m1",
        { initialization: { userDataFileId: "local:other" } },
        { from: { initialization: [one, other] } },
      ),
    );
  },
  "snippets of which one reads as user data": () => {
    const [one, other] = [snippet("one", "local-hostname: a\n"), snippet("other", script("/etc/other"))];
    return found(
      one,
      other,
      resourceOf(VM, "m1", { initialization: { userDataFileId: UNKNOWN } }, { from: { initialization: [one, other] } }),
    );
  },
  "snippets of which both read as user data": () => {
    const [one, other] = [snippet("one", script("/etc/one")), snippet("other", script("/etc/other"))];
    return found(
      one,
      other,
      resourceOf(VM, "m1", { initialization: { userDataFileId: UNKNOWN } }, { from: { initialization: [one, other] } }),
    );
  },
  "snippets of which none reads as user data": () => {
    const [one, other] = [snippet("one", "a"), snippet("other", "b")];
    return found(
      one,
      other,
      resourceOf(VM, "m1", { initialization: { userDataFileId: UNKNOWN } }, { from: { initialization: [one, other] } }),
    );
  },
  "a snippet that is a file": () => {
    const file = stackResource(FILE, "file", { sourceFile: { path: "user-data.yaml" } });
    return found(
      file,
      resourceOf(VM, "m1", { initialization: { userDataFileId: "x" } }, { from: { initialization: [file] } }),
    );
  },
  "addresses that are not a machine's own": () =>
    facts(
      VM,
      {},
      {
        ipv4Addresses: [
          ["127.0.0.1", "10.0.0.1/24"],
          ["10.0.0.1", "", 3],
        ],
        ipv6Addresses: [["::1", "FE80::1", "fd00::1/64", "::12"]],
      },
    ),
  "names of inputs and of outputs, each once": () =>
    facts(AWS, { tags: { Name: "a" } }, { tags: { Name: "a" }, tagsAll: { Name: "b" }, privateDns: "c" }),
  "addresses in lists that are not known": () =>
    facts(AWS, { secondaryPrivateIps: UNKNOWN, ipv6Addresses: ["fd00::2", UNKNOWN] }),
  "sizes of all kinds": () =>
    SIZES.map((desiredCapacity) => facts("aws:autoscaling/group:Group", { desiredCapacity, minSize: 9 })?.group),
  "a fragment and a bucket are not machines": () => [facts(FILE, {}), facts("aws:s3/bucket:Bucket", {})],
};
