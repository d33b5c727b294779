/** The URN of a resource in the stack. */
export type Urn = string & { readonly __brand: "Urn" };

/** Where evidence comes from, in words that people recognize. Never holds a property's value. */
export interface Source {
  /** The resource's name, or the place in the settings: `etcd-certs-master01`, `clusters[prod].files[2]`. */
  readonly name: string;
  /** The resource's type token, or the kind of document: `command:remote:CopyToRemote`, `settings`, `kubespray`. */
  readonly kind: string;
  readonly urn?: Urn;
}
