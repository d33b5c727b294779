import { Asset, type AssetShape, type Value, type ValueRecord } from "../../../evidence/value";
import { UNKNOWN } from "../../../shell/unknown";
import { urn } from "../../helpers/evidence";
import { stackResource } from "../../helpers/stack-resource";
import type { Readings } from "./readings";
import { found, from } from "./stack";

const COPY = "command:remote:CopyToRemote";
const M1 = { host: "10.0.0.1", user: "ubuntu" };
const VM = urn("vm", "hcloud:index/server:Server");
const CERT = urn("cert", "tls:index/locallySignedCert:LocallySignedCert");
const REQUEST = urn("request", "tls:index/certRequest:CertRequest");
const copied =
  (source: Value, remotePath: Value, connection: ValueRecord = M1) =>
  () =>
    found(from(COPY, { connection, source, remotePath }));
const asset = (shape: AssetShape) => new Asset(shape);
const text = asset({ kind: "text", text: "PEM" });
const listed = (path: string) => asset({ kind: "archive-path", path, entries: ["ca.pem", "sub/node.pem"] });
const unlisted = (path: string) => asset({ kind: "archive-path", path, entries: "not-listed" });
const SCRIPT = asset({ kind: "text", text: "#!/bin/sh\necho x > /etc/from-script\n" });

const CONNECTIONS: readonly ValueRecord[] = [
  { host: " 10.0.0.1 " },
  { host: "  " },
  { host: "10.0.0.1", port: 22 },
  { host: "10.0.0.1", port: 2222 },
  { host: "10.0.0.1", port: "2222" },
  { host: UNKNOWN, port: 2222 },
  { port: 2222 },
];

/** A command that runs this after copies of these sources to these paths. */
const after =
  (create: string, ...copies: readonly ValueRecord[]) =>
  () => {
    const made = copies.map((inputs, index) =>
      stackResource(COPY, `copy-${index}`, { connection: M1, source: SCRIPT, ...inputs }),
    );
    const command = stackResource(
      "command:remote:Command",
      "run",
      { connection: M1, create },
      { dependencies: made.map((one) => one.urn) },
    );
    return found(...made, command);
  };

export const copies: Readings = {
  "a folder that is listed, to a path with a slash": copied(listed("out/certs"), "/etc/ssl/"),
  "a folder with two slashes at its end": copied(listed("out/certs//"), "/etc/ssl"),
  "a folder that is not listed, written with a slash": copied(unlisted("out/certs/"), "/etc/ssl/"),
  "packed archives, by their endings": () =>
    found(
      ...["a.zip", "b.tar", "c.TGZ", "d.tar.gz", "e.jar", "f.tar.xz", "zip", "g.zip.d"].map((path) =>
        stackResource(COPY, path, { connection: M1, source: unlisted(path), remotePath: "/opt/" }),
      ),
    ),
  "a folder named like a packed archive, which is listed": copied(listed("certs.zip"), "/opt"),
  "an archive of assets of all kinds": copied(
    asset({
      kind: "archive-entries",
      entries: new Map<string, Value>([
        ["a.pem", UNKNOWN],
        ["b.pem", asset({ kind: "uri", uri: "https://x/b.pem", archive: false })],
        ["c", asset({ kind: "uri", uri: "https://x/c.tgz", archive: true })],
        ["d", unlisted("certs")],
        ["e", asset({ kind: "empty" })],
        ["f", asset({ kind: "archive-entries", entries: new Map() })],
        ["g.pem", asset({ kind: "file", path: "out/g.pem" })],
      ]),
    }),
    "/etc/ssl",
  ),
  "an archive with an entry that comes from a certificate": () =>
    found(
      from(
        COPY,
        {
          connection: M1,
          source: asset({ kind: "archive-entries", entries: new Map([["a.pem", UNKNOWN]]) }),
          remotePath: "/etc",
        },
        { source: [CERT] },
      ),
    ),
  "a folder by its absolute path": copied(listed("/out/certs"), "/etc/ssl"),
  "an asset without content": copied(asset({ kind: "empty" }), "/etc/ssl/a.pem"),
  "something from the network, by the name before a question mark": copied(
    asset({ kind: "uri", uri: "https://x/a/ca.pem?v=1#x", archive: false }),
    "/etc/ssl",
  ),
  "something from the network, by the name before a mark": copied(
    asset({ kind: "uri", uri: "HTTPS://x/ca.pem#top", archive: false }),
    "/etc/ssl/",
  ),
  "something from the network whose address has several lines": copied(
    asset({ kind: "uri", uri: "s3://bucket/ca.pem?a\nb", archive: false }),
    "/etc/ssl/",
  ),
  "a packed archive from the network": copied(
    asset({ kind: "uri", uri: "https://x/certs.tgz", archive: true }),
    "/opt",
  ),
  "no path": copied(text, undefined),
  "a path that is a number": copied(text, 3),
  "a relative path of a user": copied(text, "ca.pem"),
  "a relative path of a user who is not known": copied(text, "ca.pem", { host: "10.0.0.1", user: UNKNOWN }),
  "a relative path of no user, who is root": copied(text, "ca.pem", { host: "10.0.0.1" }),
  "a relative path of an empty user, who is root": copied(text, "ca.pem", { host: "10.0.0.1", user: "" }),
  "a relative path of root beside an unknown host": copied(text, "ca.pem", { host: "", user: "root" }),
  "a source that is not known, to no exact path, with dots": copied(UNKNOWN, "/etc/../srv/"),
  "a source that is not known, without what it comes from": copied(UNKNOWN, "/etc/a.pem"),
  "a source that comes from a request": () =>
    found(from(COPY, { connection: M1, source: UNKNOWN, remotePath: "/etc/a.csr" }, { source: [REQUEST] })),
  "a source that comes from a resource of no certificates": () =>
    found(from(COPY, { connection: M1, source: UNKNOWN, remotePath: "/etc/a" }, { source: [VM] })),
  "a source that comes from two": () =>
    found(from(COPY, { connection: M1, source: UNKNOWN, remotePath: "/etc/a" }, { source: [CERT, VM] })),
  "hosts with blanks around them, and ports": () =>
    found(
      ...CONNECTIONS.map((connection, index) =>
        stackResource(COPY, `copy-${index}`, { connection, source: text, remotePath: "/a" }),
      ),
    ),
  "the deprecated CopyFile": () => {
    const all: readonly ValueRecord[] = [
      { connection: M1, localPath: "a/ca.pem", remotePath: "/etc/ca.pem" },
      { connection: M1, localPath: UNKNOWN, remotePath: "/etc/ca.pem" },
      { connection: M1, localPath: "ca.pem", remotePath: "ca.pem" },
      { connection: M1, localPath: "ca.pem", remotePath: UNKNOWN },
      { connection: M1, localPath: "ca.pem", remotePath: "/etc/ssl/" },
      {},
    ];
    return found(...all.map((inputs, index) => stackResource("command:remote:CopyFile", `copy-${index}`, inputs)));
  },
  "a script that is copied and run": after("bash /tmp/up.sh", { remotePath: "/tmp/up.sh" }),
  "a script of no name of one, by its first line": after("bash /tmp/up", { remotePath: "/tmp/up" }),
  "a script by its name alone": after("bash /tmp/up.sh", {
    remotePath: "/tmp/up.sh",
    source: asset({ kind: "text", text: "echo x > /etc/by-name\n" }),
  }),
  "a script of bash by its name alone": after("bash /tmp/up.bash", {
    remotePath: "/tmp/up.bash",
    source: asset({ kind: "text", text: "echo x > /etc/by-name\n" }),
  }),
  "a text that is not a script": after("bash /tmp/up.shx", {
    remotePath: "/tmp/up.shx",
    source: asset({ kind: "text", text: "echo x > /etc/by-name\n" }),
  }),
  "a script in the home of the user": after("bash up.sh; bash /home/ubuntu/up.sh", { remotePath: "up.sh" }),
  "a script in a home that is not known": after("bash /tmp/up.sh", {
    remotePath: "up.sh",
    connection: { host: "10.0.0.1", user: UNKNOWN },
  }),
  "a script with slashes in its path": after("bash /tmp/up.sh", { remotePath: "/tmp//up.sh" }),
  "a script that is copied into a folder": after("bash /tmp/x/up.sh", { remotePath: "/tmp/x/" }),
  "a script whose path is not known": after("bash /tmp/up.sh", { remotePath: UNKNOWN }),
  "a script that is not shown": after("bash /tmp/up.sh", {
    remotePath: "/tmp/up.sh",
    source: asset({ kind: "file", path: "up.sh" }),
  }),
  "a script that another resource than a copy has": () => {
    const other = stackResource("my:index:Copy", "copy", { connection: M1, source: SCRIPT, remotePath: "/tmp/up.sh" });
    const create = "bash /tmp/up.sh";
    return found(
      other,
      stackResource("command:remote:Command", "run", { connection: M1, create }, { dependencies: [other.urn] }),
    );
  },
  "a script on another machine": after("bash /tmp/up.sh", {
    remotePath: "/tmp/up.sh",
    connection: { host: "10.0.0.2", user: "ubuntu" },
  }),
  "a script that two copies write alike": after(
    "bash /tmp/up.sh",
    { remotePath: "/tmp/up.sh" },
    { remotePath: "/tmp/up.sh" },
  ),
  "a script that two copies write differently": after(
    "bash /tmp/up.sh",
    { remotePath: "/tmp/up.sh" },
    { remotePath: "/tmp/up.sh", source: asset({ kind: "text", text: "#!/bin/sh\necho y > /etc/y\n" }) },
    { remotePath: "/tmp/up.sh" },
  ),
  "a script that the command does not wait for": () =>
    found(
      stackResource(COPY, "copy", { connection: M1, source: SCRIPT, remotePath: "/tmp/up.sh" }),
      stackResource("command:remote:Command", "run", { connection: M1, create: "bash /tmp/up.sh" }),
    ),
  "a script that the command waits for by way of another": () => {
    const copy = stackResource(COPY, "copy", { connection: M1, source: SCRIPT, remotePath: "/tmp/up.sh" });
    const between = stackResource(
      "null:index/resource:Resource",
      "between",
      {},
      { dependencies: [copy.urn, urn("gone")] },
    );
    const command = stackResource(
      "command:remote:Command",
      "run",
      { connection: M1, create: "bash /tmp/up.sh" },
      { dependencies: [between.urn, between.urn] },
    );
    return found(copy, between, command);
  },
};
