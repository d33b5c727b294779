import { allEnded } from "./all-ended.mjs";

/** Like `Promise.all(items.map(work))`, with at most `atOnce` at work. */
export async function inTurns(atOnce, items, work) {
  const results = [];
  const queue = [...items.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, item] = next;
      results[index] = await work(item);
    }
  };
  await allEnded(Array.from({ length: atOnce }, worker));
  return results;
}
