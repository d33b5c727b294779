import type { Call, Model, Outcome } from "./call";
import { type OptionSpec, type Options, readOptions } from "./options";
import { hole } from "./text";

/** A spec that lists all options of a program. */
export type CompleteSpec = OptionSpec & Required<Pick<OptionSpec, "switches" | "longSwitches">>;

/** A model of a program all of whose options are listed: what it does with any other is not known. */
export function withOptions(spec: CompleteSpec, model: (call: Call, options: Options) => Outcome): Model {
  return (call) => {
    const options = readOptions(call.args, spec);
    if (options.isUnknown) return { unread: { id: "option-not-known", data: { program: call.name } } };
    const stdout = hole(`the output of ${call.name}`);
    // They print, and do nothing else.
    if (options.has("help", "version")) return { stdout };
    const prints = options.has("v", "verbose", "debug");
    return { ...(prints ? { stdout } : {}), ...model(call, options) };
  };
}
