import { describe, expect, it } from "vitest";
import { UndecidedPlaces } from "../../cluster/disk/undecided-places";
import type { RemovalScope, Scope } from "../../machine/file-operation";

const WHY = { reason: { id: "host-unknown", data: {} } } as const;
const INTEREST = ["/etc/etcd/./ca.pem", "/etc/etcd/client.pem"];

/** Places of which this was left undecided, at the step 5. */
function places(...scopes: readonly Scope[]): UndecidedPlaces {
  const made = new UndecidedPlaces();
  for (const scope of scopes) made.add(scope, WHY, 5);
  return made;
}

const below = (path: string) => ({ kind: "below", path }) as const;
const matching = (pattern: string) => ({ kind: "matching", pattern }) as const;

describe("what is undecided of a path", () => {
  it.each<readonly [string, Scope, string, number]>([
    ["anything", { kind: "anywhere" }, "/etc/etcd/ca.pem", 1],
    ["the files of etcd", { kind: "external-etcd-files" }, "/etc/etcd/ca.pem", 1],
    ["the files of etcd, of another", { kind: "external-etcd-files" }, "/etc/etcd/other.pem", 0],
    ["a name", { kind: "named", name: "ca.pem" }, "/etc/etcd/ca.pem", 1],
    ["another name", { kind: "named", name: "a.pem" }, "/etc/etcd/ca.pem", 0],
    ["the path", below("/etc/./etcd/ca.pem"), "/etc/etcd/ca.pem", 1],
    ["a folder above it", below("/etc"), "/etc/etcd/ca.pem", 1],
    ["the root", below("/"), "/etc/etcd/ca.pem", 1],
    ["a file below it", below("/etc/etcd/ca.pem/x"), "/etc/etcd/ca.pem", 0],
    ["a folder whose name begins alike", below("/etc/et"), "/etc/etcd/ca.pem", 0],
    ["a pattern", matching("/etc/etcd/*.pem"), "/etc/etcd/ca.pem", 1],
    ["a pattern of a folder above it", matching("/etc/e*"), "/etc/etcd/ca.pem", 1],
    ["a pattern of others", matching("/etc/etcd/*.key"), "/etc/etcd/ca.pem", 0],
    ["a pattern of another folder", matching("/opt/*"), "/etc/etcd/ca.pem", 0],
  ])("%s", (_title, scope, path, count) => {
    expect(places(scope).about(path, path, INTEREST, 4)).toHaveLength(count);
    expect(places(scope).about(path, path, INTEREST, 5)).toEqual([]);
    expect(places(scope).mayReplace(path, INTEREST, 4)).toBe(count === 1 && scope.kind !== "anywhere");
    expect(places(scope).mayReplace(path, INTEREST, 5)).toBe(false);
  });

  it("is what may lie between it and what is looked for", () => {
    const at = (path: string) => places(below(path)).about("/etc/etcd", "/etc/etcd/ssl/ca.pem", [], 0).length;
    expect([at("/etc"), at("/etc/etcd"), at("/etc/etcd/ssl"), at("/etc/etcd/ssl/ca.pem"), at("/etc/other")]).toEqual([
      1, 1, 1, 1, 0,
    ]);
    expect(places({ kind: "named", name: "ca.pem" }).about("/etc/etcd", "/etc/etcd/ssl/ca.pem", [], 0)).toHaveLength(1);
  });

  it("is told twenty times at most, the last one among them", () => {
    const made = new UndecidedPlaces();
    for (let at = 1; at <= 30; at += 1) {
      made.add({ kind: "anywhere" }, WHY, at);
      made.add(matching("/etc/*"), WHY, at);
    }
    expect(made.about("/etc/x", "/etc/x", [], 0)).toHaveLength(40);
    expect(made.about("/etc/x", "/etc/x", [], 29)).toHaveLength(2);
  });
});

describe("what may be gone of a path", () => {
  it.each<readonly [string, RemovalScope, number]>([
    ["the path", below("/etc/etcd/./ca.pem"), 1],
    ["a folder above it", below("/etc"), 1],
    ["another file", below("/etc/etcd/a.pem"), 0],
    ["a pattern", matching("/etc/etcd/*.pem"), 1],
    ["a pattern of a folder above it", matching("/etc/*"), 1],
    ["a pattern of others", matching("/etc/etcd/*.key"), 0],
  ])("%s", (_title, scope, count) => {
    const made = new UndecidedPlaces();
    expect(made.aboutRemoval("/etc/etcd/ca.pem")).toEqual([]);
    made.addRemoval(scope, WHY, 5);
    expect(made.aboutRemoval("/etc/etcd/ca.pem").map(({ at }) => at)).toEqual(count === 1 ? [5] : []);
    expect(made.about("/etc/etcd/ca.pem", "/etc/etcd/ca.pem", [], 0)).toEqual([]);
  });
});

describe("what is undecided of what a pattern matches", () => {
  it.each<readonly [string, Scope, readonly (string | undefined)[]]>([
    ["anything", { kind: "anywhere" }, [undefined]],
    ["a folder above it", below("/tmp"), [undefined]],
    ["its folder", below("/tmp/pki"), [undefined]],
    ["one that it matches", below("/tmp/pki/ca.pem"), ["/tmp/pki/ca.pem"]],
    ["one that it does not match", below("/tmp/pki/ca.key"), []],
    ["what lies below one that it matches", below("/tmp/pki/ca.pem/x"), []],
    ["a name that it matches", { kind: "named", name: "ca.pem" }, ["/tmp/pki/ca.pem"]],
    ["a name that it does not match", { kind: "named", name: "ca.key" }, []],
    ["a pattern of its folder", matching("/tmp/pki/c*"), [undefined]],
    ["a pattern above it", matching("/tmp/*"), [undefined]],
    ["a pattern of another folder", matching("/opt/*"), []],
    ["another folder", below("/opt"), []],
  ])("%s", (_title, scope, paths) => {
    const found = (since: number) => places(scope).aboutMatches("/tmp/pki/*.pem", since);
    expect(found(4).map(({ path }) => path)).toEqual(paths);
    expect(found(5)).toEqual([]);
  });

  it("is what lies in a folder that it matches, if it goes deeper", () => {
    const found = (pattern: string) =>
      places(below("/tmp/pki/a"))
        .aboutMatches(pattern, 0)
        .map(({ path }) => path);
    expect(found("/tmp/pki/*/x.pem")).toEqual([undefined]);
    expect(found("/tmp/pki/**")).toEqual([undefined]);
    expect(found("/tmp/pki/*")).toEqual(["/tmp/pki/a"]);
  });
});

describe("what is undecided of a folder", () => {
  it.each<readonly [string, Scope, number]>([
    ["anything", { kind: "anywhere" }, 1],
    ["itself", below("/tmp/pki"), 1],
    ["a file in it", below("/tmp/pki/sub/ca.pem"), 1],
    ["a folder above it", below("/tmp"), 0],
    ["a pattern in it", matching("/tmp/pki/sub/*"), 1],
    ["a pattern above it", matching("/tmp/*"), 0],
    ["a name", { kind: "named", name: "ca.pem" }, 0],
  ])("%s", (_title, scope, count) => {
    expect(places(scope).aboutFolder("/tmp/pki")).toHaveLength(count);
  });
});
