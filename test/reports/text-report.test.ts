import { describe, expect, it } from "vitest";
import type { CheckResult } from "../../reports/check-result";
import { textReport } from "../../reports/text-report";

const RESULT: CheckResult = {
  step: "upgrade",
  clusters: [
    {
      name: "prod",
      outcomes: [
        { policy: "a-holds", outcome: "pass", why: null, findings: [], texts: [], open: [] },
        { policy: "b-holds", outcome: "not-applicable", why: "there is one node", findings: [], texts: [], open: [] },
        { policy: "c-holds", outcome: "fail", why: null, findings: [], texts: ["It does not.\nFix: do it."], open: [] },
        { policy: "d-holds", outcome: "undecided", why: null, findings: [], texts: [], open: ["what a\u001b[31m is"] },
      ],
      kubeadm: [
        { node: "master01", prediction: { ok: true } },
        { node: "m2", prediction: { ok: false, error: "first line\nsecond line" } },
        { node: "m3", prediction: { ok: null, why: "the content of /k" } },
      ],
    },
  ],
};

describe("the report for people", () => {
  it("says the verdicts, what was found, and what kubeadm would say of each node", () => {
    expect(textReport(RESULT)).toBe(
      [
        "Cluster prod: 1 policy failed, 1 undecided, which is no pass",
        "  pass            a-holds",
        "  not applicable  b-holds: there is one node",
        "  FAIL            c-holds",
        "  undecided       d-holds",
        "",
        "c-holds (FAIL)",
        "  It does not.",
        "  Fix: do it.",
        "",
        "d-holds (undecided)",
        "  undecided: what a\\x1b[31m is",
        "",
        "What kubeadm upgrade node phase control-plane would say (unknown: what it depends on):",
        "  master01  ok",
        "  m2        fails    first line",
        "                     second line",
        "  m3        unknown  the content of /k",
        "",
      ].join("\n"),
    );
  });
});
