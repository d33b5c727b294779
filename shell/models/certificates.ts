import type { FileOperation } from "../../machine/file-operation";
import type { Call, Outcome } from "../call";
import { absolute, mightWrite, NOT_SHOWN, write, writtenFilesUnknown } from "../file-operations";
import { type Options, readOptions } from "../options";
import { EMPTY, hole, joined, literalOf, type Text } from "../text";

/** openssl 3: whatever the subcommand, some options name the files it writes; `rehash` and `ca` fill folders. */
export function openssl(call: Call): Outcome {
  const options = readOptions(call.args, {
    oneDash: true,
    longValues: [
      ...OUTPUTS_OF_OPENSSL,
      "in",
      "inkey",
      "CA",
      "CAkey",
      "outdir",
      "config",
      "newkey",
      "passout",
      "passin",
    ],
  });
  const [command, ...operands] = options.operands.map((word) => literalOf(word) ?? "");
  const files = OUTPUTS_OF_OPENSSL.flatMap((name) => options.values(name)).filter((file) => literalOf(file) !== "-");
  return {
    operations: [
      ...files.flatMap((file) => write(absolute(file, call.directory), NOT_SHOWN)),
      ...besides(call, options, command ?? "", operands),
    ],
    stdout: literalOf(options.value("out") ?? ["-"]) === "-" ? hole("the output of openssl") : EMPTY,
  };
}

/** Options that name a file which openssl writes. */
const OUTPUTS_OF_OPENSSL = [
  ...["out", "keyout", "outpubkey", "certsout", "writerand", "sess_out", "CAserial", "keylogfile"],
];

/** What openssl writes without being told the name. */
function besides(call: Call, options: Options, command: string, operands: readonly string[]): readonly FileOperation[] {
  const reason = writtenFilesUnknown("openssl");
  if (command === "rehash") {
    const folders = operands.length === 0 ? ["/etc/ssl/certs"] : operands;
    return folders.map((folder) => mightWrite(absolute([folder], call.directory), reason));
  }
  // Its database and the folder of new certificates stand in its configuration.
  if (command === "ca") return [{ do: "might-write", scope: { kind: "anywhere" }, reason }];
  const key = command === "req" && options.has("newkey", "new", "x509") && !options.has("keyout", "key");
  const serial = options.value("CA");
  return [
    // The usual configuration names it so.
    ...(key ? [mightWrite(absolute(["privkey.pem"], call.directory), reason)] : []),
    ...(serial !== undefined && options.has("CAcreateserial") && !options.has("CAserial")
      ? [serialOf(absolute(serial, call.directory))]
      : []),
  ];
}

/** The file of serial numbers beside a CA: `ca.srl` of `ca.pem`. */
function serialOf(ca: Text): FileOperation {
  const path = literalOf(ca);
  return mightWrite(path === undefined ? ca : [`${path.replace(/\.[^./]*$/, "")}.srl`], writtenFilesUnknown("openssl"));
}

/** cfssljson -bare NAME writes NAME.pem, NAME-key.pem and NAME.csr (cfssl/cmd/cfssljson). */
export function cfssljson(call: Call): Outcome {
  const options = readOptions(call.args, { oneDash: true, longValues: ["f"] });
  const [name = ["cert"]] = options.operands;
  if (!options.has("bare")) return { operations: [mightWrite(call.directory, writtenFilesUnknown("cfssljson"))] };
  const path = absolute(name, call.directory);
  return { operations: [".pem", "-key.pem", ".csr"].flatMap((end) => write(joined(path, [end]), NOT_SHOWN)) };
}

/** The system's trust store is rebuilt from its parts. */
export function updateTrustStore(call: Call): Outcome {
  const reason = writtenFilesUnknown(call.name);
  return {
    operations: ["/etc/ssl/certs", "/etc/pki/ca-trust"].map((path) => ({
      do: "might-write",
      scope: { kind: "below", path },
      reason,
    })),
  };
}
