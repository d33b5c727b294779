const FOLDER = "/etc/ssl/etcd/ssl";

/** The stack configuration of a variant of the example, for that number of masters: as the committed ones are for three. */
export function stackConfig(variant, masterCount) {
  const lines = ["config:", `  kubeadm-guard-demo:variant: ${variant}`, `  kubeadm-guard-demo:masters: ${masterCount}`];
  const links = variant === "symlinks" ? linksOf(masterCount) : [];
  if (links.length > 0) lines.push("  kubeadm-guard:clusters:", "    - name: kubespray-11500", "      files:");
  return `${[...lines, ...links].join("\n")}\n`;
}

function linksOf(masterCount) {
  const masters = Array.from({ length: masterCount }, (_, index) => `master${String(index + 1).padStart(2, "0")}`);
  return masters.flatMap((self) =>
    masters
      .filter((other) => other !== self)
      .flatMap((other) => [`${other}.pem`, `${other}-key.pem`])
      .map((file) => ({ path: `${FOLDER}/node-${file}`, link: `${FOLDER}/node-${file.replace(/^master\d+/, self)}` }))
      .map(({ path, link }) => `        - { nodes: [${self}], path: ${path}, link: ${link} }`),
  );
}
