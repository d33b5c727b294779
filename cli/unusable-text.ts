/** How the kubeadm-config is printed so that it can be read here. */
export const GET_CONFIG_MAP = "kubectl -n kube-system get configmap kubeadm-config -o yaml";

/**
 * Why a text that was handed over as a kubeadm-config is something else that people save by mistake: a shell's prompt
 * before it, what kubectl prints without `-o yaml`, an error message. A sentence with what to do; undefined for all that may
 * be one. Looks at the first lines only, which YAML and JSON of a kubeadm-config never begin with.
 */
export function unusableText(text: string): string | undefined {
  const [first = "", second = ""] = text
    .slice(0, LOOKED_AT)
    .replace(/^\ufeff/, "")
    .trimStart()
    .split(/\r?\n/);
  if (first === "") return `It is empty. Get it with ${GET_CONFIG_MAP}.`;
  if (/^Name:\s+\S/.test(first) && /^Namespace:\s/.test(second))
    return `It is what kubectl describe prints. Get it with ${GET_CONFIG_MAP}.`;
  if (/^(?:NAMESPACE +)?NAME +[A-Z]{2}/.test(first))
    return `It is what kubectl get prints without -o yaml. Get it with ${GET_CONFIG_MAP}.`;
  if (/^(?:Error from server\b|The connection to the server\b|Unable to connect to the server\b|error: )/.test(first))
    return `It is an error message of kubectl. Get it with ${GET_CONFIG_MAP}.`;
  if (first.startsWith("-----BEGIN "))
    return `It is a certificate or a key in PEM. Get the ConfigMap with ${GET_CONFIG_MAP}.`;
  if (/^(?:diff --git |--- \S)/.test(first) && /^(?:\+\+\+|index|---|new file|old mode) /.test(second))
    return `It is a difference between two files. Apply it to the file, or get the ConfigMap with ${GET_CONFIG_MAP}.`;
  if (/^\[[a-z][\w/-]*\] [A-Z]/.test(first))
    return `It is what kubeadm prints while it runs. Get the ConfigMap with ${GET_CONFIG_MAP}.`;
  if (/^#! ?\//.test(first)) return `It is a script. Get the ConfigMap with ${GET_CONFIG_MAP}.`;
  if (/^#cloud-config\b/.test(first))
    return `It is user data of cloud-init. Save the text that its write_files writes, or get the ConfigMap with ${GET_CONFIG_MAP}.`;
  const content = text.split(/\r?\n/, MOST_COMMENTS).find((line) => line.trim() !== "" && !/^\s*#/.test(line));
  if (content === undefined && text.length < LOOKED_AT)
    return `It holds nothing but comments. Get it with ${GET_CONFIG_MAP}.`;
  if (content !== undefined && (SECTION.test(content) || INVENTORY_HOST.test(content)))
    return `It is an INI file, such as an inventory of Ansible, which --inventory takes. Get the ConfigMap with ${GET_CONFIG_MAP}.`;
  if (/^<(?:!doctype|html)\b/i.test(first)) return `It is a web page. Get it with ${GET_CONFIG_MAP}.`;
  if (!FIELD.test(first) && PROMPT.test(first))
    return `Its first line is a command as a shell shows it, which is not YAML. Take that line out, or save what ${GET_CONFIG_MAP} prints.`;
  return undefined;
}

const LOOKED_AT = 4096;
const MOST_COMMENTS = 200;

/** `[kube_control_plane]`, `[etcd:children]`: begins an INI file, and no YAML of kubeadm's. */
const SECTION = /^\[[\w.-]+(?::\w+)?\]\s*(?:[#;]|$)/;

/** `master01 ansible_host=10.0.0.1`. */
const INVENTORY_HOST = /^[\w.-]+ (?:\w+=\S* )*(?:ansible_\w+|ip|access_ip)=/;

/** `$ kubectl …`, `root@cp1:~# cat …`, `PS C:\\> kubectl …`, `[root@cp1 ~]$ …`, and the command alone. */
const PROMPT =
  /^(?:(?:[^\s{"'#][^{"']{0,120})?[$%>] ?|[^\s{"'#][^{"']{0,120}# ?)?(?:sudo )?(?:kubectl|k|oc|cat|k3s|microk8s|ssh) \S/;

/** `apiVersion: v1 # cat …` is YAML. */
const FIELD = /^[\w.-]+:(?:\s|$)/;
