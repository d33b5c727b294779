/** `files-in-process.mjs N`: N files put on one node, then three of them looked for: more than a listing may have. */
import { loadSource } from "../lib/bundle.mjs";
import { tellCost } from "./cost.mjs";

const { nodeFiles } = await loadSource("cluster/node-files.ts");
const paths = Array.from({ length: Number(process.argv[2]) }, (_, index) => `/etc/ssl/etcd/ssl/node-${index}.pem`);
const asked = [paths[0], paths.at(-1), "/etc/ssl/etcd/ssl/missing.pem"];
const evidence = [
  {
    machine: { by: "every-control-plane-node" },
    source: { kind: "bench", name: "files" },
    operations: paths.map((path) => ({ do: "put", to: { kind: "file", path }, content: { kind: "not-shown" } })),
  },
];
await tellCost(async () => {
  const { presence } = nodeFiles(evidence, { kind: "complete", because: { by: "setting" } }, asked, () => false);
  const answers = asked.map((path) => presence(path).kind).join();
  if (answers !== "present,present,missing") throw new Error(`the files are ${answers}`);
});
