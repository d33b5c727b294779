import type { Call, Outcome } from "../call";
import { absolute, mightWrite, NOT_SHOWN, write, writtenFilesUnknown } from "../file-operations";
import { readOptions } from "../options";
import { EMPTY, hole, joined } from "../text";

/** openssl: whatever the subcommand, `-out` and `-keyout` name the files it writes. */
export function openssl(call: Call): Outcome {
  const options = readOptions(call.args, {
    oneDash: true,
    longValues: ["out", "keyout", "in", "inkey", "CA", "CAkey"],
  });
  const files = [options.value("out"), options.value("keyout")].filter((file) => file !== undefined);
  return {
    operations: files.flatMap((file) => write(absolute(file, call.directory), NOT_SHOWN)),
    stdout: options.has("out") ? EMPTY : hole("the output of openssl"),
  };
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
