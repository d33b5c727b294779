/** The rows of README's table, in the order of the policies. `folder` is where the pages are from there. */
export function policyTable(policies, folder) {
  return [
    "| policy | default | what must hold |",
    "| --- | --- | --- |",
    ...policies.map(
      ({ id, level, severity, description }) =>
        `| [${id}](${folder}${id}.md) | ${level}, ${severity} | ${description} |`,
    ),
  ];
}

/** docs/policies/README.md: all policies, and which of them each search word of their pages leads to. `pages` are their texts by id. */
export function policyIndex(policies, pages) {
  const policiesOf = new Map();
  for (const { id } of policies)
    for (const word of searchWords(pages.get(id) ?? "")) policiesOf.set(word, [...(policiesOf.get(word) ?? []), id]);
  const words = [...policiesOf.keys()].sort(
    (one, other) => compare(sortKey(one), sortKey(other)) || compare(one, other),
  );
  return [
    "# Policies",
    "",
    "`npm run docs` makes this page of the policies and of the search words on their pages. `kubeadm-guard explain ID` prints a page without a network,",
    "`kubeadm-guard explain WORD` the policies that a word leads to.",
    "",
    ...policyTable(policies, ""),
    "",
    "## By symptom, error message and field",
    "",
    "`…` stands for what differs from cluster to cluster.",
    "",
    "| what you see or look for | policy |",
    "| --- | --- |",
    ...words.map(
      (word) =>
        `| ${word} | ${policiesOf
          .get(word)
          .map((id) => `[${id}](${id}.md)`)
          .join(", ")} |`,
    ),
    "",
    "Why something is undecided, and what settles it, is in [undecided.md](../undecided.md).",
    "",
  ].join("\n");
}

/** The search words of a page, as they are written there: error messages and fields in backticks. */
export function searchWords(page) {
  const [, words = ""] = /^Search words: (.*)\.$/m.exec(page) ?? [];
  return words === "" ? [] : words.split("; ");
}

function sortKey(word) {
  return word
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function compare(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}
