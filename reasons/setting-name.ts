/** Whose words a text uses: those of the settings, those of check's options, or both (pages, which both read). */
export type Audience = "preview" | "check" | "both";

/** The settings of a cluster, and what says the same to check; null where it has no such option. */
export const SETTING_OPTIONS = {
  kubeadmConfig: null,
  controlPlaneNodes: "--nodes LISTING or --inventory FILE",
  etcdHosts: "--nodes LISTING or --inventory FILE",
  otherHosts: "--inventory FILE",
  kubespray: "--inventory FILE with --kubespray RELEASE",
  "kubespray.inventory": "--inventory FILE",
  "kubespray.release": "--kubespray RELEASE",
  "kubespray.variables": "group_vars/all.yml beside the inventory",
  files: null,
  listing: "--nodes LISTING",
  unlisted: null,
  undecided: "--fail-on undecided",
  minRemainingDays: null,
  record: "--record FILE",
  compareWith: "--compare FILE",
  renameEtcdFiles: null,
  "compareWith.allow": "allow in the file of --compare FILE",
  upgradeTo: "--upgrade-to VERSION with --upgrade-kubespray-to RELEASE",
  "upgradeTo.kubernetes": "--upgrade-to VERSION",
} as const satisfies Readonly<Record<string, string | null>>;

/** A setting that an option of check stands for. */
export type OptionalSetting = {
  [Name in keyof typeof SETTING_OPTIONS]: (typeof SETTING_OPTIONS)[Name] extends string ? Name : never;
}[keyof typeof SETTING_OPTIONS];

/** What a reader calls a setting: `clusters[].listing`, `--nodes LISTING`, or `clusters[].listing (check: --nodes LISTING)`. */
export function settingName(setting: OptionalSetting, audience: Audience): string {
  const [name, option] = [`clusters[].${setting}`, SETTING_OPTIONS[setting]];
  if (audience === "both") return `${name} (check: ${option})`;
  return audience === "check" ? option : name;
}
