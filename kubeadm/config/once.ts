/** Works a value out when it is first asked for, and keeps it. What `work` throws is thrown again by the next call's own work. */
export function once<Value>(work: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: work() };
    return made.value;
  };
}
