import { basename } from "node:path";
import { closestName } from "../cluster/closest-name";
import type { SettingsProblem } from "../cluster/cluster-settings";
import type { Completeness } from "../cluster/completeness";
import type { DocumentPlace } from "../cluster/document-lines";
import type { Evidence } from "../cluster/evidence";
import type { Node } from "../cluster/node";
import { NodeNames } from "../cluster/node-names";
import type { EtcdServers } from "../kubeadm/predict/predict-init-preflight";
import type { Content } from "../machine/content";
import { publicPath, publicProse } from "../machine/public-text";
import type { Source } from "../machine/source";
import { type FileList, fileList, type ListedFile, NOT_UNDERSTOOD } from "./file-list";
import { readYamlOrJson } from "./yaml-or-json";

/** What a listing says: who the machines are, and what is really on their disks. */
export interface ListingReading {
  readonly controlPlane: readonly Node[];
  readonly etcdHosts: readonly Node[];
  /** Those of `otherHosts`, and machines that have an entry in `files` and are in no other list. */
  readonly otherHosts: readonly Node[];
  /** One for each entry of `files`. */
  readonly evidence: readonly Evidence[];
  /** How complete each entry of `files` is, by its name. */
  readonly completeness: ReadonlyMap<string, Completeness>;
  /** How much is known of a node that has no entry: nothing. */
  readonly completenessOfOthers: Completeness;
  /** What the etcd members serve; null where they speak plain http, `undefined` where the listing does not say. */
  readonly etcdServers: EtcdServers | null | undefined;
  readonly problems: readonly SettingsProblem[];
}

/**
 * Reads a listing: `{controlPlane: [{name, addresses}], etcdHosts, otherHosts, files: {NODE: [{path, link, mode,
 * sha256|content}]}, searched: [folders]}` as YAML or JSON. Further keys are ignored, so that a case file of kubeadm's
 * own answers is a listing as it is; its `etcdServers` is kept.
 *
 * Without `searched` an entry of `files` is all that is on that disk, with it all that is below those folders. Never
 * throws: what is wrong becomes a problem, the rest is used, and nothing is missing on account of what was not
 * understood.
 */
export function readListing(
  file: { readonly path: string; readonly text: string },
  settingsClusterName: string,
): ListingReading {
  const listing = new Listing(file.path, settingsClusterName);
  if (countParts(file.text) > MOST_PARTS) return listing.unusable(TOO_MANY_PARTS);
  const documents = documentsOf(file.text);
  if (documents.length > MOST_DOCUMENTS) return listing.unusable(`it has more than ${MOST_DOCUMENTS} documents`);
  if (documents.length > 1) {
    return mergeListings(
      file.path,
      documents.map((text) => readListing({ path: file.path, text }, settingsClusterName)),
    );
  }
  const document = readYamlOrJson(file.text);
  if (document.kind === "problem") return listing.unusable(document.why);
  if (!isMap(document.value)) return listing.unusable("it is not a map with controlPlane and files");
  return listing.read(new Map(Object.entries(document.value)));
}

/** At least as many as the values that a text of YAML or JSON has, lists and maps four times: they take more memory. */
function countParts(text: string): number {
  let parts = 0;
  for (let index = 0; index < text.length; index += 1) parts += PARTS[text.charCodeAt(index)] ?? 0;
  return parts;
}

/** By character code: line feed, carriage return, comma, `?`, `[` and `{`. */
const PARTS: Readonly<Record<number, number>> = { 10: 1, 13: 1, 44: 1, 63: 1, 91: 4, 123: 4 };

/** The documents of a YAML text; what kubeadm-guard collect prints is one for each node. */
function documentsOf(text: string): readonly string[] {
  return text.split(/^---(?:[ \t]*\r?\n|$)/m).filter((document) => document.trim() !== "");
}

function isUnusable({ problems }: ListingReading): boolean {
  return problems.some(({ leavesOut }) => leavesOut === "listing");
}

/** Several listings as one: each machine and each entry stands for itself, the first of a name counts. */
function mergeListings(path: string, listings: readonly ListingReading[]): ListingReading {
  const [first, ...others] = listings;
  if (first === undefined) throw new RangeError("there is no listing to merge");
  const controlPlane = listings.flatMap((one) => one.controlPlane);
  const etcdHosts = listings.flatMap((one) => one.etcdHosts);
  const roles = new Set([...controlPlane, ...etcdHosts].map(({ name }) => name.toLowerCase()));
  return {
    controlPlane,
    etcdHosts,
    otherHosts: listings.flatMap((one) => one.otherHosts).filter(({ name }) => !roles.has(name.toLowerCase())),
    evidence: listings.flatMap((one) => one.evidence),
    completeness: new Map(listings.flatMap((one) => [...one.completeness])),
    // One document that cannot be used may have spoken of any node.
    completenessOfOthers: (listings.find(isUnusable) ?? first).completenessOfOthers,
    etcdServers: [first, ...others].find(({ etcdServers }) => etcdServers !== undefined)?.etcdServers,
    problems: mergeProblems(
      path,
      listings.flatMap((one) => one.problems),
    ),
  };
}

/** Each problem once, and no more than a report shows; what they leave out stays left out. */
function mergeProblems(path: string, problems: readonly SettingsProblem[]): readonly SettingsProblem[] {
  const distinct = [...new Map(problems.map((one) => [JSON.stringify([one.what, one.leavesOut]), one])).values()];
  const further = distinct.slice(MOST_PROBLEMS);
  const leavingOut = new Map(further.flatMap((one) => (one.leavesOut === undefined ? [] : [[one.leavesOut, one]])));
  const told = new Set([...distinct.slice(0, MOST_PROBLEMS), ...leavingOut.values()]);
  const [untold] = further;
  return untold === undefined
    ? [...told]
    : [...told, { ...untold, what: moreProblems(path, distinct.length - told.size) }];
}

function moreProblems(path: string, count: number): string {
  return `${publicPath(path)} has ${count} more problems of this kind.`;
}

/**
 * More values than in a million entries with all that stat says of each. Few bytes can stand for a value (`{},`), so memory is not
 * bounded by the length of the text.
 */
const MOST_PARTS = 12_000_000;
const TOO_MANY_PARTS =
  "it has too many values to be read. List the folders of the certificates only, and name them with searched";
/** One for each node, as kubeadm-guard collect prints them. */
const MOST_DOCUMENTS = 100_000;
/** Aliases can make a short text stand for endless lists; no cluster has so many files that matter. */
const MOST_FILES = 1_000_000;
/** With the line that counts the others, no more than a report shows. */
const MOST_PROBLEMS = 19;

const KEYS = ["controlPlane", "etcdHosts", "otherHosts", "files", "searched", "etcdServers"] as const;
const MACHINE_KEYS = ["name", "addresses"] as const;
const FILE_KEYS = ["path", "pathHex", "link", "linkHex", "mode", "content", "sha256"] as const;

type Fields = ReadonlyMap<string, unknown>;

/** One listing while it is read. */
class Listing {
  private readonly problems: SettingsProblem[] = [];
  private unreported = 0;
  private readonly source: Source;
  private readonly title: string;
  /** Lists of files that were read already: aliases of YAML share them. */
  private readonly known = new Map<unknown, FileList>();
  private filesLeft = MOST_FILES;

  constructor(
    private readonly path: string,
    private readonly cluster: string,
  ) {
    this.title = `listing ${basename(path)}`;
    this.source = { name: this.title, kind: "listing" };
  }

  /** The reading of a file that is not a listing at all. */
  unusable(why: string): ListingReading {
    const what = `${publicPath(this.path)} cannot be used: ${why}. A listing is a map: {controlPlane: [{name: master01, addresses: [192.168.10.11]}], files: {master01: [{path: /etc/ssl/etcd/ssl/ca.pem}]}}.`;
    this.problems.push({ ...this.problem(what), leavesOut: "listing" });
    return {
      controlPlane: [],
      etcdHosts: [],
      otherHosts: [],
      evidence: [],
      completeness: new Map(),
      completenessOfOthers: {
        kind: "unknown",
        reason: { id: "document-unusable", data: { document: `the ${this.title}` } },
      },
      etcdServers: undefined,
      problems: this.problems,
    };
  }

  read(fields: Fields): ListingReading {
    const meant = this.misspeltKeys(fields);
    if (!fields.has("controlPlane") && !fields.has("files") && meant.size === 0)
      this.report("", "It has neither controlPlane nor files, so it says nothing. Give it at least one of them.");
    const controlPlane = this.machines(fields, "controlPlane");
    const etcdHosts = this.machines(fields, "etcdHosts");
    const others = this.machines(fields, "otherHosts");
    const complete = this.complete(fields, meant.has("searched"));
    const entries = this.entries(fields);
    const listed = new NodeNames([...controlPlane, ...etcdHosts, ...others]);
    const further = [...entries.keys()].filter((name) => listed.named(name).length === 0);
    return {
      controlPlane,
      etcdHosts,
      otherHosts: [...others, ...further.map((name) => this.node(name, []))],
      evidence: [...entries].map(([name, { operations }]) => ({
        source: this.source,
        machine: { by: "name", name },
        operations,
      })),
      completeness: new Map(
        [...entries].map(([name, { whole }]) => [name, whole ? complete : this.halfUnderstood(name)]),
      ),
      completenessOfOthers: { kind: "unknown", reason: { id: "listing-without-node", data: { listing: this.title } } },
      etcdServers: this.etcdServers(fields),
      problems: this.allProblems(),
    };
  }

  /** The problems from this one on leave out control-plane nodes. */
  private leavesOutNodes(from: number): void {
    for (const [index, problem] of this.problems.entries())
      if (index >= from) this.problems[index] = { ...problem, leavesOut: "controlPlaneNodes" };
  }

  private halfUnderstood(name: string): Completeness {
    return { kind: "unknown", reason: { id: "listing-entry-unclear", data: { listing: this.title, node: name } } };
  }

  /** How far an entry is complete; `searched` that is not understood must not make it complete for the whole disk. */
  private complete(fields: Fields, misspelt: boolean): Completeness {
    const unclear: Completeness = {
      kind: "unknown",
      reason: { id: "listing-search-unclear", data: { listing: this.title } },
    };
    if (!fields.has("searched"))
      return misspelt ? unclear : { kind: "complete", because: { by: "listing", title: this.title } };
    const searched = this.listOf(fields.get("searched"), "searched", "a list of folders: [/etc/ssl/etcd]");
    if (searched === undefined) return unclear;
    const folders = searched.flatMap((folder, index) => this.absolutePath(folder, `searched[${index}]`) ?? []);
    return { kind: "complete-below", known: [{ by: "listing", title: this.title, folders }] };
  }

  private machines(fields: Fields, key: "controlPlane" | "etcdHosts" | "otherHosts"): readonly Node[] {
    if (!fields.has(key)) return [];
    const form = "a list of machines: [{name: master01, addresses: [192.168.10.11]}]";
    const nodes = new Map<string, Node>();
    const before = this.problems.length;
    const items = this.listOf(fields.get(key), key, form);
    if (items === undefined && key === "controlPlane") this.leavesOutNodes(before);
    for (const [index, item] of (items ?? []).entries()) {
      const before = this.problems.length;
      const node = this.machine(item, `${key}[${index}]`);
      if (node === undefined) {
        if (key === "controlPlane") this.leavesOutNodes(before);
        continue;
      }
      const name = node.name.toLowerCase();
      if (nodes.has(name))
        this.report(
          `${key}[${index}].name`,
          `The name ${node.name} is used more than once; only the first entry counts.`,
          "remark",
        );
      else nodes.set(name, node);
    }
    return [...nodes.values()];
  }

  private machine(item: unknown, where: string): Node | undefined {
    if (!isMap(item)) {
      this.report(where, "It must be a map with a name: {name: master01, addresses: [192.168.10.11]}.");
      return undefined;
    }
    const fields: Fields = new Map(Object.entries(item));
    const name = this.text(fields.get("name"), `${where}.name`);
    if (name === undefined) return undefined;
    for (const key of fields.keys()) {
      if (!includes(MACHINE_KEYS, key)) this.reportMisspelt(key, closestName(key, MACHINE_KEYS), where);
    }
    const addresses = fields.get("addresses") ?? [];
    const list = this.listOf(addresses, `${where}.addresses`, "a list of addresses: [192.168.10.11]") ?? [];
    return this.node(
      name,
      list.flatMap((address, index) => this.text(address, `${where}.addresses[${index}]`) ?? []),
    );
  }

  private node(name: string, addresses: readonly string[]): Node {
    return { name, otherNames: [], addresses, declaredBy: this.source };
  }

  private entries(fields: Fields): ReadonlyMap<string, FileList> {
    if (!fields.has("files")) return new Map();
    const files = fields.get("files");
    if (!isMap(files)) {
      this.report(
        "files",
        "It must map names of nodes to lists of files: {master01: [{path: /etc/ssl/etcd/ssl/ca.pem}]}.",
      );
      return new Map();
    }
    return new Map(Object.entries(files).map(([name, list]) => [name, this.fileList(list, `files.${name}`)]));
  }

  private fileList(value: unknown, where: string): FileList {
    const known = this.known.get(value);
    const form = "a list of files: [{path: /etc/ssl/etcd/ssl/ca.pem}]";
    // A node whose name is followed by nothing has no files.
    const items = known === undefined ? this.listOf(value ?? [], where, form) : known.operations;
    if (items === undefined) return NOT_UNDERSTOOD;
    if (!this.afford(items.length)) {
      const what = `The listing has more than ${MOST_FILES} files. List the folders of the certificates only, and name them with searched.`;
      this.report(where, what);
      return NOT_UNDERSTOOD;
    }
    if (known !== undefined) return known;
    const list = fileList(
      this.title,
      items.map((item, index) => this.file(item, `${where}[${index}]`)),
    );
    for (const path of list.twice)
      this.report(where, `The path ${path} is used more than once; only the first entry counts.`, "remark");
    this.known.set(value, list);
    return list;
  }

  private afford(files: number): boolean {
    if (files > this.filesLeft) return false;
    this.filesLeft -= files;
    return true;
  }

  private file(item: unknown, where: string): ListedFile | undefined {
    if (!isMap(item)) {
      this.report(where, 'It must be a map with a path: {path: /etc/ssl/etcd/ssl/ca.pem, mode: "0644"}.');
      return undefined;
    }
    const fields: Fields = new Map(Object.entries(item));
    const path = this.absolutePath(orFromHex(fields, "path"), `${where}.path`);
    for (const key of fields.keys()) {
      if (!includes(FILE_KEYS, key)) this.reportMisspelt(key, misspeltFileKey(key, fields), where);
    }
    if (path === undefined) return undefined;
    const link = orFromHex(fields, "link") ?? undefined;
    if (link !== undefined && (typeof link !== "string" || link === "")) {
      this.report(`${where}.link`, "It must be the target of the link as text, or null for a file that is not a link.");
      return { kind: "unclear", path };
    }
    return link === undefined ? this.regularFile(path, fields, where) : { kind: "link", path, target: link };
  }

  private regularFile(path: string, fields: Fields, where: string): ListedFile {
    const mode = this.matching(fields.get("mode"), MODE, `${where}.mode`, 'octal digits in quotes, such as "0600"');
    const form = "64 hexadecimal digits";
    const sha256 = this.matching(fields.get("sha256"), SHA256, `${where}.sha256`, form)?.toLowerCase();
    const content = fields.get("content") ?? undefined;
    if (content !== undefined && typeof content !== "string") this.report(`${where}.content`, "It must be text.");
    const shown: Content =
      typeof content === "string"
        ? { kind: "text", text: content }
        : sha256 === undefined
          ? NOT_SHOWN
          : { kind: "sha256", sha256 };
    return { kind: "file", path, content: shown, ...(mode === undefined ? {} : { mode }) };
  }

  private etcdServers(fields: Fields): EtcdServers | null | undefined {
    const value = fields.get("etcdServers");
    if (value === undefined || value === null) return value;
    const servers: Fields = new Map(isMap(value) ? Object.entries(value) : []);
    const trustedCA = servers.get("trustedCA");
    const certificates = servers.get("certificates");
    if ((trustedCA === null || typeof trustedCA === "string") && isMap(certificates)) {
      const entries: readonly (readonly [string, unknown])[] = Object.entries(certificates);
      const texts = entries.flatMap(([host, pem]) => (typeof pem === "string" ? [[host, pem] as const] : []));
      if (texts.length === entries.length) return { trustedCA, certificates: Object.fromEntries(texts) };
    }
    const what =
      "It must be {trustedCA: PEM or null, certificates: {HOST: PEM}}, or null where etcd speaks plain http. It is not used.";
    this.report("etcdServers", what);
    return undefined;
  }

  /** Reports keys that were probably meant to be known ones, and says which. */
  private misspeltKeys(fields: Fields): ReadonlySet<string> {
    const meant = new Set<string>();
    for (const key of fields.keys()) {
      const close = includes(KEYS, key) ? undefined : closestName(key, KEYS);
      if (close !== undefined) meant.add(close);
      const before = this.problems.length;
      this.reportMisspelt(key, close, "");
      if (close === "controlPlane") this.leavesOutNodes(before);
    }
    return meant;
  }

  private reportMisspelt(key: string, close: string | undefined, where: string): void {
    if (close !== undefined) this.report(where, `There is no key ${key}; did you mean ${close}? It is not used.`);
  }

  private text(value: unknown, where: string): string | undefined {
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    this.report(where, `It must be text that is not empty${typeof value === "number" ? ": put it in quotes" : ""}.`);
    return undefined;
  }

  private absolutePath(value: unknown, where: string): string | undefined {
    if (typeof value === "string" && value.startsWith("/")) return value;
    this.report(where, "It must be an absolute path, such as /etc/ssl/etcd/ssl/ca.pem.");
    return undefined;
  }

  /** The text if it has the form; null and absence are the same. */
  private matching(value: unknown, form: RegExp, where: string, words: string): string | undefined {
    if (value === undefined || value === null) return undefined;
    if (typeof value === "string" && form.test(value)) return value;
    this.report(where, `It must be ${words}.`);
    return undefined;
  }

  private listOf(value: unknown, where: string, form: string): readonly unknown[] | undefined {
    if (Array.isArray(value)) return value;
    this.report(where, `It must be ${form}.`);
    return undefined;
  }

  private report(where: string, what: string, level?: SettingsProblem["level"]): void {
    const place: DocumentPlace = { kind: "document", path: this.path, ...(where === "" ? {} : { place: where }) };
    const problem = { ...this.problem(`${this.path}${where === "" ? "" : `, ${where}`}: ${what}`), in: place };
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(level === undefined ? problem : { ...problem, level });
    else this.unreported += 1;
  }

  private problem(what: string): SettingsProblem {
    const place: DocumentPlace = { kind: "document", path: this.path };
    return { cluster: this.cluster, where: `clusters[${publicProse(this.cluster)}].listing`, what, in: place };
  }

  private allProblems(): readonly SettingsProblem[] {
    if (this.unreported === 0) return this.problems;
    return [...this.problems, this.problem(moreProblems(this.path, this.unreported))];
  }
}

const NOT_SHOWN: Content = { kind: "not-shown" };
const MODE = /^[0-7]{3,4}$/;
const SHA256 = /^[0-9a-f]{64}$/i;

/** Listings made from stat's output have many further keys, some of them close to ours (`inode`, `nlink`). */
function misspeltFileKey(key: string, fields: Fields): string | undefined {
  const close = closestName(key, FILE_KEYS);
  const sure = close === "content" || close === "sha256" || (close !== undefined && sameLetters(key, close));
  return sure && !fields.has(close) ? close : undefined;
}

function sameLetters(one: string, other: string): boolean {
  return one.toLowerCase().replace(/[_-]/g, "") === other;
}

/** A text, or the one whose bytes `NAMEHex` gives in hexadecimal digits: names on a disk may hold any bytes. */
function orFromHex(fields: Fields, name: "path" | "link"): unknown {
  const hex = fields.get(`${name}Hex`);
  return typeof hex === "string" && /^(?:[0-9a-f]{2})+$/.test(hex)
    ? Buffer.from(hex, "hex").toString("utf8")
    : fields.get(name);
}

function includes(keys: readonly string[], key: string): boolean {
  return keys.includes(key);
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
