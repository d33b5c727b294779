import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readIgnition } from "../../evidence/read-ignition";
import { BOUNDED_MS, cpuTime } from "../helpers/cpu-time";
import { withText } from "../helpers/with-text";

function v3(rest: object): string {
  return JSON.stringify({ ignition: { version: "3.4.0" }, ...rest });
}

function v2(rest: object): string {
  return JSON.stringify({ ignition: { version: "2.3.0" }, ...rest });
}

const HELLO = { kind: "text", text: "hello ä\n" } as const;
const ENCODED = `data:;base64,${Buffer.from(HELLO.text).toString("base64")}`;

describe("Ignition puts files, links and folders", () => {
  it.each<[string, string, readonly unknown[]]>([
    [
      "a file in percent encoding",
      v3({ storage: { files: [{ path: "/etc/a", mode: 384, contents: { source: "data:,hello%20%C3%A4%0A" } }] } }),
      [{ do: "put", to: { kind: "file", path: "/etc/a" }, content: HELLO, mode: "0600" }],
    ],
    [
      "a file in base64, with the mode of version 3 where none is given",
      v3({ storage: { files: [{ path: "/etc/a", contents: { source: ENCODED } }] } }),
      [{ do: "put", to: { kind: "file", path: "/etc/a" }, content: HELLO, mode: "0644" }],
    ],
    [
      "a file in base64 with a media type, of version 2",
      v2({
        storage: {
          files: [
            {
              filesystem: "root",
              path: "/etc/a",
              contents: { source: ENCODED.replace(":;", ":text/plain;charset=utf-8;") },
            },
          ],
        },
      }),
      [{ do: "put", to: { kind: "file", path: "/etc/a" }, content: HELLO }],
    ],
    [
      "a file in gzip",
      v3({
        storage: {
          files: [
            {
              path: "/etc/a",
              contents: { compression: "gzip", source: `data:;base64,${gzipSync(HELLO.text).toString("base64")}` },
            },
          ],
        },
      }),
      [{ do: "put", to: { kind: "file", path: "/etc/a" }, content: HELLO, mode: "0644" }],
    ],
    [
      "an empty file",
      v3({ storage: { files: [{ path: "/etc/a" }] } }),
      [{ do: "put", to: { kind: "file", path: "/etc/a" }, content: { kind: "text", text: "" }, mode: "0644" }],
    ],
    [
      "a file that is fetched, without which the machine does not start",
      v3({ storage: { files: [{ path: "/etc/a", contents: { source: "https://example.org/a" } }] } }),
      [{ do: "put", to: { kind: "file", path: "/etc/a" }, content: { kind: "not-shown" }, mode: "0644" }],
    ],
    [
      "something appended to a file",
      v3({ storage: { files: [{ path: "/etc/a", append: [{ source: "data:,x" }] }] } }),
      [{ do: "put", to: { kind: "file", path: "/etc/a" }, content: { kind: "not-shown" }, mode: "0644" }],
    ],
    [
      "bytes that are not text",
      v3({ storage: { files: [{ path: "/etc/a", contents: { source: "data:;base64,//4=" } }] } }),
      [
        {
          do: "put",
          to: { kind: "file", path: "/etc/a" },
          content: { kind: "sha256", sha256: "DIGEST" },
          mode: "0644",
        },
      ],
    ],
    [
      "folders, files and links, in this order",
      v3({
        storage: {
          links: [
            { path: "/etc/l", target: "a" },
            { path: "/etc/h", target: "/etc/a", hard: true },
          ],
          files: [{ path: "/etc/a" }],
          directories: [{ path: "/etc/d" }],
        },
      }),
      [
        { do: "make-directory", path: "/etc/d" },
        { do: "put", to: { kind: "file", path: "/etc/a" }, content: { kind: "text", text: "" }, mode: "0644" },
        { do: "link", to: { kind: "file", path: "/etc/l" }, target: "a", replace: false },
        { do: "copy", from: "/etc/a", to: { kind: "file", path: "/etc/h" }, recursive: false },
      ],
    ],
    [
      "a file on another filesystem of version 2",
      v2({ storage: { files: [{ filesystem: "data", path: "/etc/a.pem" }] } }),
      [
        {
          do: "might-write",
          scope: { kind: "named", name: "a.pem" },
          reason: { id: "mount-point-unknown", data: {} },
        },
      ],
    ],
    [
      "another configuration that is merged in",
      v3({
        ignition: {
          version: "3.4.0",
          config: { merge: [{ source: `data:,${encodeURIComponent(v3({ storage: { files: [{ path: "/b" }] } }))}` }] },
        },
        storage: { files: [{ path: "/a" }] },
      }),
      [
        { do: "put", to: { kind: "file", path: "/a" }, content: { kind: "text", text: "" }, mode: "0644" },
        { do: "put", to: { kind: "file", path: "/b" }, content: { kind: "text", text: "" }, mode: "0644" },
      ],
    ],
    [
      "another configuration in its place",
      v3({
        ignition: {
          version: "3.4.0",
          config: { replace: { source: `data:,${encodeURIComponent(v3({ storage: { files: [{ path: "/b" }] } }))}` } },
        },
        storage: { files: [{ path: "/a" }] },
      }),
      [{ do: "put", to: { kind: "file", path: "/b" }, content: { kind: "text", text: "" }, mode: "0644" }],
    ],
    [
      "another configuration from the network",
      v3({ ignition: { version: "3.4.0", config: { replace: { source: "https://example.org/x.ign" } } } }),
      [
        {
          do: "might-write",
          scope: { kind: "anywhere" },
          reason: { id: "user-data-hands-over", data: { to: "ignition-config" } },
        },
      ],
    ],
    ["nothing", v3({}), []],
  ])("%s", (_, json, expected) => {
    const shown = readIgnition(json).operations.map((one) =>
      one.do === "put" && one.content.kind === "sha256"
        ? { ...one, content: { ...one.content, sha256: "DIGEST" } }
        : one,
    );
    expect(shown).toEqual(expected);
  });
});

describe("systemd units run commands", () => {
  const unit = (contents: string, more: object = { enabled: true }) =>
    v3({ systemd: { units: [{ name: "up.service", contents, ...more }] } });

  it("kubeadm in an enabled unit", () => {
    const reading = readIgnition(
      unit("[Service]\nType=oneshot\nExecStart=/opt/bin/kubeadm init \\\n  --config /etc/kubeadm.yaml\n"),
    );
    expect(reading.kubeadm).toMatchObject([{ command: "init", config: true }]);
  });

  it("kubeadm in a drop-in of a unit of version 2", () => {
    const json = v2({
      systemd: {
        units: [
          {
            name: "up.service",
            enable: true,
            dropins: [
              { name: "a.conf", contents: "[Service]\nExecStartPre=-/opt/bin/kubeadm join x --control-plane\n" },
            ],
          },
        ],
      },
    });
    expect(readIgnition(json).kubeadm).toMatchObject([{ command: "join-control-plane" }]);
  });

  it("a script that Ignition wrote", () => {
    const json = v3({
      storage: {
        files: [
          { path: "/opt/up.sh", contents: { source: `data:,${encodeURIComponent("#!/bin/bash\nkubeadm init\n")}` } },
        ],
      },
      systemd: {
        units: [{ name: "up.service", enabled: true, contents: "[Service]\nExecStart=/bin/bash /opt/up.sh\n" }],
      },
    });
    expect(readIgnition(json).kubeadm).toMatchObject([{ command: "init" }]);
  });

  it("a unit that is not enabled may be started by another", () => {
    const reading = readIgnition(unit("[Service]\nExecStart=/usr/bin/cp /a /b\n", {}));
    expect(reading.operations).toMatchObject([{ do: "might-write", scope: { kind: "anywhere" } }]);
  });

  it("a unit that is masked never runs", () => {
    expect(readIgnition(unit("[Service]\nExecStart=/opt/up.sh\n", { mask: true })).operations).toEqual([]);
  });
});

describe("what cannot be read says why", () => {
  it.each<[string, string, string]>([
    ["text that is not JSON", '{"ignition": {', "its Ignition configuration is not valid JSON"],
    [
      "a version that is not known",
      '{"ignition": {"version": "4.0.0"}}',
      "its Ignition configuration is of a version that is not known",
    ],
    ["no version", '{"ignition": {}}', "its Ignition configuration is of a version that is not known"],
  ])("%s", (_, json, why) => {
    expect(readIgnition(json).operations.map(withText)).toEqual([
      { do: "might-write", scope: { kind: "anywhere" }, why },
    ]);
  });

  it("configurations inside configurations, without end", () => {
    let json = v3({});
    for (let depth = 0; depth < 10; depth += 1) {
      json = JSON.stringify({
        ignition: {
          version: "3.0.0",
          config: { replace: { source: `data:;base64,${Buffer.from(json).toString("base64")}` } },
        },
      });
    }
    expect(readIgnition(json).operations).toMatchObject([{ do: "might-write" }]);
  });

  it("a gzip bomb is a file whose content is not shown", () => {
    const source = `data:;base64,${gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString("base64")}`;
    const spent = cpuTime();
    const reading = readIgnition(
      v3({ storage: { files: [{ path: "/a", contents: { source, compression: "gzip" } }] } }),
    );
    expect(reading.operations).toMatchObject([{ content: { kind: "not-shown" } }]);
    expect(spent()).toBeLessThan(BOUNDED_MS);
  });

  it("never throws, whatever the JSON", () => {
    const parts = fc.dictionary(
      fc.constantFrom(
        "ignition",
        "storage",
        "systemd",
        "files",
        "links",
        "units",
        "config",
        "contents",
        "source",
        "path",
      ),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(parts, (rest) => {
        readIgnition(JSON.stringify(rest));
        readIgnition(v3({ storage: rest, systemd: rest }));
        readIgnition(
          v2({ storage: { files: [rest], links: [rest], directories: [rest] }, systemd: { units: [rest] } }),
        );
      }),
    );
  });
});
