/** What the program and its commands say of themselves. */
export const help = {
  program: `kubeadm-guard checks, before an upgrade, that every control-plane node can use the cluster's shared kubeadm configuration.

Usage: kubeadm-guard COMMAND [options]

  check     Checks a kubeadm-config before kubeadm is run.
  baseline  Writes the current findings to a file, so that check fails only for new ones.
  record    Records a kubeadm-config and the reason for it, to detect drift and to compare environments.
  explain   Prints the page of a policy, or what settles an undecided reason; needs no network.
  collect   Prints a script or manifest that lists the files of the nodes, for check --nodes.
  report    Makes one HTML page of the JSON reports of many clusters, or prints them in another format.

kubeadm-guard check --help lists the options, kubeadm-guard --version prints the version. Exit codes: 0 nothing that fails the run (--fail-on), 1 findings that do,
2 no such finding and something is undecided, 3 usage error, or a file that cannot be read or written.
`,
  check: `Checks a kubeadm-config before kubeadm is run, and predicts what kubeadm will say on each control-plane node.

Usage: kubeadm-guard check --kubeadm-config FILE|- [options]

  --kubeadm-config FILE|-  The kubeadm-config: a ConfigMap as kubectl prints it, or a file for kubeadm; YAML or JSON.
                           - is standard input, which is also read where the option is left out.
  --live                   Ask kubectl for the kubeadm-config, the nodes and what the API servers run with; with
                           --context NAME and --kubeconfig FILE as for kubectl.
  --nodes LISTING          What is on the nodes' disks: {controlPlane: [{name, addresses}], etcdHosts,
                           files: {NODE: [{path, link, mode, sha256 or content}]}, searched: [folders]}.
                           A pulumi stack export of the stack that makes the nodes will do as well.
  --inventory FILE|FOLDER  A Kubespray inventory, or the folder of one; group_vars and host_vars beside it are read
                           as well.
  --kubespray RELEASE      The Kubespray release that last ran on the cluster, such as v2.26.0, or a branch.
                           Two releases, v2.25.0..v2.28.0, follow the upgrade path: for each step, what the
                           kubeadm-config names and where kubeadm would fail, up to --upgrade-to.
  --kubeadm VERSION        The kubeadm to check against: 1.30, v1.30 or v1.30.14. Default: the release of
                           --upgrade-to, else of the config's kubernetesVersion, else the newest known.
  --step upgrade|init      What is to be run: kubeadm upgrade node (default), or kubeadm init.
  --upgrade-to VERSION     The version of Kubernetes that the cluster is to be upgraded to; shows the upgrade path.
  --upgrade-kubespray-to RELEASE
                           The Kubespray release that is to run the upgrade.
  --record FILE            The record of this kubeadm-config (kubeadm-guard record): drift from it is reported field by field.
  --compare FILE           The record of another environment, or {record: FILE, allow: [{field, reason}]}: differences
                           are reported unless they are allowed.
  --accept FILE            Findings that are accepted, each with a reason and a last day:
                           accept: [{policy, cluster, node, path, reason, until}]. They are listed and do not fail.
  --baseline FILE          Findings that are already known (kubeadm-guard baseline): they are listed and do not fail.
  --format FORMAT          What is printed: text (default), json, sarif, junit, markdown, github, gitlab or
                           html.
  --report FILE            Write a report as well, in the format of the name: .json, .sarif, .xml (JUnit),
                           .md, .html, .txt or code-quality.json (GitLab). May be given several times.
  --fix-script FILE        Write a shell script that gives each node the files it lacks, node by node, as far as that is
                           certain: sh FILE show|apply|verify|undo. It changes no exit code.
  --explain NODE:PATH      Print every operation that touched a path on a node, in order, and what is taken to be there
                           now, instead of the report; with --format json, beside it. May be given several times.
  --fail-on LEVEL          The lowest level that fails the run: mandatory (default), advisory or undecided.
  --verbose                List each policy with its outcome, and why some do not apply.
  -h, --help               This text.

Exit codes: 0 nothing at or above --fail-on; 1 findings at or above it; 2 no such finding, and something is undecided;
3 usage error, or a file that cannot be read or written. What is accepted, known
or a remark never fails a run.

  kubectl -n kube-system get configmap kubeadm-config -o yaml |
    kubeadm-guard check --inventory inventory.ini --kubespray v2.26.0
`,
  baseline: `Writes the current findings of check to a file for version control: check --baseline FILE and the
setting kubeadm-guard:baseline list them from then on, and only others fail. What is accepted is left out.

Usage: kubeadm-guard baseline --out FILE [options of check]
       kubeadm-guard baseline REPORT.json... --out FILE

  REPORT.json              Take the findings of JSON reports, such as a preview writes (setting kubeadm-guard:reports).
  --out FILE               The baseline (JSON). The same findings give the same bytes.
  -h, --help               This text. kubeadm-guard check --help lists the options of check.

Exit codes: 0 written; 3 usage error, unusable input or output.

  kubectl -n kube-system get configmap kubeadm-config -o yaml |
    kubeadm-guard baseline --inventory inventory.ini --out prod.baseline.json
`,
  record: `Records a kubeadm-config in a file for version control: what it is, since when, by whom and why.

Usage: kubeadm-guard record --out FILE --reason TEXT [options]

  --out FILE               The record (YAML). If it exists, its history gets another entry; if nothing has
                           changed, it is left as it is.
  --reason TEXT            Why the configuration is as it is, or why it changed.
  --by NAME                Who records it. Default: the author that git would use here.
  --kubeadm-config FILE|-  The kubeadm-config, as for check; standard input where it is left out.
  --live, --context NAME, --kubeconfig FILE, --nodes LISTING, --inventory FILE, --kubespray RELEASE,
  --kubeadm VERSION
                           As for check. With them the record also lists the files that every control-plane node has.
  -h, --help               This text.

Exit codes: 0 recorded, or nothing has changed; 3 usage error, unusable input or output.

  kubectl -n kube-system get configmap kubeadm-config -o yaml |
    kubeadm-guard record --out prod.record.yaml --reason "after the upgrade to 1.31"
`,
  report: `Makes one HTML page, with an overview, of the JSON reports of many clusters. The page needs no network.

Usage: kubeadm-guard report FILE.json... --out FILE.html
       kubeadm-guard report FILE.json... --format github|markdown|text

  FILE.json        What kubeadm-guard check --report FILE.json wrote, or a preview (kubeadm-guard:reports).
  --out FILE       The page.
  --format FORMAT  Print the reports instead, one after the other: as annotations of a run of GitHub Actions, as
                   Markdown, or as text.
  -h, --help       This text.

Exit codes: 0 written; 3 usage error, or a file that cannot be read or written.
`,
  explain: `Prints the page of a policy, or what settles an undecided reason; without an id, all ids. Needs no network.

Usage: kubeadm-guard explain [ID|"MESSAGE"]

  ID          A policy such as external-etcd-files-on-every-control-plane-node, or the reason of something undecided.
  "MESSAGE"   An error message, a field or a symptom: lists the policies about it.
  -h, --help  This text.

kubeadm-guard check --explain NODE:PATH explains a file on a node.
`,
  collect: `Prints a script that lists the files of the nodes, for your own transport. It changes nothing on them, and no private key
leaves a node: of a key only the SHA-256 of its public half is listed.

Usage: kubeadm-guard collect [options]

  --format sh              A POSIX shell script (default). The outputs of several nodes, one after the other, are one listing:
                             for h in master01 master02 master03; do ssh $h sudo sh -s < collect.sh; done > nodes.yaml
  --format ansible         A playbook for the inventory: ansible-playbook -i inventory.ini collect.yml
  --format daemonset       A manifest for clusters without ssh; its first lines say how to read and remove it.
  --kubeadm-config FILE|-  Search the folders of the files that etcd.external names as well.
  --folder FOLDER          Search this folder as well; may be given several times.
  --image IMAGE            The image of the DaemonSet; it needs sh, find, readlink and openssl.
  -h, --help               This text.

Exit codes: 0 printed; 3 usage error or unusable input.
`,
} as const;
