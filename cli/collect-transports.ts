import { dump } from "js-yaml";

/** The script as an Ansible playbook that runs it on every host and joins what it prints in nodes.yaml beside the playbook. */
export function ansiblePlaybook(script: string): string {
  return `# Collects what lies in the folders of the nodes' certificates. It changes nothing on them.
#   ansible-playbook -i inventory.ini collect.yml
#   kubeadm-guard check --live --nodes nodes.yaml
- hosts: kube_control_plane:etcd
  gather_facts: false
  become: true
  tasks:
    - name: List the files
      ansible.builtin.shell:
        cmd: sh -s
        stdin: !unsafe |
${indented(script, 10)}
      environment:
        KUBEADM_GUARD_NODE: "{{ inventory_hostname }}"
        KUBEADM_GUARD_ROLE: "{{ 'controlPlane' if inventory_hostname in groups['kube_control_plane'] else 'etcdHosts' }}"
      register: listed
      changed_when: false
      check_mode: false
    - name: Write nodes.yaml
      ansible.builtin.copy:
        dest: "{{ playbook_dir }}/nodes.yaml"
        content: "{{ ansible_play_hosts | map('extract', hostvars, ['listed', 'stdout']) | join('\\n') }}\\n"
        mode: "0644"
      delegate_to: localhost
      become: false
      run_once: true
      check_mode: false
`;
}

/** Small, and has openssl: without it the keys' public halves stay unknown. */
const IMAGE = "alpine/openssl:latest";
const NAMESPACE = "kubeadm-guard-collect";

/** The script as a DaemonSet on the control-plane nodes, with the commands that read what it prints and remove it again. */
export function collectDaemonSet(script: string, image = IMAGE): string {
  const labels = { app: NAMESPACE };
  const objects: readonly object[] = [
    {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: NAMESPACE, labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "collect", namespace: NAMESPACE },
      data: { "collect.sh": script },
    },
    {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: "collect", namespace: NAMESPACE },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            nodeSelector: { "node-role.kubernetes.io/control-plane": "" },
            tolerations: [{ operator: "Exists" }],
            containers: [
              {
                name: "collect",
                image,
                command: ["sh", "-c", "sh /collect/collect.sh; while :; do sleep 3600; done"],
                env: [
                  { name: "KUBEADM_GUARD_ROOT", value: "/host" },
                  { name: "KUBEADM_GUARD_NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
                ],
                securityContext: { runAsUser: 0, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
                volumeMounts: [
                  { name: "host", mountPath: "/host", readOnly: true },
                  { name: "collect", mountPath: "/collect", readOnly: true },
                ],
              },
            ],
            volumes: [
              { name: "host", hostPath: { path: "/" } },
              { name: "collect", configMap: { name: "collect" } },
            ],
          },
        },
      },
    },
  ];
  const head = `# Lists the files of the control-plane nodes for clusters without ssh. It mounts their disks read-only.
#   kubectl apply -f collect.yaml
#   kubectl -n ${NAMESPACE} rollout status daemonset/collect
#   kubectl -n ${NAMESPACE} logs -l app=${NAMESPACE} --tail=-1 --max-log-requests=100 > nodes.yaml
#   kubectl delete -f collect.yaml
#   kubeadm-guard check --live --nodes nodes.yaml
`;
  return head + objects.map((object) => `---\n${dump(object, { lineWidth: -1, noRefs: true })}`).join("");
}

function indented(text: string, columns: number): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : " ".repeat(columns) + line))
    .join("\n");
}
