/** A row of docs/undecided.md. */
export interface ReasonRow {
  readonly id: string;
  readonly example: string;
  readonly settledBy: string;
}

/** The rows of the table in docs/undecided.md: `| id | data | a case of it | what settles it |`. */
export function reasonRows(page: string): readonly ReasonRow[] {
  return page.split("\n").flatMap((line) => {
    const [, id, example, settledBy] = /^\| *`([a-z0-9-]+)` *\|[^|]*\| *(.*?) *\| *([^|]*?) *\| *$/.exec(line) ?? [];
    if (id === undefined || example === undefined || settledBy === undefined) return [];
    return [{ id, example: example.replaceAll("\\|", "|"), settledBy }];
  });
}
