import { oneLine, publicText } from "../machine/public-text";
import type { Terminal } from "./terminal";

/**
 * Writes one line to standard error, whatever it quotes: file names, arguments and what kubectl says may hold secrets, and
 * line feeds that would forge a line.
 */
export function complain(terminal: Terminal, line: string): void {
  terminal.complain(`${publicText(oneLine(line))}\n`);
}
