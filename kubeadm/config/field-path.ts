/** A field path as in the text: `["etcd", "external", "endpoints", 0]`. */
export type FieldPath = readonly (string | number)[];

/** The 1-based line of a field that a text holds; undefined for a field that it does not hold. */
export type LineOf = (path: FieldPath) => number | undefined;
