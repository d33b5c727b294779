import { gzipSync } from "node:zlib";
import { readIgnition } from "../../../evidence/read-ignition";
import type { Readings } from "./readings";

const v3 = (rest: object) => JSON.stringify({ ignition: { version: "3.4.0" }, ...rest });
const v2 = (rest: object) => JSON.stringify({ ignition: { version: "2.3.0" }, ...rest });
const inline = (text: string) => `data:,${encodeURIComponent(text)}`;
const v3With = (path: string) => v3({ storage: { files: [{ path }] } });
const referring = (config: object, storage: object = {}) =>
  v3({ ignition: { version: "3.4.0", config }, storage: { files: [{ path: "/own" }], ...storage } });
const files = (...list: readonly unknown[]) => v3({ storage: { files: list } });
const unit = (more: object) => v3({ systemd: { units: [{ name: "up.service", ...more }] } });
const RUNS = "[Service]\nExecStart=/bin/bash -c 'echo x > /etc/x'\n";
const nested = (depth: number): string =>
  depth === 0
    ? v3With("/deep")
    : v3({ ignition: { version: "3.4.0", config: { merge: [{ source: inline(nested(depth - 1)) }] } } });

const CONFIGURATIONS: Readonly<Record<string, string>> = {
  "a text that is not JSON": "{",
  "no version": JSON.stringify({ storage: { files: [{ path: "/a" }] } }),
  "version 1 is none that is read": JSON.stringify({ ignition: { version: "1.0.0" } }),
  "version 30 is not version 3": JSON.stringify({ ignition: { version: "30.0.0" } }),
  "version 3 after something else is not version 3": JSON.stringify({ ignition: { version: "v3.0.0" } }),
  "a version that is a number": JSON.stringify({ ignition: { version: 3.4 } }),
  "null in place of a map": JSON.stringify({ ignition: null }),
  "a list in place of a map": JSON.stringify([]),
  "a configuration that is merged in comes after this one": referring({
    merge: [{ source: inline(v3With("/merged")) }],
  }),
  "version 2 appends": v2({
    ignition: {
      version: "2.3.0",
      config: { append: [{ source: inline(v2({ storage: { files: [{ path: "/appended", filesystem: "root" }] } })) }] },
    },
  }),
  "a configuration that is replaced counts no more": referring({ replace: { source: inline(v3With("/other")) } }),
  "replace without a source is none": referring({ replace: { source: null } }),
  "replace that is empty is none": referring({ replace: {} }),
  "a replacement from the network": referring({ replace: { source: "https://example.org/config.ign" } }),
  "a merged configuration from the network": referring({ merge: [{ source: "https://example.org/config.ign" }] }),
  "a merged configuration without a source": referring({ merge: [{}] }),
  "a merged configuration that is not JSON": referring({ merge: [{ source: "data:,{" }] }),
  "a merged configuration of a version that is not known": referring({
    merge: [{ source: inline(v3With("/x").replace("3.4.0", "9.0.0")) }],
  }),
  "a merged configuration in gzip": referring({
    merge: [{ compression: "gzip", source: `data:;base64,${gzipSync(v3With("/packed")).toString("base64")}` }],
  }),
  "a merged configuration that is not text": referring({ merge: [{ source: "data:;base64,//4=" }] }),
  "configurations three deep": nested(3),
  "configurations four deep": nested(4),
  "a file with dots and slashes in its path": files({ path: "/etc//b/../a" }),
  "a file whose path is relative, and one without a path": files({ path: "etc/a" }, {}, { path: 3 }, "a", null),
  "a file whose source is null": files({ path: "/a", contents: { source: null } }),
  "a file whose source is empty": files({ path: "/a", contents: { source: "" } }),
  "a file whose source is a number": files({ path: "/a", contents: { source: 3 } }),
  "a data URL without a comma, at which Ignition fails": files({ path: "/a", contents: { source: "data:text/plain" } }),
  "a data URL with parameters": files({ path: "/a", contents: { source: "data:text/plain;charset=utf-8,a%0ab" } }),
  "a data URL with parameters in base64": files({
    path: "/a",
    contents: { source: "data:text/plain;charset=utf-8;base64,aGVsbG8=" },
  }),
  "a data URL in base64 whose padding is escaped": files({
    path: "/a",
    contents: { source: "data:;base64,aGVsbG8%3D" },
  }),
  "a data URL of several lines": files({ path: "/a", contents: { source: "data:,a\nb" } }),
  "a data URL with a percent sign that escapes nothing": files({ path: "/a", contents: { source: "data:,100%zz" } }),
  "something before data:": files({ path: "/a", contents: { source: "xdata:,a" } }),
  "a data URL of characters beyond ASCII": files({ path: "/a", contents: { source: "data:,ä" } }),
  "no compression": files(
    { path: "/a", contents: { compression: "", source: "data:,a" } },
    { path: "/b", contents: { compression: null, source: "data:,b" } },
  ),
  "a compression that is not known": files({ path: "/a", contents: { compression: "xz", source: "data:,a" } }),
  "gzip that is broken": files({ path: "/a", contents: { compression: "gzip", source: "data:;base64,H4sIAAAA" } }),
  "gzip that is none, at which Ignition fails": files({
    path: "/a",
    contents: { compression: "gzip", source: "data:,a" },
  }),
  "append of version 2": v2({
    storage: { files: [{ filesystem: "root", path: "/a", append: true, contents: { source: "data:,a" } }] },
  }),
  "append that is off": v2({
    storage: { files: [{ filesystem: "root", path: "/a", append: false, contents: { source: "data:,a" } }] },
  }),
  "append of nothing": files({ path: "/a", append: [], contents: { source: "data:,a" } }),
  modes: files(
    { path: "/a", mode: 420 },
    { path: "/b", mode: 0 },
    { path: "/c", mode: -1 },
    { path: "/d", mode: 1.5 },
    { path: "/e", mode: "0600" },
    { path: "/f", mode: 1023 },
  ),
  "modes of version 2": v2({
    storage: { files: [{ path: "/a", mode: 384 }, { path: "/b" }, { path: "/c", mode: -1 }] },
  }),
  folders: v2({
    storage: {
      directories: [
        { path: "/etc//d" },
        { path: "relative" },
        {},
        { path: "/e", filesystem: "data" },
        { path: "/f", filesystem: "root" },
      ],
    },
  }),
  links: v2({
    storage: {
      links: [
        { path: "/a", target: "b" },
        { path: "/c", target: "/d", overwrite: true },
        { path: "/e", target: "../f", hard: true },
        { path: "/g", target: "h", hard: "true" },
        { path: "relative", target: "i" },
        { path: "/j" },
        { path: "/k/l.pem", target: "m", filesystem: "data" },
      ],
    },
  }),
  "lists that are none": v3({ storage: { files: {}, links: "a", directories: null }, systemd: { units: {} } }),
  "a unit that is enabled": unit({ enabled: true, contents: RUNS }),
  "a unit that is enabled, of version 2": v2({
    systemd: { units: [{ name: "up.service", enable: true, contents: RUNS }] },
  }),
  "a unit that is not enabled": unit({ contents: RUNS }),
  "a unit that is not enabled, by words": unit({ enabled: "true", enable: 1, contents: RUNS }),
  "a unit with several commands, whose paths begin at /": unit({
    enabled: true,
    contents: "[Service]\nExecStartPre=/bin/cp a.pem etc/b.pem\nExecStart=/bin/cp ~/c.pem /etc/d.pem\n",
  }),
  "a unit whose contents are a number": unit({ enabled: true, contents: 3 }),
  "a unit that runs a script whose content is fetched": v3({
    storage: { files: [{ path: "/opt/up.sh", contents: { source: "https://example.org/up.sh" } }] },
    systemd: {
      units: [{ name: "up.service", enabled: true, contents: "[Service]\nExecStart=/bin/bash /opt/up.sh\n" }],
    },
  }),
  "a file in base64 that is not text": files({ path: "/a", contents: { source: "data:;base64,//4=" } }),
  "gzip under another name": files({
    path: "/a",
    contents: { compression: "zip", source: `data:;base64,${gzipSync("a").toString("base64")}` },
  }),
  "a folder and a file with a slash at their ends": v3({
    storage: { directories: [{ path: "/etc/d/" }], files: [{ path: "/etc/f/" }] },
  }),
  "a unit that is masked": unit({ enabled: true, mask: true, contents: RUNS }),
  "a unit with a drop-in": unit({ enabled: true, dropins: [{ name: "10.conf", contents: RUNS }, {}, null] }),
  "a unit without a name": v3({ systemd: { units: [{ contents: RUNS }] } }),
  "a unit that is not enabled and does nothing to files": unit({ contents: "[Service]\nExecStart=/bin/echo x\n" }),
  "a unit that is not enabled and runs kubeadm": unit({ contents: "[Service]\nExecStart=/usr/bin/kubeadm init\n" }),
  "a unit without commands": unit({ enabled: true, contents: "[Unit]\nAfter=network.target\n" }),
  "a unit that runs a script of a file": v3({
    storage: {
      files: [
        {
          path: "/opt/up.sh",
          mode: 493,
          contents: { source: inline("#!/bin/bash\necho x > /etc/from-script\ncp a.pem /etc/\n") },
        },
      ],
    },
    systemd: {
      units: [{ name: "up.service", enabled: true, contents: "[Service]\nExecStart=/bin/bash /opt/up.sh\n" }],
    },
  }),
};

export const ignition: Readings = Object.fromEntries(
  Object.entries(CONFIGURATIONS).map(([title, text]) => [title, () => readIgnition(text)]),
);
