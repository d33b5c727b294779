/** Small inputs by what is special about them, each with what is read of it. */
export type Readings = Readonly<Record<string, () => unknown>>;
