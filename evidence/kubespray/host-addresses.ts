import type { Value } from "../value";

/**
 * The addresses of a host, in the order in which they are best known: ansible_host (where SSH goes), ip, access_ip and
 * their IPv6 and etcd kin (what etcd's endpoints hold). Templates and what is not text are left out.
 *
 * Source: Kubespray docs/ansible/vars.md and docs/ansible/inventory.md; ip6 and access_ip6 since v2.28.0.
 */
export function hostAddresses(variable: (name: string) => Value): readonly string[] {
  const values = ADDRESS_VARIABLES.map(variable);
  return [...new Set(values.filter((value) => typeof value === "string"))].filter(
    (value) => value !== "" && !value.includes("{{") && !value.includes("{%"),
  );
}

const ADDRESS_VARIABLES = [
  "ansible_host",
  "ansible_ssh_host",
  "ip",
  "access_ip",
  "ip6",
  "access_ip6",
  "etcd_address",
  "etcd_access_address",
];
