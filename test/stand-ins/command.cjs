// A stand-in for pulumi-resource-command, because the real plugin comes from no package registry. It runs and copies nothing.
"use strict";

const { digest, hasUnknown, serveProvider, SIGNATURE, typeOf, UNKNOWN } = require("./serve-provider.cjs");

// What the real Check fills in. One build of it did so also for a connection that is not known yet, which then looks like
// a known one with an empty host; the harder case to check, so the one that is imitated.
const CONNECTION_DEFAULTS = { dialErrorLimit: 10, host: "", perDialTimeout: 15, port: 22, user: "root" };

serveProvider({
  version: require("@pulumi/command/package.json").version,
  check: (urn, inputs) => {
    if (typeOf(urn) === "command:remote:CopyToRemote") checkSource(inputs.source);
    return "connection" in inputs ? { ...inputs, connection: connection(inputs.connection) } : inputs;
  },
  computed: ({ urn, inputs, preview }) => ({ id: digest(urn).slice(0, 32), outputs: outputs(urn, inputs, preview) }),
  replaces: (_urn, changed) => ({ keys: changed.filter((key) => key === "triggers"), deleteFirst: false }),
});

function connection(given) {
  const known = given === UNKNOWN ? [] : Object.entries(given);
  return { ...CONNECTION_DEFAULTS, ...Object.fromEntries(known) };
}

function checkSource(source) {
  const isAssetOrArchive = typeof source === "object" && source !== null && SIGNATURE in source;
  if (source !== UNKNOWN && !isAssetOrArchive) throw new Error("source: expected an asset or an archive");
}

function outputs(urn, inputs, preview) {
  if (typeOf(urn) === "command:remote:CopyToRemote" && preview && hasUnknown(inputs)) {
    // As seen with 1.2.1: one unknown input hides the asset, and a connection that is partly unknown.
    return { source: UNKNOWN, ...(hasUnknown(inputs.connection) ? { connection: UNKNOWN } : {}) };
  }
  if (!typeOf(urn).endsWith(":Command")) return {};
  return preview ? { stdout: UNKNOWN, stderr: UNKNOWN } : { stdout: printed(inputs), stderr: "", ...inputs };
}

/** What programs pass on to other machines. */
const PRINTED = [
  [/kubeadm certs certificate-key|upload-certs/, "e6a2eb8581237ab72a4f494f30285ec12a9694d750b9785706a83bfcbbbd2204"],
  [
    /kubeadm token create .*--print-join-command/,
    "kubeadm join api.example.com:6443 --token abcdef.0123456789abcdef --discovery-token-ca-cert-hash sha256:7c2e69131a36ae2a042a339b33381c6d0d43887e2de83720eff5359e26aec866",
  ],
];

function printed({ create }) {
  const [found] = PRINTED.filter(([command]) => command.test(create ?? ""));
  return found?.[1] ?? "";
}
