const FOLDER = "/etc/ssl/etcd/ssl";
const FIRST_LINES = {
  broken: "# Each master has its own pair; the shared configuration names the last one's. Refused.",
  fixed: "# One host-neutral name on all masters. Accepted.",
  symlinks: `# Each master links the other masters' names to its own pair, as Kubespray does since 2.26.1. Accepted.
# Ansible makes the links, where no Pulumi program can see them: so they are declared here.`,
};

/** The text of `Pulumi.VARIANT.yaml` for that number of masters. */
export function stackConfig(variant, masterCount) {
  const lines = [
    FIRST_LINES[variant],
    "config:",
    `  kubeadm-guard-demo:variant: ${variant}`,
    `  kubeadm-guard-demo:masters: ${masterCount}`,
  ];
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
