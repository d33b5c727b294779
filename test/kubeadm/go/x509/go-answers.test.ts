import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { chainsTo } from "../../../../cluster/certificates/chains-to";
import { loadCaPool } from "../../../../kubeadm/go/x509/ca-pool";
import { decodePem } from "../../../../kubeadm/go/x509/decode-pem";
import { loadKeyPair } from "../../../../kubeadm/go/x509/key-pair";
import { parseX509 } from "../../../../kubeadm/go/x509/x509";
import answers from "./go-answers.json";

/**
 * What Go 1.26.8 itself answered: tls.X509KeyPair (`pair`), a pool as etcd loads it (`pool`), x509.ParseCertificate
 * (`certificate`), Certificate.Verify (`chain`), pem.Decode (`pem`). Certificates and keys were made for the purpose and
 * then damaged at random; of some 100,000 questions one for each answer is kept. The keys protect nothing.
 */
const { chain, certificate, pair, pem, pool } = answers;

function textOf(result: { readonly ok: true } | { readonly ok: false; readonly error: string }): string {
  return result.ok ? "ok" : result.error;
}

describe("Go's own answers", () => {
  it.each(pem.map((one) => ({ ...one, name: JSON.stringify(one.text.slice(0, 60)) })))(
    "the blocks of $name",
    ({ text, blocks }) => {
      const found = decodePem(text).map(({ type, hasHeaders, bytes }) => {
        return { type, hasHeaders, sha256: createHash("sha256").update(bytes).digest("hex") };
      });
      expect(found).toEqual(blocks);
    },
  );

  it.each(pair)("a certificate and a key: $answer", ({ certificate: certificatePem, key, answer }) => {
    expect(textOf(loadKeyPair(certificatePem, key))).toBe(answer);
  });

  it.each(pool)("a CA file: $answer", ({ text, answer }) => {
    expect(textOf(loadCaPool(text))).toBe(answer);
  });

  it.each(certificate)("a certificate: $answer", ({ der, answer }) => {
    expect(textOf(parseX509(Buffer.from(der, "base64")))).toBe(answer);
  });

  it.each(chain)("a chain for $usage: $answer", ({ leaf, roots, usage, host, now, answer }) => {
    const verdict = chainsTo({
      leafPem: leaf,
      trustedCaPem: roots,
      usage: usage === "clientAuth" ? "clientAuth" : "serverAuth",
      now: Date.parse(now),
      ...(host === "" ? {} : { host }),
    });
    expect(verdict.ok ? "ok" : verdict.fault.error).toBe(answer);
  });
});
