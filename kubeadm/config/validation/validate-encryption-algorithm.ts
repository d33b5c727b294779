import { goQuote } from "../../go/go-syntax";
import { invalid, type RuleFault } from "./rule-fault";

/** validation.go ValidateEncryptionAlgorithm (1.30.14 to 1.37.2); ECDSA-P384 came with 1.34. */
export function validateEncryptionAlgorithm(algorithm: string | undefined, minor: number): readonly RuleFault[] {
  const known = ["ECDSA-P256", ...(minor >= 34 ? ["ECDSA-P384"] : []), "RSA-2048", "RSA-3072", "RSA-4096"];
  if (algorithm === undefined || known.includes(algorithm)) return [];
  const words = `Invalid encryption algorithm ${goQuote(algorithm)}. Must be one of [${known.join(" ")}]`;
  return [invalid("encryptionAlgorithmUnknown", ["encryptionAlgorithm"], algorithm, words)];
}
