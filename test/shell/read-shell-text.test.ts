import { describe, expect, it } from "vitest";
import { readShellText } from "../../shell/read-shell-text";
import { sayOperation } from "./say-operation";

/** What root's text does, in words. */
function does(text: string): readonly string[] {
  return readShellText(text, { user: "root" }).operations.map(sayOperation);
}

describe("copies and links", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "cp to a path that may be a folder",
      "cp -p /tmp/ca.pem /etc/ssl/etcd/ssl/ca.pem",
      ["copy /tmp/ca.pem at /etc/ssl/etcd/ssl/ca.pem or in it as ca.pem"],
    ],
    [
      "cp of two files into a folder",
      "cp /tmp/ca.pem /tmp/node.pem /etc/ssl/etcd/ssl",
      ["copy /tmp/ca.pem into /etc/ssl/etcd/ssl as ca.pem", "copy /tmp/node.pem into /etc/ssl/etcd/ssl as node.pem"],
    ],
    [
      "cp of a brace expansion into a folder",
      "cp /tmp/{ca,node-m1,node-m1-key}.pem /etc/ssl/etcd/ssl/",
      [
        "copy /tmp/ca.pem into /etc/ssl/etcd/ssl as ca.pem",
        "copy /tmp/node-m1.pem into /etc/ssl/etcd/ssl as node-m1.pem",
        "copy /tmp/node-m1-key.pem into /etc/ssl/etcd/ssl as node-m1-key.pem",
      ],
    ],
    [
      "cp -t with the folder first",
      "cp -a -t /etc/ssl /tmp/ca.pem",
      ["copy all of /tmp/ca.pem into /etc/ssl as ca.pem"],
    ],
    [
      "cp -T, where the target is never a folder to copy into",
      "cp -rT /tmp/certs /etc/ssl/etcd",
      ["copy all of /tmp/certs at /etc/ssl/etcd"],
    ],
    ["cp of all that is in a folder", "cp -r /tmp/certs/. /etc/ssl/etcd/", ["copy all of /tmp/certs at /etc/ssl/etcd"]],
    ["cp of a folder", "cp -r /tmp/certs /etc/ssl/", ["copy all of /tmp/certs into /etc/ssl as certs"]],
    [
      "cp of files by a pattern",
      "cp /tmp/certs/*.pem /etc/ssl/etcd/ssl/",
      ["each /tmp/certs/*.pem: copy into /etc/ssl/etcd/ssl"],
    ],
    [
      "cp from a path with an unknown variable",
      "cp $CERTS/ca.pem /etc/ssl/",
      ["might write /etc/ssl/ca.pem: what it puts there depends on $CERTS"],
    ],
    [
      "cp to a folder that is only a variable",
      "cp /tmp/ca.pem $CERTS",
      ["might write anywhere: writes to a path that depends on $CERTS"],
    ],
    [
      "cp into a folder that is only a variable",
      "cp /tmp/ca.pem $CERTS/",
      ["might write a file named ca.pem: writes to a path that depends on $CERTS"],
    ],
    [
      "cp to a name with a variable in a folder that is known",
      "cp /tmp/ca.pem /etc/ssl/etcd/ssl/node-$(hostname).pem",
      ["might write /etc/ssl/etcd/ssl/node-**.pem: writes to a path that depends on the output of hostname"],
    ],
    [
      "install with owner, group and mode",
      "sudo install -D -m 0600 -o root -g root /tmp/key.pem /etc/ssl/etcd/key.pem",
      ["copy /tmp/key.pem at /etc/ssl/etcd/key.pem (0600)"],
    ],
    [
      "install with its own mode where none is given",
      "install /tmp/a.pem /etc/ssl/etcd/",
      ["copy /tmp/a.pem into /etc/ssl/etcd as a.pem (0755)"],
    ],
    [
      "install -t with a long option",
      "sudo install --mode=u=rw,go= -t /etc/ssl/etcd /tmp/a.pem /tmp/b.pem",
      ["copy /tmp/a.pem into /etc/ssl/etcd as a.pem (0600)", "copy /tmp/b.pem into /etc/ssl/etcd as b.pem (0600)"],
    ],
    [
      "install of folders",
      "install -d -m 0700 /etc/ssl/etcd /etc/ssl/other",
      ["make folder /etc/ssl/etcd", "make folder /etc/ssl/other"],
    ],
    [
      "install of what a pipe brings",
      "echo x | sudo install -D -m 600 /dev/stdin /etc/ssl/a",
      ['put "x\\n" at /etc/ssl/a (0600)'],
    ],
    [
      "mv takes the source away",
      "mv -f /tmp/a.pem /tmp/b.pem /etc/ssl/etcd/",
      ["move /tmp/a.pem into /etc/ssl/etcd as a.pem", "move /tmp/b.pem into /etc/ssl/etcd as b.pem"],
    ],
    [
      "mv to an unknown folder still takes the source away",
      "mv /tmp/a.pem $D/",
      ["might write a file named a.pem: writes to a path that depends on $D", "remove /tmp/a.pem and all below"],
    ],
    [
      "ln -s with an absolute target",
      "ln -s /etc/ssl/etcd/ssl/node-m1.pem /etc/ssl/etcd/ssl/client.pem",
      ["link at /etc/ssl/etcd/ssl/client.pem or in it as node-m1.pem -> /etc/ssl/etcd/ssl/node-m1.pem"],
    ],
    [
      "ln -sfn with a relative target",
      "sudo ln -sfn node-m1.pem /etc/ssl/etcd/ssl/client.pem",
      ["link at /etc/ssl/etcd/ssl/client.pem -> node-m1.pem (replacing)"],
    ],
    [
      "ln -s with one operand, in the working folder",
      "cd /etc/ssl/etcd && ln -s /tmp/ca.pem",
      ["link into /etc/ssl/etcd as ca.pem -> /tmp/ca.pem"],
    ],
    ["ln without -s is another name for the same file", "ln /tmp/a /etc/a", ["copy /tmp/a at /etc/a or in it as a"]],
    [
      "ln -s to a target that is not known",
      "ln -sf node-$(hostname).pem /etc/ssl/client.pem",
      ["might write /etc/ssl/client.pem: puts files there whose names are not known"],
    ],
    ["rsync of what is in a folder", "rsync -a /tmp/certs/ /etc/ssl/etcd", ["copy all of /tmp/certs at /etc/ssl/etcd"]],
    ["a dry run of rsync", "rsync -an /tmp/certs/ /etc/ssl/etcd; rsync --dry-run -a /tmp/a /etc/a", []],
    [
      "rsync that deletes what the source does not have",
      "rsync -a --delete /tmp/certs/ /etc/ssl/etcd",
      ["might remove /etc/ssl/etcd: runs rsync --delete", "copy all of /tmp/certs at /etc/ssl/etcd"],
    ],
    [
      "programs that are not modeled and speak of removing what they name",
      "busybox rm -rf /etc/ssl/etcd; systemd-run rm /etc/a /etc/b; rename .pem .bak /etc/c.pem; shred -u /etc/d",
      [
        "might remove /etc/ssl/etcd: runs a program that is not known",
        "might write anywhere: runs a program that is not known",
        "might remove /etc/a: runs a program that is not known",
        "might remove /etc/b: runs a program that is not known",
        "might write anywhere: runs a program that is not known",
        "might remove /etc/c.pem: runs a program that is not known",
        "might write anywhere: runs a program that is not known",
        "might remove /etc/d: runs a program that is not known",
        "might write anywhere: runs a program that is not known",
      ],
    ],
    [
      "code in other languages that removes",
      `python3 -c 'import shutil; shutil.rmtree("/etc/ssl/etcd")'`,
      [
        "might remove /root/shutil.rmtree: runs python3",
        "might remove /etc/ssl/etcd: runs python3",
        "might write anywhere: runs python3",
      ],
    ],
    [
      "programs that are not modeled and only name a file",
      "/opt/check /etc/ssl/etcd/ca.pem",
      ["might write anywhere: runs /opt/check"],
    ],
    [
      "git clean",
      "cd /etc/ssl && git clean -fdx",
      ["might remove /etc/ssl: runs git clean", "might write /etc/ssl: runs git"],
    ],
    [
      "rsync --relative, which keeps the folders of the source",
      "rsync -R pki/ca.pem /etc/etcd/",
      ["might write /etc/etcd: runs rsync with a choice of files"],
    ],
    [
      "an option of rsync whose value is no operand",
      "rsync -a --link-dest /old /tmp/certs/ /etc/ssl/etcd",
      ["copy all of /tmp/certs at /etc/ssl/etcd"],
    ],
    ["a dry run of kubeadm", "kubeadm init --dry-run --config /root/kubeadm.yaml", []],
    [
      "mkdir and then cp into it",
      "mkdir -p /etc/ssl/etcd/ssl && cp /tmp/ca.pem /etc/ssl/etcd/ssl",
      ["make folder /etc/ssl/etcd/ssl", "copy /tmp/ca.pem at /etc/ssl/etcd/ssl or in it as ca.pem"],
    ],
  ])("%s", (_, text, operations) => expect(does(text)).toEqual(operations));
});

describe("files that a pattern matches", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "cp and mv of all files of a folder",
      "cp /tmp/pki/* /etc/a/; sudo mv -f /tmp/*.crt /etc/b",
      ["each /tmp/pki/*: copy into /etc/a", "each /tmp/*.crt: move at /etc/b or in it"],
    ],
    [
      "install with a mode, of two patterns",
      "sudo install -m 600 -o root -t /etc/kubernetes/pki/etcd /tmp/certs/*.crt /tmp/certs/*.key",
      [
        "each /tmp/certs/*.crt: copy into /etc/kubernetes/pki/etcd (0600)",
        "each /tmp/certs/*.key: copy into /etc/kubernetes/pki/etcd (0600)",
      ],
    ],
    [
      "cp -r of what lies in a folder",
      "cp -r /tmp/certs/* /etc/ssl/etcd/",
      ["each /tmp/certs/*: copy all into /etc/ssl/etcd"],
    ],
    [
      "a pattern in the working folder, and one in a variable",
      'cd /tmp/certs && cp node-?.pem [a-c]*.crt /etc/ssl/; D=/tmp/x; cp "$D"/*.pem /etc/ssl/; P="/tmp/y/*"; cp $P /etc/ssl/',
      [
        "each /tmp/certs/node-?.pem: copy into /etc/ssl",
        "each /tmp/certs/[a-c]*.crt: copy into /etc/ssl",
        "each /tmp/x/*.pem: copy into /etc/ssl",
        "each /tmp/y/*: copy into /etc/ssl",
      ],
    ],
    [
      "links, modes and removals",
      "ln -sf /opt/pki/*.pem /etc/ssl/; chmod 600 /etc/ssl/*-key.pem; rm -rf /etc/old/etcd-*",
      [
        "each /opt/pki/*.pem: link into /etc/ssl (replacing)",
        "each /etc/ssl/*-key.pem: mode 0600",
        "each /etc/old/etcd-*: remove with all below",
      ],
    ],
    [
      "a loop over a pattern, with the name worked out in three ways",
      `for f in /tmp/certs/*.pem; do
  install -m 600 "$f" /etc/a/
  cp "$f" "/etc/b/$(basename "$f")"
  cp "$f" /etc/c/\${f##*/}
done`,
      [
        "each /tmp/certs/*.pem: copy into /etc/a (0600)",
        "each /tmp/certs/*.pem: copy into /etc/b",
        "each /tmp/certs/*.pem: copy into /etc/c",
      ],
    ],
    [
      "a loop that asks whether there is any, and sets modes",
      `for f in /tmp/*.key; do [ -e "$f" ] || continue; cp "$f" /etc/a/; chmod 600 "/etc/a/$(basename "$f")"; rm "$f"; done; cp /tmp/b /etc/b`,
      [
        "each /tmp/*.key: copy into /etc/a",
        "each /etc/a/*.key: mode 0600",
        "each /tmp/*.key: remove",
        "copy /tmp/b at /etc/b or in it as b",
      ],
    ],
    [
      "what a loop does besides is only possible: there may be no match",
      "for f in /tmp/*.pem; do cp $f /etc/a/; cp /tmp/x /etc/x; done",
      [
        "each /tmp/*.pem: copy into /etc/a",
        "might write /etc/x: it depends on a condition that is evaluated only on the machine",
      ],
    ],
    [
      "under a condition",
      "if grep -q x /etc/y; then cp /tmp/*.pem /etc/a/; fi",
      ["might write /etc/a/*.pem: it depends on a condition that is evaluated only on the machine"],
    ],
    [
      "a folder that is not known",
      "cp $D/*.pem /etc/ssl/; cp /tmp/*.pem $D/",
      [
        "might write /etc/ssl: puts files there whose names are not known",
        "might write anywhere: puts files there whose names are not known",
      ],
    ],
    ["in quotes it is not a pattern", "cp '/tmp/*.pem' /etc/ssl/", ["copy /tmp/*.pem into /etc/ssl as *.pem"]],
    [
      "patterns that are not followed",
      "shopt -s extglob; cp /tmp/!(x).pem /etc/ssl/; cp /tmp/[[:alpha:]]* /etc/ssl/; cp -r /tmp/*/ /etc/ssl/",
      [
        "might write /etc/ssl: puts files there whose names are not known",
        "might write /etc/ssl: puts files there whose names are not known",
        "might write /etc/ssl: puts files there whose names are not known",
      ],
    ],
  ])("%s", (_, text, operations) => expect(does(text)).toEqual(operations));
});

describe("files that a text writes itself", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "echo and printf by redirection, appending",
      "echo hello > /etc/a; printf '%s\\n' x y >> /etc/a",
      ['put "hello\\n" at /etc/a', 'put "hello\\nx\\ny\\n" at /etc/a'],
    ],
    [
      "a here-document with a variable that the text sets",
      `N=m1
cat > /etc/a <<EOF
name $N
EOF`,
      ['put "name m1\\n" at /etc/a'],
    ],
    [
      "a here-document through tee with sudo",
      `cat <<'EOF' | sudo tee /etc/ca.pem > /dev/null
PEM $X
EOF`,
      ['put "PEM $X\\n" at /etc/ca.pem'],
    ],
    [
      "a here-document with tabs in front",
      `cat <<-'EOF' > /etc/a
	x
	EOF`,
      ['put "x\\n" at /etc/a'],
    ],
    ["tee -a, where something may be there already", "echo x | sudo tee -a /etc/a", ["put something at /etc/a"]],
    ["cat of one file is a copy of it", "cat /tmp/a > /etc/a", ["copy /tmp/a at /etc/a"]],
    ["dd", "dd if=/tmp/a of=/etc/a; echo x | dd of=/etc/b", ["copy /tmp/a at /etc/a", 'put "x\\n" at /etc/b']],
    [
      "base64 -d of a text that is known",
      "base64 -d <<< 'aGVsbG8=' > /etc/a; echo aGVsbG8= | base64 --decode | sudo tee /etc/b",
      ['put "hello" at /etc/a', 'put "hello" at /etc/b'],
    ],
    ["umask gives the mode of new files", "umask 077; echo x > /etc/a", ['put "x\\n" at /etc/a (0600 if new)']],
    ["the output of a group", "{ echo a; echo b; } > /etc/a", ['put "a\\nb\\n" at /etc/a']],
    [
      "echo -e and printf read backslashes; what echo does alone depends on the shell",
      "printf 'a\\nb\\n' > /etc/a; echo -e 'a\\nb' > /etc/b; echo 'a\\nb' > /etc/c",
      ['put "a\\nb\\n" at /etc/a', 'put "a\\nb\\n" at /etc/b', "put something at /etc/c"],
    ],
    [
      "openssl -out and -keyout",
      "openssl req -x509 -newkey rsa:2048 -nodes -keyout /etc/k.pem -out /etc/c.pem -subj /CN=x",
      ["put something at /etc/c.pem", "put something at /etc/k.pem"],
    ],
    [
      "cfssljson -bare",
      "cfssl gencert -ca=ca.pem c.json | cfssljson -bare /etc/etcd/kube",
      [
        "put something at /etc/etcd/kube.pem",
        "put something at /etc/etcd/kube-key.pem",
        "put something at /etc/etcd/kube.csr",
      ],
    ],
    [
      "an option of curl whose value is no URL",
      "curl --connect-to a:b:c:d -o /etc/a https://x/a",
      ["put something at /etc/a"],
    ],
    [
      "several files of one curl, and what it notes besides",
      "curl -o /etc/a https://x/a -o /etc/b https://x/b -D /etc/headers -c -",
      ["put something at /etc/headers", "put something at /etc/a", "put something at /etc/b"],
    ],
    ["names that only the server knows", "cd /opt; curl -OJ https://x/y", ["might write /opt: runs curl"]],
    ["a curl whose options are in a file", "curl -K /etc/options", ["might write anywhere: runs curl"]],
    [
      "wget with a switch before its file, and a log",
      "wget -S -O /etc/a -o /var/log/w https://x/a",
      ["put something at /var/log/w", "put something at /etc/a"],
    ],
    ["wget with more than is named", "wget -P /etc/certs -A pem -r https://x/", ["might write /etc/certs: runs wget"]],
    ["a question of wget", "wget --spider https://x/a", []],
    [
      "an option that wget does not have",
      "wget --next-year https://x/a",
      ["might write anywhere: runs wget with an option that is not known here"],
    ],
    [
      "curl -o, curl -O, wget",
      "curl -fsSL -o /etc/a https://x/a; cd /opt && curl -LO https://x/y.tgz; wget -q https://x/z",
      ["put something at /etc/a", "put something at /opt/y.tgz", "put something at /opt/z"],
    ],
    [
      "aws s3 cp to a file and into a folder",
      "aws s3 cp s3://b/ca.pem /etc/ssl/ca.pem; aws s3 cp s3://b/k.pem /etc/ssl/",
      ["put something at /etc/ssl/ca.pem", "put something at /etc/ssl/k.pem"],
    ],
    [
      "gsutil of several files into a folder",
      "gsutil -m cp gs://b/ca.pem gs://b/k.pem /etc/ssl; gsutil cp /etc/ssl/ca.pem gs://b/",
      ["put something at /etc/ssl/ca.pem", "put something at /etc/ssl/k.pem"],
    ],
    [
      "secrets that gcloud and az fetch",
      `gcloud secrets versions access latest --secret=etcd-key --out-file=/etc/ssl/k.pem
gcloud secrets versions access latest --secret etcd-ca > /etc/ssl/ca.pem
gcloud storage cp gs://b/node.pem /etc/ssl/
az keyvault secret download --vault-name v --name etcd-key --file /etc/ssl/az-k.pem
az keyvault secret show --name x --query value -o tsv > /etc/ssl/az.pem`,
      [
        "put something at /etc/ssl/k.pem",
        "put something at /etc/ssl/ca.pem",
        "put something at /etc/ssl/node.pem",
        "put something at /etc/ssl/az-k.pem",
        "put something at /etc/ssl/az.pem",
      ],
    ],
    [
      "sed -i leaves the file where it is; sed without it prints",
      "sed -i 's/a/b/' /etc/a; sed -n p /etc/b",
      ["put something at /etc/a"],
    ],
    [
      "touch, chmod in octal and symbols, chown",
      "touch /etc/a; chmod 600 /etc/a; chmod u=rw,go= /etc/b; chmod go-rwx /etc/c; chown root: /etc/a",
      ["put something at /etc/a", "mode 0600 /etc/a", "mode 0600 /etc/b", "mode go-rwx /etc/c"],
    ],
    [
      "rm takes away what is named",
      "rm -f /etc/a; rm -rf /etc/ssl/etcd; rm -rf /etc/x/*; rm /tmp/*.pem",
      [
        "remove /etc/a",
        "remove /etc/ssl/etcd and all below",
        "remove /etc/x and all below",
        "make folder /etc/x",
        "each /tmp/*.pem: remove",
      ],
    ],
    [
      "tar and unzip might put anything below a folder",
      "tar -xzf /tmp/b.tgz -C /etc/ssl; cd /opt; tar xf b.tar; unzip x.zip -d /srv; tar czf /tmp/c.tgz /etc",
      [
        "might write /etc/ssl: unpacks /tmp/b.tgz",
        "might write /opt: unpacks b.tar",
        "might write /srv: unpacks x.zip",
        "put something at /tmp/c.tgz",
      ],
    ],
    [
      "a script that the same text wrote",
      `cat > /tmp/x.sh <<'EOF'
cp /tmp/a /etc/a
EOF
bash /tmp/x.sh; chmod 755 /tmp/x.sh; /tmp/x.sh`,
      [
        'put "cp /tmp/a /etc/a\\n" at /tmp/x.sh',
        "copy /tmp/a at /etc/a or in it as a",
        "mode 0755 /tmp/x.sh",
        "copy /tmp/a at /etc/a or in it as a",
      ],
    ],
  ])("%s", (_, text, operations) => expect(does(text)).toEqual(operations));
});

describe("the order of a text", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "a file that is made unless it is there",
      "[ -f /etc/a ] || cp /tmp/a /etc/a",
      [
        "might write /etc/a: it depends on a condition that is evaluated only on the machine",
        "put something at /etc/a",
      ],
    ],
    [
      "the same as an if",
      `if ! test -e /etc/a; then
  openssl genrsa -out /etc/a 2048
fi`,
      [
        "might write /etc/a: it depends on a condition that is evaluated only on the machine",
        "put something at /etc/a",
      ],
    ],
    ["a folder that is made unless it is there", "[ -d /etc/x ] || mkdir -p /etc/x", ["make folder /etc/x"]],
    [
      "a file that is moved if it is there",
      "if [ -f /tmp/a ]; then mv /tmp/a /etc/a; fi",
      ["move /tmp/a at /etc/a or in it as a"],
    ],
    [
      "a condition that only the machine can answer",
      "if grep -q x /etc/y; then cp /tmp/a /etc/a; rm /etc/b; fi",
      [
        "might write /etc/a: it depends on a condition that is evaluated only on the machine",
        "might remove /etc/b: it depends on a condition that is evaluated only on the machine",
      ],
    ],
    [
      "two ways to the same file",
      "if grep -q x /etc/y; then cat /tmp/1 > /etc/a; else cat /tmp/2 > /etc/a; fi",
      [
        "might write /etc/a: it depends on a condition that is evaluated only on the machine",
        "might write /etc/a: it depends on a condition that is evaluated only on the machine",
        "put something at /etc/a",
      ],
    ],
    [
      "a condition that the text decides",
      `ROLE=master; if [ "$ROLE" = master ]; then cp /tmp/a /etc/a; else cp /tmp/b /etc/b; fi`,
      ["copy /tmp/a at /etc/a or in it as a"],
    ],
    [
      "a check that stops the update",
      "if ! id etcd; then echo no; exit 1; fi; cp /tmp/a /etc/a",
      ["copy /tmp/a at /etc/a or in it as a"],
    ],
    [
      "a text that ends early where it ran before",
      "[ -f /etc/kubernetes/admin.conf ] && exit 0; cp /tmp/a /etc/a",
      ["copy /tmp/a at /etc/a or in it as a"],
    ],
    [
      "a text that ends early on some machines",
      `[ "$(hostname)" = m1 ] && exit 0; cp /tmp/a /etc/a`,
      ["might write /etc/a: it depends on a condition that is evaluated only on the machine"],
    ],
    [
      "commands for a failure that is not expected",
      "cp /tmp/a /etc/a || exit 1; rm -f /tmp/a || true",
      ["copy /tmp/a at /etc/a or in it as a", "remove /tmp/a"],
    ],
    [
      "a case that is not decided, and one that is",
      "case $X in m1) cp /tmp/a /etc/a;; esac; case m1 in m?) :;; m1) cp /tmp/b /etc/b;; esac",
      [
        "might write /etc/a: it depends on a condition that is evaluated only on the machine",
        "might write /etc/b: it depends on a condition that is evaluated only on the machine",
      ],
    ],
    [
      "a loop over words",
      "for n in m1 m2; do cp /tmp/node-$n.pem /etc/ssl/; done",
      ["copy /tmp/node-m1.pem into /etc/ssl as node-m1.pem", "copy /tmp/node-m2.pem into /etc/ssl as node-m2.pem"],
    ],
    [
      "loops that try again",
      "while true; do cp /tmp/a /etc/a && break; sleep 1; done; for i in $(seq 1 3); do cp /tmp/b /etc/b && break || sleep 5; done",
      ["copy /tmp/a at /etc/a or in it as a", "copy /tmp/b at /etc/b or in it as b"],
    ],
    [
      "a loop that may not run",
      "while nc -z h 1; do cp /tmp/a /etc/a; done",
      ["might write /etc/a: it depends on a condition that is evaluated only on the machine"],
    ],
    [
      "a subshell with its own folder",
      "(cd /etc/ssl && cp /tmp/a .); cp /tmp/b .",
      ["copy /tmp/a into /etc/ssl as a", "copy /tmp/b into /root as b"],
    ],
    [
      "a trap at the end",
      "trap 'rm -f /etc/a' EXIT; cp /tmp/a /etc/a",
      ["copy /tmp/a at /etc/a or in it as a", "remove /etc/a"],
    ],
    [
      "a function with arguments and locals",
      `put() { local to=$1; shift; cp "$@" "$to"/; }; put /etc/ssl /tmp/a /tmp/b`,
      ["copy /tmp/a into /etc/ssl as a", "copy /tmp/b into /etc/ssl as b"],
    ],
    [
      "a function that returns early does not end the text",
      `f() { [ "$(hostname)" = m1 ] && return; cp /tmp/a /etc/a; }; f; cp /tmp/b /etc/b`,
      [
        "might write /etc/a: it depends on a condition that is evaluated only on the machine",
        "copy /tmp/b at /etc/b or in it as b",
      ],
    ],
    [
      "a function that may end the text",
      `f() { [ "$(hostname)" = m1 ] && exit 0; }; f; cp /tmp/b /etc/b`,
      ["might write /etc/b: it depends on a condition that is evaluated only on the machine"],
    ],
    ["eval of a text that is known", `eval "cp /tmp/a /etc/a"`, ["copy /tmp/a at /etc/a or in it as a"]],
    [
      "find -exec and xargs",
      "find /tmp -name x -exec cp {} /etc/ssl/ ';'; ls /tmp | xargs -I{} cp /tmp/{} /etc/x/",
      [
        "might write /etc/ssl: puts files there whose names are not known",
        "might write /etc/x: puts files there whose names are not known",
      ],
    ],
    [
      "parts of variables and defaults",
      `F=/tmp/a.pem; cp $F /etc/ssl/\${F##*/}; cp \${F%.pem}-key.pem \${DIR:-/etc/x}/`,
      ["copy /tmp/a.pem at /etc/ssl/a.pem or in it as a.pem", "copy /tmp/a-key.pem into /etc/x as a-key.pem"],
    ],
    [
      "an array",
      `A=(ca cert); for x in "\${A[@]}"; do cp /tmp/$x.pem /etc/ssl/; done`,
      ["copy /tmp/ca.pem into /etc/ssl as ca.pem", "copy /tmp/cert.pem into /etc/ssl as cert.pem"],
    ],
    [
      "a nested shell with sudo",
      `sudo bash -c 'cd /tmp && cp a.pem /etc/ssl/'; sudo sh -s <<'EOF'
cp /tmp/b.pem /etc/ssl/
EOF`,
      ["copy /tmp/a.pem into /etc/ssl as a.pem", "copy /tmp/b.pem into /etc/ssl as b.pem"],
    ],
    [
      "a nested shell with a hole in its text",
      `sudo bash -c "cp /tmp/$N.pem /etc/ssl/$N.pem"`,
      ["might write /etc/ssl/**.pem: puts files there whose names are not known"],
    ],
    [
      "su to root and to somebody",
      "sudo su - -c 'cp ca.pem /etc/ssl/'; su - ubuntu -c 'cp /tmp/a ~/a'",
      ["copy /root/ca.pem into /etc/ssl as ca.pem", "copy /tmp/a at /home/ubuntu/a or in it as a"],
    ],
    [
      "env, nohup and timeout before a command",
      "env A=b nohup cp /tmp/a /etc/a; timeout -s KILL 10 cp /tmp/b /etc/b",
      ["copy /tmp/a at /etc/a or in it as a", "copy /tmp/b at /etc/b or in it as b"],
    ],
    [
      "background, negation and a group",
      "cp /tmp/a /etc/a & ! { cp /tmp/b /etc/b; }; wait",
      ["copy /tmp/a at /etc/a or in it as a", "copy /tmp/b at /etc/b or in it as b"],
    ],
  ])("%s", (_, text, operations) => expect(does(text)).toEqual(operations));
});

describe("what is taken away", () => {
  const MAYBE = "it depends on a condition that is evaluated only on the machine";

  it.each<[string, string, readonly string[]]>([
    ["a file that is removed if it is there", "[ -f /etc/a ] && rm /etc/a", ["remove /etc/a"]],
    ["the same as an if", "if [ -e /etc/a ]; then sudo rm -f /etc/a; fi", ["remove /etc/a"]],
    ["a file that is removed only if it is a link", "[ -L /etc/a ] && rm /etc/a", [`might remove /etc/a: ${MAYBE}`]],
    ["a removal that may fail", "rm /etc/a || true; rm -f /etc/b 2>/dev/null || :", ["remove /etc/a", "remove /etc/b"]],
    [
      "a move that happens unless its goal is there",
      "test -f /etc/b || mv /etc/a /etc/b",
      [`might write /etc/b: ${MAYBE}`, `might remove /etc/a: ${MAYBE}`, "put something at /etc/b"],
    ],
    [
      "a removal for another file's sake",
      "[ -f /etc/x ] && rm -rf /etc/ssl/etcd",
      [`might remove /etc/ssl/etcd: ${MAYBE}`],
    ],
    [
      "a pattern under a condition",
      "if grep -q x /etc/y; then rm -f /etc/a/*.pem; fi",
      [`might remove /etc/a/*.pem: ${MAYBE}`],
    ],
    [
      "a file that is put back under the same condition",
      "if grep -q x /etc/y; then rm -f /etc/a; cat /tmp/a > /etc/a; fi",
      [`might write /etc/a: ${MAYBE}`],
    ],
    [
      "a file that goes either way",
      "if grep -q x /etc/y; then mv /etc/a /etc/b; else rm /etc/a; fi",
      [
        `might write /etc/b: ${MAYBE}`,
        `might remove /etc/a: ${MAYBE}`,
        `might remove /etc/a: ${MAYBE}`,
        "remove /etc/a and all below",
      ],
    ],
    [
      "a file that is renewed where it differs: it is there either way",
      "if ! cmp -s /tmp/a /etc/a; then rm -f /etc/a; install -m 600 -D /tmp/a /etc/a; fi",
      [`might write /etc/a: ${MAYBE}`, "put something at /etc/a"],
    ],
    [
      "a path with a variable",
      'rm -f /etc/ssl/node-$(hostname).pem; T=$(mktemp -d); rm -rf "$T"; rm -rf "$WORK"',
      [
        "might remove /etc/ssl/node-**.pem: removes a path that depends on the output of hostname",
        "might remove /tmp/tmp.**: removes a path that depends on a name that mktemp chooses",
      ],
    ],
    [
      "what find finds",
      "find /etc/a -name '*.pem' -delete; find /etc/b -type f -mtime +3 -exec rm {} +; find /etc/c -maxdepth 1 -name '*.key' -exec chmod 600 {} +",
      [
        "each /etc/a/**.pem: remove with all below",
        "might remove /etc/b/**: removes a path that depends on the file that find finds",
        "each /etc/c/*.key: mode 0600",
      ],
    ],
    [
      "copies of what find and ls name",
      `find /tmp/certs -type f -name '*.pem' -exec cp {} /etc/ssl/etcd/ ';'; for f in $(ls /tmp/pki/*.crt); do cp $f /etc/ssl/; done`,
      ["each /tmp/certs/**.pem: copy into /etc/ssl/etcd", "each /tmp/pki/*.crt: copy into /etc/ssl"],
    ],
  ])("%s", (_, text, operations) => expect(does(text)).toEqual(operations));
});

describe("programs that are not known", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "a script of the machine's own",
      "cp /tmp/a /etc/a; ./bootstrap.sh; cp /tmp/b /etc/b; rm /etc/a",
      [
        "copy /tmp/a at /etc/a or in it as a",
        "might write anywhere: runs ./bootstrap.sh",
        "copy /tmp/b at /etc/b or in it as b",
        "remove /etc/a",
      ],
    ],
    ["a playbook", "ansible-playbook -i inventory site.yml", ["might write anywhere: runs ansible-playbook"]],
    [
      "a script from the network",
      "curl -sfL https://get.example.org | sudo bash -",
      ["might write anywhere: runs the output of curl as a script"],
    ],
    [
      "a container with folders of the machine",
      "docker run -v /etc:/etc image; docker pull image",
      ["might write /etc: runs docker run"],
    ],
    [
      "a program whose name is a variable",
      "$TOOL --install",
      ["might write anywhere: runs a program that $TOOL names"],
    ],
    [
      "a script file that nothing shows",
      "bash /opt/setup.sh; source ./lib.sh; . /etc/os-release",
      ["might write anywhere: runs the script /opt/setup.sh", "might write anywhere: reads the script ./lib.sh"],
    ],
    [
      "python",
      `python3 - <<'EOF'
open('/etc/a', 'w')
EOF`,
      ["might write anywhere: runs python3"],
    ],
    ["a text that is not shell", "if then fi (", ["might write anywhere: runs a text that cannot be read as shell"]],
    [
      "programs that leave such files alone",
      "apt-get update && apt-get install -y kubeadm; swapoff -a; modprobe br_netfilter; sysctl --system; systemctl enable --now kubelet; kubectl get nodes; crictl ps; helm list; ufw allow 6443",
      [],
    ],
  ])("%s", (_, text, operations) => expect(does(text)).toEqual(operations));
});
