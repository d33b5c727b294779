/** The text with its first letter as a capital: `fix it` becomes `Fix it`. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
