import { parseArgs } from "node:util";
import { publicValue } from "../machine/public-text";
import { argumentError } from "./argument-error";

export const COLLECT_FORMATS = ["sh", "ansible", "daemonset"] as const;
export type CollectFormat = (typeof COLLECT_FORMATS)[number];

/** What `kubeadm-guard collect` was asked. */
export interface CollectOptions {
  readonly format: CollectFormat;
  /** A kubeadm-config whose folders are searched as well. */
  readonly kubeadmConfig: string | undefined;
  /** Further folders; absolute paths. */
  readonly folders: readonly string[];
  /** The image of the DaemonSet. */
  readonly image: string | undefined;
}

export type CollectOptionsReading =
  | { readonly kind: "options"; readonly options: CollectOptions }
  | { readonly kind: "help" }
  /** What is wrong and what to do instead, in one or two sentences. */
  | { readonly kind: "wrong"; readonly why: string };

const OPTIONS = {
  format: { type: "string" },
  "kubeadm-config": { type: "string" },
  folder: { type: "string", multiple: true },
  image: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Understands the arguments of `collect`. Never throws. */
export function collectOptions(args: readonly string[]): CollectOptionsReading {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.help === true) return { kind: "help" };
    const { folder: folders = [], image } = values;
    const format = COLLECT_FORMATS.find((one) => one === (values.format ?? "sh"));
    if (format === undefined)
      return wrong(`--format is sh, ansible or daemonset, not ${publicValue(values.format ?? "")}.`);
    const odd = folders.find((folder) => !/^\/[\w./@+-]*$/.test(folder));
    if (odd !== undefined) return wrong("--folder is an absolute path of letters, digits and -_./@+.");
    if (image !== undefined && format !== "daemonset") return wrong("--image is for --format daemonset.");
    if (image !== undefined && !/^[\w][\w./:@-]*$/.test(image))
      return wrong("--image is the name of a container image.");
    return { kind: "options", options: { format, kubeadmConfig: values["kubeadm-config"], folders, image } };
  } catch (error) {
    return wrong(argumentError(error, Object.keys(OPTIONS)));
  }
}

function wrong(why: string): CollectOptionsReading {
  return { kind: "wrong", why };
}
