/** Like `Promise.all`, but waits for all of them to end before it rejects with the first failure: none works on in folders that are gone. */
export async function allEnded(promises) {
  const ended = await Promise.allSettled(promises);
  const failed = ended.find(({ status }) => status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return ended.map(({ value }) => value);
}
