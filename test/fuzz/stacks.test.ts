import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deepFreeze } from "../../cluster/deep-freeze";
import { BOUNDED_MS, cpuTime } from "../helpers/cpu-time";
import { type ProgramResource, preview } from "../helpers/preview";
import { runs, TIMEOUT } from "./helpers/runs";
import { KUBEADM_CONFIG, text } from "./helpers/text";
import { jsonValue, properties } from "./helpers/value";

const TYPES: readonly string[] = [
  ...["command:remote:Command", "command:remote:CopyToRemote", "command:remote:CopyFile", "command:local:Command"],
  ...["hcloud:index/server:Server", "aws:ec2/instance:Instance", "aws:ec2/launchTemplate:LaunchTemplate"],
  ...["kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:Secret", "kubernetes:apps/v1:DaemonSet"],
  ...["tls:index/privateKey:PrivateKey", "tls:index/selfSignedCert:SelfSignedCert", "aws:s3:Bucket"],
];

/** Resources whose type means something to the pack, with properties that may mean anything. */
const resources = (most: number) =>
  fc
    .array(fc.tuple(fc.constantFrom(...TYPES), properties), { maxLength: most })
    .map((all) => all.map(([type, props], index): ProgramResource => ({ type, name: `r${index}`, props })));

/** What has nothing to do with a machine, whatever its properties hold. */
const unrelated = fc
  .array(
    fc.tuple(
      fc.constantFrom("aws:s3:Bucket", "random:index/randomPet:RandomPet", "gcp:dns/recordSet:RecordSet"),
      properties,
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((all) => all.map(([type, props], index): ProgramResource => ({ type, name: `unrelated${index}`, props })));

const FILES = ["/etc/ssl/ca.pem", "/etc/ssl/m1.pem", "/etc/ssl/m1-key.pem"];
const shared: ProgramResource = {
  type: "kubernetes:core/v1:ConfigMap",
  name: "shared",
  props: {
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: KUBEADM_CONFIG },
  },
};
const copy = (path: string): ProgramResource => ({
  type: "command:remote:Command",
  name: `copy ${path}`,
  props: { connection: { host: "10.0.0.1" }, create: `echo no certificate > ${path}` },
});
/** Stacks of which something is refused: the files are on no node, one of them is missing, what they hold is of no use. */
const REFUSED: Readonly<Record<string, readonly ProgramResource[]>> = {
  "without the files": [shared],
  "without the key": [shared, ...FILES.slice(0, 2).map(copy)],
  "with files of no use": [shared, ...FILES.map(copy)],
};
const CLUSTERS = deepFreeze([
  { name: "kubernetes", unlisted: "missing", controlPlaneNodes: [{ name: "m1", addresses: ["10.0.0.1"] }] },
]);

type Said = Awaited<ReturnType<typeof preview>>;
const said = (all: Said) => all.map((one) => JSON.stringify(one)).sort();

/** What is said, without the words where one of the two previews describes some of them as marked secret. */
const comparable = (all: Said, other: Said) =>
  [...all, ...other].some(({ message }) => message.includes("(marked secret)"))
    ? all.map(({ policy, level, urn }) => `${level} ${policy} ${urn}`).sort()
    : said(all);

describe("any stack", { timeout: TIMEOUT }, () => {
  it.each(Object.entries(REFUSED))(
    "%s has the same outcome twice and in any order, without an internal error",
    async (_, base) => {
      await fc.assert(
        fc.asyncProperty(resources(4), fc.infiniteStream(fc.nat()), async (more, places) => {
          const program = deepFreeze([...base, ...more]);
          const spent = cpuTime();
          const first = said(await preview(program, CLUSTERS));
          expect(spent()).toBeLessThan(BOUNDED_MS);
          expect(first.join("\n")).not.toContain("internal error");
          expect(said(await preview(program, CLUSTERS))).toEqual(first);
          expect(said(await preview(shuffled(program, places), CLUSTERS))).toEqual(first);
        }),
        runs("stacks", 2 * Object.keys(REFUSED).length),
      );
    },
  );

  it.each(Object.entries(REFUSED))(
    "%s loses no refusal and gains none by an unrelated resource anywhere",
    async (_, base) => {
      expect((await preview(base, CLUSTERS)).map(({ level }) => level)).toContain("mandatory");
      await fc.assert(
        fc.asyncProperty(resources(2), unrelated, fc.infiniteStream(fc.nat()), async (more, others, places) => {
          const program = deepFreeze([...base, ...more]);
          const first = await preview(program, CLUSTERS);
          const beside = await preview(shuffled([...program, ...others], places), CLUSTERS);
          expect(comparable(beside, first)).toEqual(comparable(first, beside));
        }),
        runs("stacks", 2 * Object.keys(REFUSED).length),
      );
    },
  );
});

describe("any settings", { timeout: TIMEOUT }, () => {
  const named = fc.dictionary(
    fc.constantFrom(
      ...["name", "kubeadmConfig", "controlPlaneNodes", "etcdHosts", "otherHosts", "kubespray", "files", "listing"],
      ...["unlisted", "undecided", "minRemainingDays", "upgradeTo", "record", "nothing"],
    ),
    fc.oneof(jsonValue, text),
    { maxKeys: 5 },
  );
  it("are answered twice alike, without an internal error, and say what is wrong with them or nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(jsonValue, fc.array(named, { maxLength: 3 })), async (clusters) => {
        const settings: unknown = deepFreeze(clusters);
        const spent = cpuTime();
        const first = await preview([shared], settings);
        expect(spent()).toBeLessThan(BOUNDED_MS);
        expect(said(first).join("\n")).not.toContain("internal error");
        expect(said(await preview([shared], settings))).toEqual(said(first));
      }),
      runs("settings"),
    );
  });
});

/** The same items in another order (Fisher and Yates), chosen by a stream of numbers that fast-check can repeat. */
function shuffled<Item>(items: readonly Item[], places: Iterator<number>): readonly Item[] {
  const all = [...items];
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = Number(places.next().value) % (last + 1);
    const [a, b] = [all[last], all[other]];
    if (a === undefined || b === undefined) continue;
    [all[last], all[other]] = [b, a];
  }
  return all;
}
