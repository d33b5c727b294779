import { baseName } from "../machine/paths";
import { githubReport } from "./formats/github-report";
import { gitlabReport } from "./formats/gitlab-report";
import { junitReport } from "./formats/junit-report";
import { markdownReport } from "./formats/markdown-report";
import { sarifReport } from "./formats/sarif-report";
import { htmlReport } from "./html/html-report";
import { jsonReport } from "./json-report";
import type { Report } from "./report";
import { textReport } from "./text-report";

const FORMATS = {
  text: (report: Report) => textReport(report),
  json: jsonReport,
  sarif: sarifReport,
  junit: junitReport,
  markdown: markdownReport,
  github: githubReport,
  gitlab: gitlabReport,
  html: (report: Report) => htmlReport([report]),
} as const;

export type Format = keyof typeof FORMATS;

export function isFormat(name: string): name is Format {
  return Object.hasOwn(FORMATS, name);
}

/** For messages: `text, json, ...`. */
export const FORMAT_NAMES = Object.keys(FORMATS).join(", ");

export function formatReport(report: Report, format: Format): string {
  return FORMATS[format](report);
}

/** For messages: what a report's file may be called. */
export const FILE_NAMES = ".json, .sarif, .xml (JUnit), .md, .html, .txt or code-quality.json (GitLab)";

/** The format that a file's name asks for. */
export function formatOfFile(file: string): Format | undefined {
  const name = baseName(file).toLowerCase();
  const [last, stem = ""] = name.split(".").reverse();
  if (last === "json" && /code-?quality/.test(stem)) return "gitlab";
  if (name.endsWith(".sarif.json")) return "sarif";
  const extension = /\.([a-z]+)$/.exec(name)?.[1] ?? "";
  return new Map<string, Format>([
    ["json", "json"],
    ["sarif", "sarif"],
    ["xml", "junit"],
    ["md", "markdown"],
    ["html", "html"],
    ["htm", "html"],
    ["txt", "text"],
  ]).get(extension);
}
