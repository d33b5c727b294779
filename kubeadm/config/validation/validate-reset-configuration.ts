import { validateCriSocket } from "./node-registration";
import { invalid, type RuleFault } from "./rule-fault";
import { validateAbsolutePath } from "./validate-absolute-path";

export interface ResetConfiguration {
  readonly certificatesDir: string;
  readonly criSocket: string;
  readonly unmountFlags: readonly string[];
}

const UNMOUNT_FLAGS = ["MNT_FORCE", "MNT_DETACH", "MNT_EXPIRE", "UMOUNT_NOFOLLOW"];

/** validation.go ValidateResetConfiguration (1.30.14 to 1.37.2). */
export function validateResetConfiguration(reset: ResetConfiguration): readonly RuleFault[] {
  const { certificatesDir, criSocket, unmountFlags } = reset;
  return [
    ...validateCriSocket(criSocket, ["criSocket"]),
    ...(certificatesDir === "" ? [] : validateAbsolutePath(certificatesDir, ["certificatesDir"])),
    ...unmountFlags.flatMap((flag, index) =>
      UNMOUNT_FLAGS.includes(flag)
        ? []
        : [invalid("unmountFlagUnknown", ["unmountFlags"], `index ${index}`, `unknown unmount flag ${flag}`)],
    ),
  ];
}
