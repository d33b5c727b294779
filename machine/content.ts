import type { Urn } from "./source";

/** What is known of a file's bytes. */
export type Content =
  /** The bytes, as text (PEM). May hold a key: never printed. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "sha256"; readonly sha256: string }
  /** A PEM that a tls resource makes: its facts are known from that resource's inputs. */
  | { readonly kind: "tls"; readonly urn: Urn; readonly property: string }
  /** The bytes will be known after the update; `waitsFor` names what they come from, as far as that is known. */
  | { readonly kind: "unknown-until-update"; readonly waitsFor: readonly string[] }
  /**
   * The program shows no content and promises none (a FileAsset, a declared path). `localFile` is the file that is copied, as
   * seen from the folder in which the program runs.
   */
  | { readonly kind: "not-shown"; readonly localFile?: string };
