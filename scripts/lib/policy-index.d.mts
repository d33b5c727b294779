interface TablePolicy {
  readonly id: string;
  readonly level: string;
  readonly severity: string;
  readonly description: string;
}

export function policyTable(policies: readonly TablePolicy[], folder: string): readonly string[];
export function policyIndex(policies: readonly TablePolicy[], pages: ReadonlyMap<string, string>): string;
export function searchWords(page: string): readonly string[];
