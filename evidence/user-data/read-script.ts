import { readShellText } from "../../shell/read-shell-text";
import type { ShellReading } from "../../shell/shell-reading";
import { type Files, mightWriteAnywhere } from "./readings";

const SHELLS = new Set(["sh", "bash", "dash", "ash", "ksh", "zsh"]);

/** What a script does that root runs from `/`, by its `#!` line. Only shells are read. */
export function readScript(text: string, files: Files): ShellReading {
  // cloud-init takes carriage returns away first (util.dos2unix).
  const unix = text.replaceAll("\r\n", "\n").trimStart();
  const interpreter = interpreterOf(unix);
  if (interpreter === undefined || !SHELLS.has(interpreter))
    return mightWriteAnywhere({ id: "user-data-script", data: { interpreter: interpreter ?? null } });
  return readShellText(unix, { user: "root", workingDirectory: "/", files, budget: files.budget });
}

/** `bash` for `#!/bin/bash -e`, `#!/usr/bin/env bash` and `#!/usr/bin/env -S bash -e`. */
function interpreterOf(text: string): string | undefined {
  const line = /^#!\s*(.*)/.exec(text)?.[1] ?? "";
  const words = line.split(/\s+/).filter((word) => word !== "" && !word.startsWith("-") && !word.includes("="));
  const names = words.map((word) => word.slice(word.lastIndexOf("/") + 1));
  const name = names[0] === "env" ? names[1] : names[0];
  // It is named in a reason, so nothing but a name may pass.
  return name === undefined || /^[\w.+-]{1,40}$/.test(name) ? name : "nameless";
}
