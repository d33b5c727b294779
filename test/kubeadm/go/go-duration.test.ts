import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configurationText } from "../../../kubeadm/config/configuration-text";
import { readClusterConfiguration } from "../../../kubeadm/config/read-cluster-configuration";
import { refusalText } from "../../../kubeadm/config/refusal";
import { formatGoDuration } from "../../../kubeadm/go/go-duration";

/** What kubeadm 1.34 reads of a certificateValidityPeriod. */
function readDuration(text: string): bigint {
  const reading = readClusterConfiguration(
    configurationText(
      `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.34.2\ncertificateValidityPeriod: ${text}\n`,
    ),
    { minor: 34 },
  );
  if (reading.kind === "refused") throw new Error(refusalText(reading.refusal));
  return reading.configuration.certificateValidityPeriod;
}

describe("a duration as Go writes it", () => {
  // time.Duration.String() of go1.26.
  it.each([
    [0n, "0s"],
    [1n, "1ns"],
    [1_100n, "1.1\u00b5s"],
    [2_200_000n, "2.2ms"],
    [3_300_000_000n, "3.3s"],
    [240_000_000_000n, "4m0s"],
    [245_000_000_000n, "4m5s"],
    [245_001_000_000n, "4m5.001s"],
    [31_536_000_000_000_000n, "8760h0m0s"],
    [-90_000_000_000n, "-1m30s"],
  ])("%d nanoseconds are %s", (nanoseconds, text) => {
    expect(formatGoDuration(nanoseconds)).toBe(text);
  });

  it("is read back as the same duration", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), (nanoseconds) => {
        expect(readDuration(JSON.stringify(formatGoDuration(nanoseconds)))).toBe(nanoseconds);
      }),
    );
  }, 60_000);
});
