import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutPattern, literalPattern, matchesPattern } from "../../machine/path-pattern";
import { BOUNDED_MS, cpuTime } from "../helpers/cpu-time";

describe("a pattern for paths", () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ["a star is a part of one name", "/tmp/*.pem", ["/tmp/ca.pem", "/tmp/a.b.pem"], ["/tmp/x/ca.pem", "/tmp/ca.key"]],
    ["no star stands for a dot at the start of a name", "/tmp/*", ["/tmp/a", "/tmp/a.b"], ["/tmp/.a"]],
    ["a question mark is one character", "/tmp/n?.pem", ["/tmp/n1.pem"], ["/tmp/n.pem", "/tmp/n10.pem", "/tmp/n/.pem"]],
    ["a class of characters", "/tmp/[a-c1]*", ["/tmp/b", "/tmp/1x"], ["/tmp/d", "/tmp/-"]],
    ["a class that is turned round", "/tmp/[!a-c]", ["/tmp/d"], ["/tmp/a", "/tmp/."]],
    ["a bracket in a class, and one without an end", "/tmp/[]a][", ["/tmp/][", "/tmp/a["], ["/tmp/b["]],
    ["two stars stand for anything", "/etc/**.pem", ["/etc/a/b.pem", "/etc/.pem", "/etc/.a/.pem"], ["/opt/a.pem"]],
    ["a backslash takes the meaning away", "/tmp/\\*\\[", ["/tmp/*["], ["/tmp/a["]],
    ["a folder by a star", "/tmp/*/ca.pem", ["/tmp/a/ca.pem"], ["/tmp/a/b/ca.pem", "/tmp/ca.pem"]],
  ])("%s", (_, pattern, matching, others) => {
    expect([...matching, ...others].filter((path) => matchesPattern(path, pattern))).toEqual(matching);
  });

  it.each<[string, string, string]>([
    ["/tmp/certs/*.pem", "/tmp/certs", "*.pem"],
    ["/tmp/c-*/ca.pem", "/tmp", "c-*/ca.pem"],
    ["/a\\*b/c", "/a*b", "c"],
    ["/*", "/", "*"],
  ])("%s lies in %s", (pattern, folder, rest) => expect(cutPattern(pattern)).toEqual({ folder, rest }));

  it("any text as a pattern matches itself, and only itself", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(matchesPattern(one, literalPattern(one))).toBe(true);
        expect(matchesPattern(other, literalPattern(one))).toBe(one === other);
      }),
    );
  });

  it("many stars take no more time than both lengths allow", () => {
    const spent = cpuTime();
    expect(matchesPattern(`/${"a".repeat(4000)}`, `/${"a*".repeat(1000)}b`)).toBe(false);
    expect(spent()).toBeLessThan(BOUNDED_MS);
  });
});
