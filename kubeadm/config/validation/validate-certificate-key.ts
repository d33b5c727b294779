import { invalid, type RuleFault } from "./rule-fault";

const KEY_BYTES = 32;

/** validation.go ValidateCertificateKey (1.30.14 to 1.37.2). The key itself is not repeated. */
export function validateCertificateKey(key: string, path: RuleFault["path"]): readonly RuleFault[] {
  if (key === "") return [];
  const bad = /[^0-9a-fA-F]/u.exec(key);
  if (bad !== null || key.length % 2 !== 0) {
    const why = bad === null ? "encoding/hex: odd length hex string" : "encoding/hex: invalid byte";
    return [invalid("certificateKeyInvalid", path, "***", `certificate key decoding error: ${why}`)];
  }
  const size = key.length / 2;
  if (size === KEY_BYTES) return [];
  const words = `invalid certificate key size ${size}, the key must be an AES key of size ${KEY_BYTES}`;
  return [invalid("certificateKeyInvalid", path, "***", words)];
}
