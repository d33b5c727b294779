/** How many policies passed, and how many do not apply, which is left out where there are none: `1 policy passed, 9 do not apply`. */
export function policyCounts(passed: number, notApplicable: number): readonly string[] {
  return [
    `${passed} ${passed === 1 ? "policy" : "policies"} passed`,
    ...(notApplicable === 0 ? [] : [`${notApplicable} ${notApplicable === 1 ? "does" : "do"} not apply`]),
  ];
}
