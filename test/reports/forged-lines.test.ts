import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import Ajv from "ajv-draft-04";
import { describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import { type Format, formatReport } from "../../reports/format-report";
import { jsonReport } from "../../reports/json-report";
import { publicReport } from "../../reports/public-report";
import { readReport } from "../../reports/read-report";
import type { Report } from "../../reports/report";
import { schemaFaults } from "../cli/helpers/schema-faults";
import { cell, cluster, refused } from "./helpers/fixture-report";
import { formOf } from "./helpers/forged";
import { FORGING_TEXTS } from "./helpers/forging-texts";

const FORMATS: readonly Format[] = ["text", "json", "sarif", "junit", "markdown", "github", "gitlab", "html"];

const [shown] = refused.clusters;
/** Everything that a report shows. */
const FULL: Report = {
  ...refused,
  clusters: [
    {
      ...(shown ?? cluster()),
      explained: [
        {
          node: "master01",
          path: "/etc/x.pem",
          cell: cell({
            presence: "undecided",
            links: [{ name: "link", kind: "declared", urn: null }],
            reasons: [
              { why: "it is unknown", reason: { id: "host-unknown", data: {}, source: null }, settledBy: "Look." },
            ],
          }),
        },
      ],
    },
  ],
};

const FULL_JSON: unknown = JSON.parse(jsonReport(FULL));

/** The places of a report that texts can be put in, all of a list as one: `clusters.outcomes.policy`. */
const PLACES = [...new Set(placesIn(FULL_JSON, ""))];

function placesIn(value: unknown, place: string): readonly string[] {
  if (typeof value === "string") return [place];
  if (Array.isArray(value)) return value.flatMap((item) => placesIn(item, place));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => placesIn(item, `${place}.${key}`));
}

function withText(value: unknown, place: string, wanted: string, text: string): unknown {
  if (typeof value === "string") return place === wanted ? text : value;
  if (Array.isArray(value)) return value.map((item) => withText(item, place, wanted, text));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withText(item, `${place}.${key}`, wanted, text)]),
  );
}

/** The report with a text in a place of it, as `kubeadm-guard report` takes it from a file that anybody may have written. */
function planted(place: string, text: string): Report | undefined {
  const read = readReport(JSON.stringify(withText(FULL_JSON, "", place, text)));
  return read.kind === "report" ? publicReport(read.report) : undefined;
}

/** A text of as many lines that is nothing but text. */
function harmless(text: string): string {
  return text.replace(/[^\n]+/g, "x");
}

/** The places in which the text changes the form of the report, in any of the formats. */
function forgedIn(place: string, text: string): readonly string[] {
  const [hostile, plain] = [planted(place, text), planted(place, harmless(text))];
  if (hostile === undefined || plain === undefined) return [];
  return FORMATS.filter((format) => {
    const [form, expected] = [hostile, plain].map((one) => formOf(format, formatReport(one, format)));
    return !isDeepStrictEqual(form, expected);
  }).map((format) => `${place} in ${format}`);
}

describe("no text of a report makes a line, an element or a command of its own", () => {
  it.each(Object.entries(FORGING_TEXTS))("%s", (_, text) => {
    expect(PLACES.flatMap((place) => forgedIn(place, text))).toEqual([]);
  });
});

const CHECK_SCHEMA = JSON.parse(readFileSync(join(__dirname, "..", "..", "docs", "check-schema.json"), "utf8"));
const SARIF_SCHEMA = createRequire(__filename).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const JUNIT_SCHEMA = readFileSync(join(__dirname, "helpers", "junit.xsd"), "utf8");
const isSarif = new Ajv({
  strict: false,
  unicodeRegExp: false,
  formats: { uri: true, "uri-reference": true, "date-time": true },
}).compile(JSON.parse(readFileSync(SARIF_SCHEMA, "utf8")));

/** The report with a text in all of its places at once that take it. */
function plantedEverywhere(text: string): Report {
  const all = PLACES.reduce<unknown>((value, place) => {
    const next = withText(value, "", place, text);
    return readReport(JSON.stringify(next)).kind === "report" ? next : value;
  }, FULL_JSON);
  const read = readReport(JSON.stringify(all));
  if (read.kind !== "report") throw new Error(read.why);
  return publicReport(read.report);
}

describe("a report with a text in every place still fits the schema of its format", () => {
  it.each(Object.entries(FORGING_TEXTS))("%s", async (_, text) => {
    const report = plantedEverywhere(text);
    const { errors } = await validateXML({
      xml: { fileName: "report.xml", contents: formatReport(report, "junit") },
      schema: JUNIT_SCHEMA,
    });
    isSarif(JSON.parse(formatReport(report, "sarif")));
    expect([errors, isSarif.errors, schemaFaults(CHECK_SCHEMA, JSON.parse(formatReport(report, "json")))]).toEqual([
      [],
      null,
      [],
    ]);
  });
});
