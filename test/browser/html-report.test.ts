/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { htmlReport } from "../../reports/html/html-report";
import type { Report } from "../../reports/report";
import { findChromium } from "../../scripts/lib/find-chromium.mjs";
import { cell, clean, cluster, finding, policy, refused, report } from "../reports/helpers/fixture-report";

const EXECUTABLE = findChromium();
const FOLDER = mkdtempSync(join(tmpdir(), "kubeadm-guard-page-"));

/** 300 nodes of which every fiftieth lacks a file. */
const MANY = report(
  cluster({
    name: "many",
    files: {
      files: ["certFile", "keyFile", "caFile"].map((field) => ({ field, path: `/etc/etcd/${field}.pem`, line: null })),
      rows: Array.from({ length: 300 }, (_, index) => ({
        node: `node-${index}`,
        cells: [cell(), cell(index % 50 === 0 ? { presence: "missing", source: null } : {}), cell()],
      })),
    },
  }),
);

describe.skipIf(EXECUTABLE === undefined)("the HTML report in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: EXECUTABLE ?? "", args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser.close();
  });

  let pages = 0;
  /** The page of these reports, in a context that has no network, with whatever the browser complained of. */
  async function open(reports: readonly Report[], options: BrowserContextOptions = {}) {
    pages += 1;
    const file = join(FOLDER, `${pages}.html`);
    writeFileSync(file, htmlReport(reports));
    const context = await browser.newContext({ offline: true, viewport: { width: 1200, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, complaints };
  }

  const cellAt = (page: Page, row: number, column: number) =>
    page.locator("tr.node").nth(row).locator("button").nth(column);
  const focused = (page: Page) =>
    page.evaluate(() => {
      const row = document.activeElement?.closest("tr");
      const buttons = [...(row?.querySelectorAll("button") ?? [])];
      return [row?.dataset["node"], buttons.findIndex((button) => button.matches(":focus"))];
    });

  it("opens the reason of a cell on a click, and closes it on the next", async () => {
    const { page, complaints } = await open([refused]);
    await cellAt(page, 1, 0).click();
    expect(await page.locator("tr.reason li").allTextContents()).toEqual([
      "etcd.external.certFile in prod config.yaml:7 names /etc/ssl/etcd/ssl/node-master02.pem.",
      "No known source touches it on master01.",
    ]);
    expect(await page.locator("tr.reason p").textContent()).toBe(
      "Missing: no such file or directory (Kubespray v2.25.0 puts files below /etc/ssl/etcd/ssl only, for this inventory); the node has /etc/ssl/etcd/ssl/node-master01.pem.",
    );
    await cellAt(page, 1, 0).click();
    expect(await page.locator("tr.reason").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("shows each operation that touched a file", async () => {
    const { page } = await open([refused]);
    await cellAt(page, 0, 0).click();
    expect(await page.locator("tr.reason li").nth(1).textContent()).toBe(
      "inventory inventory.ini (kubespray) writes /etc/ssl/etcd/ssl/node-master02.pem.",
    );
  });

  it("is reached by Tab once, and read by arrow keys, Enter and Escape", async () => {
    const { page } = await open([MANY]);
    expect(await page.locator("table[role=grid] button[tabindex='0']").count()).toBe(1);
    await page.getByRole("checkbox").focus();
    await page.keyboard.press("Tab");
    expect(await focused(page)).toEqual(["node-0", 0]);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    expect(await focused(page)).toEqual(["node-1", 1]);
    await page.keyboard.press("Enter");
    expect(await page.getByRole("status").getByText("keyFile on node-1").isVisible()).toBe(true);
    await page.keyboard.press("ArrowDown");
    expect(await focused(page)).toEqual(["node-2", 1]);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Escape");
    expect(await page.locator("tr.reason").count()).toBe(0);
    await page.keyboard.press("Control+End");
    expect(await focused(page)).toEqual(["node-299", 2]);
  });

  it("finds nodes by name, and those that lack a file", async () => {
    const { page } = await open([MANY]);
    await page.getByRole("searchbox").fill("node-10");
    expect(await page.locator("tr.node:visible").count()).toBe(11);
    await page.getByRole("checkbox", { name: "only the 6 that lack a file" }).check();
    expect(await page.locator("tr.node:visible").allTextContents()).toEqual([expect.stringContaining("node-100")]);
    expect(await page.locator("output").textContent()).toBe("1 node");
    await page.getByRole("searchbox").fill("");
    expect(await page.locator("tr.node:visible").count()).toBe(6);
  });

  it("says to a screen reader what it shows", async () => {
    const { page } = await open([refused]);
    expect(await page.getByRole("heading", { level: 2, name: "prod refused" }).count()).toBe(1);
    const grid = page.getByRole("grid", { name: "Files on the control-plane nodes" });
    expect(await grid.getByRole("columnheader", { name: "certFile" }).count()).toBe(1);
    expect(await grid.getByRole("button", { name: "missing (has node-master01.pem)", expanded: false }).count()).toBe(
      1,
    );
    expect(await page.getByRole("img", { name: "Time line of the certificates" }).count()).toBe(1);
    expect(await page.getByRole("row", { name: /CN=etcd-node-master02 certFile .* expired master02/ }).count()).toBe(1);
  });

  it.each<[string, BrowserContextOptions]>([
    ["wide and light", { colorScheme: "light" }],
    ["wide and dark", { colorScheme: "dark" }],
    ["narrow and light", { colorScheme: "light", viewport: { width: 360, height: 740 } }],
    ["narrow and dark", { colorScheme: "dark", viewport: { width: 360, height: 740 } }],
  ])("has text that stands out from its background, and is no wider than the window: %s", async (_, options) => {
    const { page } = await open([refused], options);
    await cellAt(page, 1, 0).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(await page.evaluate(lowContrast)).toEqual([]);
  });

  it("shows texts as texts, whatever they look like", async () => {
    const text = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    const hostile = cluster({
      name: text,
      outcomes: [policy("p", { outcome: "fail", findings: [finding({ text, fix: text })] })],
      files: {
        files: [{ field: "caFile", path: `/etc/"'${text}`, line: null }],
        rows: [{ node: text, cells: [cell({ source: { name: text, kind: text, urn: null } })] }],
      },
    });
    const { page, complaints } = await open([report(hostile)]);
    await cellAt(page, 0, 0).click();
    expect(await page.locator("img, script").count()).toBe(1);
    expect(await page.locator("tr.reason").textContent()).toContain(text);
    expect(complaints).toEqual([]);
  });

  it("leads from the overview of many clusters to each", async () => {
    const { page } = await open([clean, MANY, refused]);
    expect(await page.getByText("3 clusters: 1 refused, 0 undecided, 2 passed.").count()).toBe(1);
    const names = await page.locator("table").first().locator("tbody th").allTextContents();
    expect(names).toEqual(["prod", "prod", "many"]);
    await page.getByRole("link", { name: "many" }).click();
    expect(new URL(page.url()).hash).toBe("#cluster-2");
    expect(await page.getByRole("heading", { level: 2, name: "many passed" }).count()).toBe(1);
  });

  it("prints long commands within the width of the paper", async () => {
    const path = `/etc/ssl/etcd/ssl/${"node-master02-".repeat(9)}key.pem`;
    const steps = [{ do: "link", path, from: "node-master01-key.pem" } as const];
    const { page } = await open(
      [report(cluster({ fix: { nodes: [{ node: "master01", steps, why: [] }], names: [] } }))],
      {
        viewport: { width: 794, height: 1123 },
      },
    );
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });

  it("keeps the header of a long table in sight", async () => {
    const { page } = await open([MANY]);
    await cellAt(page, 0, 0).focus();
    await page.keyboard.press("Control+End");
    expect(await page.getByRole("columnheader", { name: "keyFile" }).isVisible()).toBe(true);
    const [header, last] = await Promise.all([
      page.getByRole("columnheader", { name: "keyFile" }).boundingBox(),
      page.locator(".files tbody tr:last-child").boundingBox(),
    ]);
    expect((last?.y ?? 0) - (header?.y ?? 0)).toBeLessThan(900);
  });

  it("prints the findings, the table and all policies", async () => {
    const { page } = await open([refused]);
    await page.emulateMedia({ media: "print" });
    expect(await page.getByText("Each cell opens its reason").isVisible()).toBe(false);
    expect((await page.pdf()).subarray(0, 5).toString()).toBe("%PDF-");
  });
});

/** Runs in the page: elements with text whose contrast with their background is below 4.5 (WCAG 2.1, 1.4.3). */
function lowContrast(): readonly string[] {
  const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const background = (element: Element | null): string => {
    if (element === null) return "rgb(255, 255, 255)";
    const { backgroundColor } = getComputedStyle(element);
    return channels(backgroundColor)[3] === 0 ? background(element.parentElement) : backgroundColor;
  };
  return [...document.body.querySelectorAll("*")].flatMap((element) => {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== "");
    if (!hasText || element.matches("script, svg *")) return [];
    const [one, other] = [luminance(getComputedStyle(element).color), luminance(background(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return ratio < 4.5 ? [`${element.tagName} ${element.textContent} ${ratio}`] : [];
  });
}
