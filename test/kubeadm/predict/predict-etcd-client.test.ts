import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExternalEtcdFileStates, FileState } from "../../../kubeadm/predict/file-state";
import { predictEtcdClient } from "../../../kubeadm/predict/predict-etcd-client";
import { type RecordedCluster, recordedClusters } from "../../helpers/recorded-clusters";
import { fileStates } from "./case-files";

const CASES = recordedClusters("clusters");
const FILE_STAGES = ["external etcd client", "later"];

/** The nodes on which kubeadm looked at the files, with what it said. */
const NODES = CASES.flatMap((one) =>
  Object.entries(one.kubeadm.nodes)
    .filter(([, { stage }]) => FILE_STAGES.includes(stage))
    .map(([node, { ok, error }]) => ({ name: `${one.id} on ${node}`, one, node, ok, error })),
);

function good(): { readonly one: RecordedCluster; readonly files: ExternalEtcdFileStates } {
  const one = CASES.find(({ id }) => id === "single-node");
  if (one === undefined) throw new Error("no case single-node");
  return { one, files: fileStates(one, "master01") };
}

const NOT_SHOWN: FileState = { state: "present", content: undefined };
const MISSING: FileState = { state: "unopenable", errno: "no such file or directory" };
const UNDECIDED: FileState = { state: "undecided" };

function withFiles(changes: Partial<Record<keyof ExternalEtcdFileStates, FileState>>): ExternalEtcdFileStates {
  const { files } = good();
  return {
    certFile: { ...files.certFile, file: changes.certFile ?? files.certFile.file },
    keyFile: { ...files.keyFile, file: changes.keyFile ?? files.keyFile.file },
    caFile: { ...files.caFile, file: changes.caFile ?? files.caFile.file },
  };
}

describe("kubeadm upgrade and the external etcd files", () => {
  it("has nodes to be compared with", () => {
    expect(NODES.length).toBeGreaterThan(350);
  });

  it.each(NODES)("says what kubeadm said: $name", ({ one, node, ok, error }) => {
    const prediction = predictEtcdClient(fileStates(one, node));
    expect(prediction).toEqual(ok ? { ok: true } : { ok: false, error });
  });
});

describe("files of which not everything is known", () => {
  const CERT = "/etc/ssl/etcd/ssl/node-master01.pem";
  const KEY = "/etc/ssl/etcd/ssl/node-master01-key.pem";
  const CA = "/etc/ssl/etcd/ssl/ca.pem";

  it.each([
    ["a certificate that is not shown", { certFile: NOT_SHOWN }, { ok: null, why: `the content of ${CERT}` }],
    ["a key that is not shown", { keyFile: NOT_SHOWN }, { ok: null, why: `the content of ${KEY}` }],
    ["a CA that is not shown", { caFile: NOT_SHOWN }, { ok: null, why: `the content of ${CA}` }],
    ["a certificate that may be missing", { certFile: UNDECIDED }, { ok: null, why: `whether ${CERT} can be opened` }],
    [
      "a missing key beside a certificate that is not shown",
      { certFile: NOT_SHOWN, keyFile: MISSING },
      { ok: false, error: `open ${KEY}: no such file or directory` },
    ],
    [
      "a missing CA behind a pair that is not shown",
      { certFile: NOT_SHOWN, caFile: MISSING },
      { ok: null, why: `the content of ${CERT}` },
    ],
    [
      "a missing key behind a certificate that may be missing",
      { certFile: UNDECIDED, keyFile: MISSING },
      { ok: null, why: `whether ${CERT} can be opened` },
    ],
    [
      "an empty certificate beside a key that is not shown",
      { certFile: { state: "present", content: "" } as const, keyFile: NOT_SHOWN },
      { ok: false, error: "tls: failed to find any PEM data in certificate input" },
    ],
  ])("%s", (_, changes, expected) => {
    expect(predictEtcdClient(withFiles(changes))).toEqual(expected);
  });
});

describe("what always holds", () => {
  const state = fc.oneof(
    fc.constant(NOT_SHOWN),
    fc.constant(MISSING),
    fc.constant(UNDECIDED),
    fc.string({ unit: "binary" }).map((content): FileState => ({ state: "present", content })),
    fc.constantFrom(...Object.values(good().files).map(({ file }) => file)),
  );

  it("text after the PEM blocks changes nothing", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]*$/), (trailing) => {
        const { files } = good();
        const longer = Object.fromEntries(
          Object.entries(files).map(([field, { path, file }]) => {
            const content = file.state === "present" ? `${file.content ?? ""}${trailing}` : "";
            return [field, { path, file: { state: "present", content } }];
          }),
        );
        expect(predictEtcdClient({ ...files, ...longer })).toEqual({ ok: true });
      }),
    );
  });

  it.each([
    ["the key behind a missing certificate", { certFile: MISSING }, "keyFile"],
    ["the CA behind a missing certificate", { certFile: MISSING }, "caFile"],
    ["the CA behind a missing key", { keyFile: MISSING }, "caFile"],
    [
      "the CA behind a certificate that is not PEM",
      { certFile: { state: "present", content: "x" } as const },
      "caFile",
    ],
  ])("a refusal stays what it was without %s", (_, changes, hidden) => {
    const full = predictEtcdClient(withFiles(changes));
    expect(full.ok).toBe(false);
    expect(predictEtcdClient(withFiles({ ...changes, [hidden]: UNDECIDED }))).toEqual(full);
  });

  it("knowing less never turns a verdict into the other one", () => {
    fc.assert(
      fc.property(
        state,
        state,
        state,
        fc.constantFrom("certFile", "keyFile", "caFile"),
        (certFile, keyFile, caFile, hidden) => {
          const full = predictEtcdClient(withFiles({ certFile, keyFile, caFile }));
          const less = predictEtcdClient(withFiles({ certFile, keyFile, caFile, [hidden]: UNDECIDED }));
          if (less.ok !== null) expect(less).toEqual(full);
        },
      ),
    );
  });

  it("a prediction never carries the content of a file", () => {
    fc.assert(
      fc.property(state, state, state, (certFile, keyFile, caFile) => {
        const prediction = JSON.stringify(predictEtcdClient(withFiles({ certFile, keyFile, caFile })));
        expect(prediction).not.toContain("-----BEGIN");
      }),
    );
  });
});
