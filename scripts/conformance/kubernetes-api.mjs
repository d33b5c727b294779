import { writeFile } from "node:fs/promises";
import { request } from "node:https";
import { join } from "node:path";
import { run } from "../lib/run.mjs";
import { binary } from "./binaries.mjs";
import { startServer, waitUntil } from "./servers.mjs";

const PORT = 6443;
const ETCD = "http://127.0.0.1:2379";
const TOKEN = "conformance";

/**
 * A real kube-apiserver 1.30.14 with a real etcd behind it, in this network namespace; whoever has the token may do all.
 * `put` creates or replaces an object, `remove` deletes one at once. Its files and logs go to `folder`. With
 * `authorization: "RBAC"` the `users`, whose tokens are their names, may do what roles allow them.
 */
export async function startKubernetesApi(folder, { authorization = "AlwaysAllow", users = [] } = {}) {
  const etcd = startServer(
    await binary("etcd-3.5.21"),
    [`--data-dir=${join(folder, "etcd")}`, `--listen-client-urls=${ETCD}`, `--advertise-client-urls=${ETCD}`],
    join(folder, "etcd.log"),
  );
  const key = join(folder, "service-account.key");
  await run("openssl", ["genrsa", "-out", key, "2048"]);
  const tokens = join(folder, "tokens.csv");
  const ofUsers = users.map((user, index) => `${user},${user},${index + 2}\n`);
  await writeFile(tokens, [`${TOKEN},admin,1,system:masters\n`, ...ofUsers].join(""));
  const server = startServer(
    await binary("kube-apiserver-1.30.14"),
    [
      `--etcd-servers=${ETCD}`,
      `--secure-port=${PORT}`,
      "--bind-address=127.0.0.1",
      "--advertise-address=127.0.0.1",
      `--cert-dir=${join(folder, "certificates")}`,
      "--service-account-issuer=https://kubernetes.default.svc",
      `--service-account-key-file=${key}`,
      `--service-account-signing-key-file=${key}`,
      "--service-cluster-ip-range=10.233.0.0/18",
      `--authorization-mode=${authorization}`,
      `--token-auth-file=${tokens}`,
      // The pods stand for mirror pods, which no service account makes.
      "--disable-admission-plugins=ServiceAccount",
    ],
    join(folder, "kube-apiserver.log"),
  );
  await waitUntil(async () => (await call("GET", "/api/v1/namespaces/kube-system")).code === 200, {
    server,
    what: "kube-apiserver",
  });
  return {
    put: async (object) => {
      const { collection, name } = placeOf(object);
      const created = await call("POST", collection, object);
      const { code, text } = created.code === 409 ? await call("PUT", `${collection}/${name}`, object) : created;
      if (code >= 300) throw new Error(`${object.kind} ${name}: ${text}`);
    },
    remove: async (object) => {
      const { collection, name } = placeOf(object);
      await call("DELETE", `${collection}/${name}?gracePeriodSeconds=0`);
    },
    stop: async () => {
      await server.stop();
      await etcd.stop();
    },
  };
}

function placeOf({ kind, metadata: { name, namespace } }) {
  const path = namespace === undefined ? "" : `/namespaces/${namespace}`;
  return { collection: `/api/v1${path}/${kind.toLowerCase()}s`, name };
}

/** The kubeconfig of whoever has the token, or a client certificate `{certificate, key}`. */
export function kubeconfig(user = { token: TOKEN }, port = PORT) {
  const cluster = { server: `https://127.0.0.1:${port}`, "insecure-skip-tls-verify": true };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "cluster", cluster }],
    users: [{ name: "user", user }],
    contexts: [{ name: "context", context: { cluster: "cluster", user: "user" } }],
    "current-context": "context",
  });
}

function call(method, path, object) {
  const body = object === undefined ? undefined : JSON.stringify(object);
  const headers = {
    authorization: `Bearer ${TOKEN}`,
    ...(body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
  };
  const options = { host: "127.0.0.1", port: PORT, path, method, headers, rejectUnauthorized: false, agent: false };
  return new Promise((resolve) => {
    const sent = request(options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ code: response.statusCode, text }));
    });
    // Not listening yet, as long as it starts.
    sent.on("error", (error) => resolve({ code: 599, text: error.message }));
    sent.end(body);
  });
}
