import type { FileOperation } from "../../machine/file-operation";
import type { Call, Model } from "../call";
import { absolute, mightWrite, NOT_SHOWN, write, writtenFilesUnknown } from "../file-operations";
import { type OptionSpec, readOptions } from "../options";
import { EMPTY, hole, joined, literalOf, type Text } from "../text";

/** A program that prints, unless an option or an operand names a file for that. */
interface Printer extends OptionSpec {
  /** Options that name the file which it writes. */
  readonly outputs?: readonly string[];
  /** Its second operand is a file that it writes: `uniq FROM TO`. */
  readonly second?: true;
  /** Options with which it changes its operands in place. */
  readonly inPlace?: readonly string[];
  /** Its exit code is an answer. */
  readonly asks?: true;
}

function printer({ outputs = [], second, inPlace = [], asks, ...spec }: Printer): Model {
  return (call) => {
    const options = readOptions(call.args, spec);
    const named = [...options.values(...outputs), ...(second === true ? options.operands.slice(1, 2) : [])];
    const written = named
      // sort takes it for the name of a file.
      .filter((file) => literalOf(file) !== "-" || call.name === "sort")
      .flatMap((file) => write(absolute(file, call.directory), NOT_SHOWN));
    // Which of the operands are files depends on more.
    const changed = options.has(...inPlace) ? options.operands.map((file) => mayWrite(call, file)) : [];
    return {
      operations: [...written, ...changed],
      stdout: hole(`the output of ${call.name}`),
      ...(asks === true ? { asks } : {}),
    };
  };
}

function mayWrite(call: Call, file: Text, end = ""): FileOperation {
  return mightWrite(joined(absolute(file, call.directory), [end]), writtenFilesUnknown(call.name));
}

export const sort = printer({
  values: "kStTo",
  longValues: [
    "key",
    "buffer-size",
    "field-separator",
    "temporary-directory",
    "output",
    "batch-size",
    "compress-program",
  ],
  outputs: ["o", "output"],
});
export const uniq = printer({
  values: "fsw",
  longValues: ["skip-fields", "skip-chars", "check-chars"],
  second: true,
});
export const xxd = printer({ values: "clnosgR", second: true });
export const gpg = printer({
  values: "oru",
  longValues: ["output", "recipient", "local-user", "homedir", "passphrase", "passphrase-file", "keyring", "keyserver"],
  outputs: ["o", "output"],
});
export const yq = printer({ inPlace: ["i", "inplace", "in-place"], asks: true });
export const op = printer({ values: "o", longValues: ["out-file", "output"], outputs: ["o", "out-file", "output"] });

/** ssh-keygen -f FILE: FILE and FILE.pub, where it makes a key. */
export function sshKeygen(call: Call): ReturnType<Model> {
  const options = readOptions(call.args, { values: "abCDEFfGIMmNnOPRrSTtVWwYzZ" });
  const file = options.value("f") ?? EMPTY;
  const operations = file.length === 0 ? [] : [mayWrite(call, file), mayWrite(call, file, ".pub")];
  return { operations, stdout: hole("the output of ssh-keygen") };
}

/** etcdctl snapshot save FILE; all else that it does is in etcd. */
export function etcdctl(call: Call): ReturnType<Model> {
  const { operands } = readOptions(call.args, {});
  const at = operands.findIndex((word) => literalOf(word) === "save");
  const file = at < 0 ? undefined : operands[at + 1];
  return {
    operations: file === undefined ? [] : [mayWrite(call, file)],
    stdout: hole("the output of etcdctl"),
    asks: true,
  };
}

/** keytool: which of the files that it is given it writes, the command says (`-exportcert`, `-genkeypair`). */
export function keytool(call: Call): ReturnType<Model> {
  const options = readOptions(call.args, { oneDash: true, longValues: [...FILES_OF_KEYTOOL, "alias", "storepass"] });
  const files = FILES_OF_KEYTOOL.flatMap((name) => options.values(name));
  return { operations: files.map((file) => mayWrite(call, file)), stdout: hole("the output of keytool") };
}

const FILES_OF_KEYTOOL = ["file", "keystore", "destkeystore"];

/** helm: charts and what `template` prints may go to a folder; all else that it does is in the cluster. */
export function helm(call: Call): ReturnType<Model> {
  const options = readOptions(call.args, {
    values: "dfn",
    longValues: ["output-dir", "destination", "values", "set", "version"],
  });
  const folders = options.values("output-dir", "d", "destination");
  return { operations: folders.map((folder) => mayWrite(call, folder)), stdout: hole("the output of helm") };
}
