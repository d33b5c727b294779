import type { CertificateFacts, KeyIdentity } from "./certificate-facts";

/** What is known of a PEM that does not exist yet, from the resource that will make it. */
export type PlannedPem =
  | { readonly kind: "private-key"; readonly key: KeyIdentity }
  | {
      readonly kind: "certificate";
      readonly certificate: CertificateFacts;
      /** Its subject and that of its issuer, to be compared with those of other planned certificates; undefined where they are not known. */
      readonly subject?: string | undefined;
      readonly issuer?: string | undefined;
    };
