import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What `pulumi policy publish` sends to the service. */
export interface PublishedPack {
  readonly name: string;
  readonly versionTag: string;
  readonly description: string;
  readonly readme: string;
  readonly tags: readonly string[];
  readonly policies: readonly {
    readonly name: string;
    readonly displayName: string;
    readonly description: string;
    readonly enforcementLevel: string;
    readonly severity: string;
    readonly tags: readonly string[];
    readonly remediationSteps: string;
    readonly framework?: object;
    readonly configSchema?: { readonly properties: Readonly<Record<string, unknown>> };
  }[];
}

export interface PulumiCloud {
  /** For `PULUMI_BACKEND_URL`. */
  readonly address: string;
  /** What was published, once that is complete. */
  readonly published: () => { readonly pack: PublishedPack; readonly tarball: Uint8Array } | undefined;
}

/** As much of Pulumi Cloud's API as `pulumi policy publish` uses (pkg/backend/httpstate/client, PublishPolicyPack), on this machine. */
export async function pulumiCloud(): Promise<PulumiCloud> {
  let pack: PublishedPack | undefined;
  let tarball: Uint8Array | undefined;
  let isComplete = false;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { port } = server.address() as AddressInfo;
    const answer = (status: number, value: object) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(value));
    };
    switch (`${request.method} ${request.url}`) {
      case "GET /api/user":
        return answer(200, { id: "1", githubLogin: "me", name: "me", organizations: [], identities: [] });
      case "GET /api/capabilities":
        return answer(200, { capabilities: [] });
      case "POST /api/orgs/acme/policypacks":
        pack = JSON.parse(body.toString());
        return answer(200, { version: 1, uploadURI: `http://127.0.0.1:${port}/upload` });
      case "PUT /upload":
        tarball = body;
        return answer(200, {});
      case `POST /api/orgs/acme/policypacks/${pack?.name}/versions/${pack?.versionTag}/complete`:
        isComplete = true;
        return answer(200, {});
      default:
        return answer(404, { code: 404, message: `there is no ${request.url}` });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    published: () => (isComplete && pack !== undefined && tarball !== undefined ? { pack, tarball } : undefined),
  };
}
