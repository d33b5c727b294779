import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readShellText } from "../../shell/read-shell-text";
import { BOUNDED_MS, cpuTime } from "../helpers/cpu-time";

describe("texts that ask for too much", () => {
  it.each<[string, string]>([
    ["a million characters", "cp a b\n".repeat(150_000)],
    ["as many statements as are parsed", "cp a b\n".repeat(37_000)],
    ["a variable that doubles", `X=a;${"X=$X$X;".repeat(3000)} echo $X > /f`],
    ["unknown variables that double", `${"X=$X$Y;Y=$X$Y;".repeat(3000)} cp $X /etc`],
    ["subshells in subshells", "( ".repeat(100_000)],
    ["conditions in conditions", `${"if c; then ".repeat(400)}cp a b${"; fi".repeat(400)}`],
    ["loops in loops, each followed twice", `${"while c; do ".repeat(40)}cp a b${"; done".repeat(40)}`],
    [
      "loops over many words",
      "for i in {1..200}; do for j in {1..200}; do for k in {1..200}; do cp a$i$j$k /x; done; done; done",
    ],
    ["a function that calls itself", "f() { f; f; }; f"],
    ["functions that call each other twice", "a() { b; b; }; b() { c; c; }; c() { a; a; }; a"],
    ["eval of itself", `E='eval "$E"'; eval "$E"`],
    ["braces that multiply", `cp ${"{a,b}".repeat(40)} /x`],
    ["many branches", `case $x in ${"a) cp a b;; ".repeat(5000)}esac`],
    ["many conditions over many variables", Array.from({ length: 8000 }, (_, i) => `[ $x ] && a${i}=x`).join("\n")],
    ["many files in one branch", `if c; then\n${"cp a /x\nrm /x\n".repeat(9000)}fi`],
    [
      "a long here-document in a loop",
      `for i in 1 2 3 4 5 6 7 8 9; do cat > /x$i <<E\n${"y $X".repeat(40_000)}\nE\ndone`,
    ],
    ["substitutions in substitutions", `echo ${"$(echo ".repeat(20_000)}${")".repeat(20_000)}`],
    ["backquotes in backquotes", `echo ${"`echo ".repeat(20_000)}`],
    ["parameters cut at every place", `X=${"a/".repeat(2000)};${`Y=\${X%/*};`.repeat(2000)}`],
    ["holes in a nested script", `bash -c "echo ${"$X a".repeat(7000)}"`],
    ["characters that no script has", '\0\u0001 cp \uE101 /x; bash -c "cp $X \uE101 /x"'],
  ])("%s", (_, text) => {
    const spent = cpuTime();
    const reading = readShellText(text, { user: "root" });
    expect(spent()).toBeLessThan(BOUNDED_MS);
    expect(reading.operations.length).toBeLessThan(20_000);
  });

  it("a text that is too long might write anywhere, and says so", () => {
    expect(readShellText("x".repeat(300_000)).operations).toEqual([
      {
        do: "might-write",
        scope: { kind: "anywhere" },
        reason: { id: "script-unreadable", data: { problem: "too-long", characters: 300_000, limit: 262_144 } },
      },
    ]);
  });

  it("what came before the end of patience is kept", () => {
    const { operations } = readShellText(`touch /etc/a\n${"cp a b\n".repeat(37_000)}`);
    expect(operations[0]).toMatchObject({ do: "put", to: { path: "/etc/a" } });
    expect(operations.at(-1)).toEqual({
      do: "might-write",
      scope: { kind: "anywhere" },
      reason: { id: "script-unreadable", data: { problem: "too-much-work", characters: null, limit: null } },
    });
  });
});

const STATEMENTS = [
  "cp /tmp/a.pem /etc/ssl/",
  "sudo install -m 600 /tmp/b.pem /etc/ssl/b.pem",
  "ln -sf /etc/ssl/a.pem /etc/ssl/c.pem",
  "echo hello > /etc/ssl/d",
  "mkdir -p /etc/ssl/etcd",
  "rm -f /etc/ssl/b.pem",
  "if [ -f /etc/x ]; then cp /etc/x /etc/y; fi",
  "for n in 1 2; do cp /tmp/$n /etc/$n; done",
  "kubeadm init --config /root/k.yaml",
  "./bootstrap.sh",
  "ssh root@m2 'touch /etc/z'",
  "cat > /etc/h <<EOF\nhello $X\nEOF",
];
const statements = fc.array(fc.constantFrom(...STATEMENTS), { maxLength: 8 });
const nothing = fc.constantFrom(
  "# a comment",
  ":",
  "true",
  "echo hello",
  "",
  "sleep 1",
  "systemctl restart kubelet",
  "set -e",
);
const pieces = fc.constantFrom(
  ...[
    "cp",
    "mv",
    "ln -s",
    "$X",
    `\${Y:-z}`,
    "$(",
    ")",
    "`",
    "'",
    '"',
    "<<E",
    "E",
    "\n",
    ";",
    "&&",
    "||",
    "|",
    "{",
    "}",
    "(",
    "if",
    "then",
  ],
  ...[
    "fi",
    "for x in",
    "do",
    "done",
    "while",
    "case",
    "esac",
    ">",
    ">>",
    "<",
    "/etc/a",
    "-t",
    "-r",
    "[",
    "]",
    "[[",
    "]]",
    "!",
    "*",
    "\\",
    "~",
  ],
  ...["sudo", "bash -c", "eval", "tar -C", "kubeadm join", "--config", "{a,b}", "$((", "))", "function f", "\t", "#"],
);

describe("what holds for every text", () => {
  it("nothing is thrown, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(pieces, { maxLength: 30 }).map((all) => all.join(" ")),
        ),
        (text) => {
          expect(Array.isArray(readShellText(text, { user: "root" }).operations)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("a comment or a command that does nothing changes nothing", () => {
    fc.assert(
      fc.property(statements, nothing, fc.nat(8), (lines, extra, at) => {
        const more = [...lines.slice(0, at), extra, ...lines.slice(at)];
        expect(readShellText(more.join("\n"), { user: "root" })).toEqual(
          readShellText(lines.join("\n"), { user: "root" }),
        );
      }),
    );
  });

  it("newlines, semicolons and && between commands that do something are the same", () => {
    const simple = fc.array(
      fc.constantFrom(
        ...STATEMENTS.filter((one) => !one.includes("<<") && !one.startsWith("if") && !one.startsWith("./")),
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(simple, (lines) => {
        const reading = readShellText(lines.join("\n"), { user: "root" });
        expect(readShellText(lines.join("; "), { user: "root" })).toEqual(reading);
        expect(readShellText(lines.join(" && "), { user: "root" })).toEqual(reading);
      }),
    );
  });

  it("the way a word is quoted changes nothing", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9._-]{0,12}$/);
    fc.assert(
      fc.property(name, name, (file, folder) => {
        const reading = readShellText(`cp /tmp/${file} /etc/${folder}/`);
        for (const text of [
          `cp '/tmp/${file}' "/etc/${folder}/"`,
          `cp "/tmp"/'${file}' /etc/"${folder}"/`,
          `cp $'/tmp/${file}' /etc/${folder}/`,
          `F=${file}; cp "/tmp/$F" /etc/${folder}/`,
          `cp \\\n  /tmp/${file} \\\n  /etc/${folder}/`,
          `bash -c "cp /tmp/${file} '/etc/${folder}/'"`,
        ])
          expect(readShellText(text)).toEqual(reading);
      }),
    );
  });

  it("an unknown program at the end leaves all that came before", () => {
    fc.assert(
      fc.property(statements, (lines) => {
        const before = readShellText(lines.join("\n"), { user: "root" }).operations;
        const after = readShellText([...lines, "./more.sh"].join("\n"), { user: "root" }).operations;
        expect(after.slice(0, before.length)).toEqual(before);
        expect(after.at(-1)).toMatchObject({ do: "might-write", scope: { kind: "anywhere" } });
      }),
    );
  });
});
