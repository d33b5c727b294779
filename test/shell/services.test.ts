import { describe, expect, it } from "vitest";
import { readShellText } from "../../shell/read-shell-text";
import { sayOperation } from "./say-operation";

/** A text that writes a unit with these lines of its service, and then goes on. */
function withUnit(name: string, service: string, then: string): string {
  return `cat > /etc/systemd/system/${name} <<'END'\n[Service]\n${service}\nEND\n${then}`;
}

/** What the text does after it has written the unit. */
function after(text: string): readonly string[] {
  return readShellText(text, { user: "root" }).operations.map(sayOperation).slice(1);
}

const COPIES = "Type=oneshot\nExecStartPre=-/bin/mkdir -p /etc/ssl\nExecStart=/bin/cp -T /opt/ca.pem /etc/ssl/ca.pem";
const DONE = ["make folder /etc/ssl", "copy /opt/ca.pem at /etc/ssl/ca.pem"];

describe("a service whose unit the same text wrote", () => {
  it.each<[string, string, readonly string[]]>([
    ["runs when it is started", withUnit("pki.service", COPIES, "systemctl start pki"), DONE],
    [
      "runs when it is enabled now",
      withUnit("pki.service", COPIES, "sudo systemctl daemon-reload && sudo systemctl enable --now pki.service"),
      DONE,
    ],
    ["runs when its timer is started", withUnit("pki.service", COPIES, "systemctl start pki.timer"), DONE],
    [
      "runs for an instance of its template",
      withUnit("copy@.service", "ExecStart=/bin/cp -T /opt/%i.pem /etc/%i.pem", "systemctl restart copy@ca"),
      ["copy /opt/ca.pem at /etc/ca.pem"],
    ],
    [
      "may run later where it is only enabled",
      withUnit("pki.service", COPIES, "systemctl enable pki"),
      ["make folder /etc/ssl", "might write /etc/ssl/ca.pem: runs when the machine starts again"],
    ],
    [
      "may do anything with a program that is not known",
      withUnit("pki.service", "ExecStart=/opt/fetch-certificates --all", "systemctl start pki"),
      ["might write anywhere: runs /opt/fetch-certificates"],
    ],
    ["does nothing while it is only there", withUnit("pki.service", COPIES, "systemctl daemon-reload"), []],
    ["does nothing when another is started", withUnit("pki.service", COPIES, "systemctl restart kubelet"), []],
    ["does nothing when it is stopped", withUnit("pki.service", COPIES, "systemctl stop pki"), []],
  ])("%s", (_title, text, operations) => {
    expect(after(text)).toEqual(operations);
  });

  it("runs kubeadm as if the text ran it", () => {
    const text = withUnit("up.service", "ExecStart=/usr/bin/kubeadm init --config /etc/k.yaml", "systemctl start up");
    expect(readShellText(text, { user: "root" }).kubeadm).toMatchObject([{ command: "init", config: true }]);
  });
});
