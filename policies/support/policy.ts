import type { Acceptance } from "../../cluster/acceptance";
import type { BaselineFinding } from "../../cluster/baseline";
import type { Cluster } from "../../cluster/cluster";
import type { DocumentPlace } from "../../cluster/document-lines";
import type { Finding, Outcome } from "../../cluster/outcome";
import { publicProse } from "../../machine/public-text";
import { publicFindings } from "./public-findings";

export type Severity = "low" | "medium" | "high" | "critical";

/** What a policy may use besides the cluster: nothing of it comes from a clock or a file. */
export interface Context {
  readonly now: Date;
  /** The other policies that are undecided about the cluster; control-plane-nodes-known says what causes that. */
  readonly undecided?: readonly string[];
  /** Acceptances that accept nothing any more, as far as the other policies have decided. */
  readonly unused?: readonly Acceptance[];
  /** Acceptances of what is undecided that some policy could not use, because nobody may accept anything of it. */
  readonly blocked?: readonly Acceptance[];
  /** Findings of the baseline that the other policies have not found any more. */
  readonly gone?: readonly BaselineFinding[];
}

/** Writes the text of findings that share a message and a group. The first line must be readable alone. */
export type Message = (findings: readonly [Finding, ...Finding[]], cluster: Cluster) => string;

/** A control of the CIS Kubernetes Benchmark: its number and its title. */
export interface Control {
  readonly reference: string;
  readonly specification: string;
}

/** One unit of enforcement: what must hold, how to check it, and what to say if it does not. */
export interface Policy {
  /** Kebab-case, the state that must hold; the same as the file's name, its test's and its page's. Never reused. */
  readonly id: string;
  readonly title: string;
  /** One sentence: the state that must hold. */
  readonly description: string;
  readonly severity: Severity;
  readonly level: "mandatory" | "advisory";
  /** What to do, in one or two sentences that end in a period. */
  readonly remediation: string;
  /** What it is about, for filters in Pulumi Cloud: `etcd`, `certificates`. */
  readonly tags?: readonly string[];
  /** The control of a benchmark that it supports. */
  readonly control?: Control;
  readonly messages: Readonly<Record<string, Message>>;
  /** Pure; must not throw for any cluster. */
  readonly check: (cluster: Cluster, context: Context) => Outcome;
}

/** A message whose findings carry data of one shape; `data` is what `finding()` of the same template was given. */
export interface MessageTemplate<Data> {
  readonly finding: (about: FindingAbout<Data>) => Finding<Data>;
  readonly message: Message;
}

export interface FindingAbout<Data> {
  readonly node?: string;
  readonly path?: string;
  /** Findings of one group become one violation; by default all findings of the message. */
  readonly group?: string;
  readonly in?: DocumentPlace;
  readonly level?: "advisory";
  readonly mustBeFixed?: true;
  readonly data: Data;
}

/**
 * Binds a message's text to the shape of its data, so that a policy cannot report a finding that its text cannot print.
 * `write` gets the data and places of all findings of a group, with nothing in them that may be secret.
 */
export function messageTemplate<Data>(
  id: string,
  write: (findings: readonly [Finding<Data>, ...Finding<Data>[]], cluster: Cluster) => string,
): MessageTemplate<Data> {
  const made = new WeakSet<Finding>();
  const isMine = (finding: Finding): finding is Finding<Data> => made.has(finding);
  return {
    finding: ({ node, path, group, in: place, level, mustBeFixed, data }) => {
      const finding: Finding<Data> = {
        message: id,
        group: group ?? "",
        node: node ?? null,
        path: path ?? null,
        data,
        ...(place === undefined ? {} : { in: place }),
        ...(level === undefined ? {} : { level }),
        ...(mustBeFixed === undefined ? {} : { mustBeFixed }),
      };
      made.add(finding);
      return finding;
    },
    message: (findings, cluster) => {
      const [first, ...rest] = findings.filter(isMine);
      return first === undefined
        ? `internal error: ${id} was given a finding of another message`
        : write(publicFindings([first, ...rest]), named(cluster));
    },
  };
}

/** The cluster under a name that may be printed. */
function named(cluster: Cluster): Cluster {
  const name = publicProse(cluster.name);
  return name === cluster.name ? cluster : { ...cluster, name };
}
