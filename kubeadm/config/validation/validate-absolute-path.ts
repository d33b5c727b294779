import { invalid, type RuleFault } from "./rule-fault";

/** validation.go ValidateAbsolutePath (1.30.14 to 1.37.2). */
export function validateAbsolutePath(text: string, path: RuleFault["path"]): readonly RuleFault[] {
  return text.startsWith("/") ? [] : [invalid("pathNotAbsolute", path, text, "path is not absolute")];
}
