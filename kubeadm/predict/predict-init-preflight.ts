import { posix } from "node:path";
import { goQuote } from "../go/go-syntax";
import { type UrlParts, urlParts } from "../go/net/url-parts";
import { loadCaPool, readableCas } from "../go/x509/ca-pool";
import { formatIp, parseIp } from "../go/x509/ip-address";
import { loadKeyPair } from "../go/x509/key-pair";
import { readChain } from "../go/x509/read-chain";
import { type VerifyProblem, verifyChain } from "../go/x509/verify-chain";
import { parseX509, type X509 } from "../go/x509/x509";
import type { ExternalEtcdFileStates, NamedFile } from "./file-state";
import { openErrorText } from "./open-error";
import type { EtcdClientPrediction } from "./predict-etcd-client";

/** A machine, by its name and its addresses. */
export interface Host {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** What the etcd members serve. */
export interface EtcdServers {
  /** The CAs that they take for their clients'; null where they ask for no certificate. */
  readonly trustedCA: string | null;
  /** The certificate that each member serves, by the host's name. */
  readonly certificates: Readonly<Record<string, string>>;
}

export interface InitPreflightQuestion {
  readonly files: ExternalEtcdFileStates;
  readonly endpoints: readonly string[];
  /** The machine on which `kubeadm init` is run. */
  readonly node: Host;
  /** Where etcd listens, on port 2379. */
  readonly etcdHosts: readonly Host[];
  /** null where etcd speaks plain http, undefined where it is not known what it speaks. */
  readonly etcdServers: EtcdServers | null | undefined;
  /** The time of the run, in milliseconds since 1970. */
  readonly now: number;
}

type Answer = { readonly kind: "problem"; readonly error: string } | { readonly kind: "open"; readonly why: string };

/**
 * Predicts the two checks of `kubeadm init phase preflight` on the external etcd (kubeadm 1.30.14, preflight/checks.go):
 * ExternalEtcdVersion loads the files and asks each endpoint for its version, ExternalEtcdClientCertificates looks
 * whether the files exist.
 *
 * `error` holds kubeadm's lines. A refused client certificate is known to kubeadm by etcd's alert alone, and now and
 * then it reads `connection reset by peer` in its place. The version that etcd answers is not checked.
 */
export function predictInitPreflight(question: InitPreflightQuestion): EtcdClientPrediction {
  const version = versionAnswers(question).map((answer) => labeled("ExternalEtcdVersion", answer));
  const { caFile, certFile, keyFile } = question.files;
  const existence = [caFile, certFile, keyFile]
    .flatMap(existenceAnswers)
    .map((answer) => labeled("ExternalEtcdClientCertificates", answer));
  const answers = [...version, ...existence];
  const errors = answers.flatMap((answer) => (answer.kind === "problem" ? [answer.error] : []));
  if (errors.length > 0) return { ok: false, error: errors.join("\n") };
  const open = answers.find((answer) => answer.kind === "open");
  return open === undefined ? { ok: true } : { ok: null, why: open.why };
}

function labeled(check: string, answer: Answer): Answer {
  return answer.kind === "problem" ? problem(`[ERROR ${check}]: ${answer.error}`) : answer;
}

/** FileExistingCheck: a folder exists as well. */
function existenceAnswers({ path, file }: NamedFile): readonly Answer[] {
  if (path === "") return [];
  if (file.state === "undecided") return [open(`whether ${path} exists`)];
  return file.state === "present" || file.errno === "is a directory" ? [] : [problem(`${path} doesn't exist`)];
}

/** ExternalEtcdVersionCheck: the CA file, then the pair; where both load, every endpoint. */
function versionAnswers(question: InitPreflightQuestion): readonly Answer[] {
  const { caFile, certFile, keyFile } = question.files;
  const ca = unreadable(caFile, `couldn't load external etcd's server certificate ${caFile.path}`);
  if (ca !== undefined) return [ca];
  const context = `couldn't load external etcd's certificate and key pair ${certFile.path}, ${keyFile.path}`;
  const pair = clientPair(question.files, context);
  if (pair.kind === "problem") return [pair];
  const answers = question.endpoints.flatMap((endpoint) => endpointAnswer(endpoint, question, pair) ?? []);
  return pair.kind === "open" ? [...answers, pair] : answers;
}

function unreadable({ path, file }: NamedFile, context: string): Answer | undefined {
  if (path === "" || file.state === "present") return undefined;
  if (file.state === "undecided") return open(`whether ${path} can be opened`);
  return problem(`${context}: ${openErrorText(path, file.errno)}`);
}

type ClientPair =
  | { readonly kind: "none" }
  | { readonly kind: "loaded"; readonly certificate: X509; readonly chain: readonly Buffer[] }
  | Answer;

function clientPair({ certFile, keyFile }: ExternalEtcdFileStates, context: string): ClientPair {
  if (certFile.path === "" || keyFile.path === "") return { kind: "none" };
  const closed = unreadable(certFile, context) ?? unreadable(keyFile, context);
  if (closed !== undefined) return closed;
  const [certificate, key] = [content(certFile), content(keyFile)];
  if (certificate === undefined) return open(`the content of ${certFile.path}`);
  if (key === undefined) return open(`the content of ${keyFile.path}`);
  const pair = loadKeyPair(certificate, key);
  return pair.ok ? { kind: "loaded", ...pair } : problem(`${context}: ${pair.error}`);
}

function content({ file }: NamedFile): string | undefined {
  return file.state === "present" ? file.content : undefined;
}

/** The error of asking one endpoint; undefined where it answers. */
function endpointAnswer(endpoint: string, question: InitPreflightQuestion, pair: ClientPair): Answer | undefined {
  const given = urlParts(endpoint);
  if (!given.ok) return problem(`failed to parse external etcd endpoint ${endpoint}: ${given.error}`);
  const address = `${endpoint}/version`;
  const parsed = urlParts(address);
  if (!parsed.ok) return problem(`failed to normalize external etcd version url ${address}: ${parsed.error}`);
  const url = parsed.value;
  const answer = requestAnswer(url, question, pair);
  if (answer?.kind === "problem") return problem(`Get ${goQuote(normalUrl(address, url))}: ${answer.error}`);
  return answer ?? pageAnswer(url);
}

/**
 * What kubeadm makes of the page that etcd shows: it reads `404 page not found` as JSON, which begins with a number. Of
 * its other pages nothing is known here.
 */
function pageAnswer({ path }: UrlParts): Answer | undefined {
  const page = posix.normalize(path === "" ? "/" : path);
  if (page === "/version") return undefined;
  if (page === "/" || (page.endsWith("/version") && !/^\/v3|^\/debug\//.test(page))) {
    return problem("json: cannot unmarshal number into Go value of type preflight.etcdVersionResponse");
  }
  return open(`what etcd answers at ${page}`);
}

/** normalizeURLString: doubled slashes in the path become one. */
function normalUrl(text: string, { scheme, host, path }: UrlParts): string {
  if (host === "") return text;
  const query = /\?[^#]*/.exec(text)?.[0] ?? "";
  return `${scheme === "" ? "" : `${scheme}:`}//${host}${path.replaceAll("//", "/")}${query}`;
}

function requestAnswer(url: UrlParts, question: InitPreflightQuestion, pair: ClientPair): Answer | undefined {
  const { scheme } = url;
  if (scheme !== "http" && scheme !== "https") return problem(`unsupported protocol scheme ${goQuote(scheme)}`);
  if (url.hostName === "") return problem("http: no Host in request URL");
  const member = question.etcdHosts.find((host) => isHost(host, url.hostName));
  const port = url.port || (scheme === "https" ? "443" : "80");
  if (member === undefined ? isOwnLoopback(url.hostName, question) : port !== "2379") {
    return problem(`dial tcp ${dialAddress(url.hostName, port)}: connect: connection refused`);
  }
  if (member === undefined) return open(`what answers at ${url.host}`);
  const { etcdServers } = question;
  if (etcdServers === undefined) return open("what etcd serves");
  // etcd closes a connection that begins in the other protocol.
  if (scheme !== (etcdServers === null ? "http" : "https")) return problem("EOF");
  if (etcdServers === null) return undefined;
  const served = etcdServers.certificates[member.name];
  if (served === undefined) return open(`the certificate that ${member.name} serves`);
  return serverAnswer(served, url.hostName, question) ?? clientAnswer(etcdServers.trustedCA, question, pair);
}

function isHost({ name, addresses }: Host, wanted: string): boolean {
  return [name, ...addresses].some((known) => normalAddress(known) === normalAddress(wanted));
}

function normalAddress(text: string): string {
  const ip = parseIp(text);
  return ip === undefined ? text.toLowerCase() : formatIp(ip);
}

/** True if the host is the node itself, which runs no etcd. */
function isOwnLoopback(host: string, { node, etcdHosts }: InitPreflightQuestion): boolean {
  const runsEtcd = etcdHosts.some((etcd) => [node.name, ...node.addresses].some((name) => isHost(etcd, name)));
  return !runsEtcd && /^(localhost|127\..*|::1|0\.0\.0\.0|::)$/i.test(normalAddress(host));
}

function dialAddress(host: string, port: string): string {
  const shown = host.toLowerCase() === "localhost" ? "127.0.0.1" : host;
  return shown.includes(":") ? `[${shown}]:${port}` : `${shown}:${port}`;
}

/** Whether kubeadm accepts what etcd shows (crypto/tls verifyServerCertificate). */
function serverAnswer(served: string, host: string, question: InitPreflightQuestion): Answer | undefined {
  const chain = readChain(served);
  if (!chain.ok) return problem(`tls: failed to parse certificate from server: ${chain.error}`);
  if (chain.value.some(hasHugeRsaKey)) {
    return problem("tls: server sent certificate containing RSA key larger than 8192 bits");
  }
  const { caFile } = question.files;
  const ca = content(caFile);
  if (caFile.path !== "" && ca === undefined) return open(`the content of ${caFile.path}`);
  const [leaf, ...intermediates] = chain.value;
  // Without caFile the machine's own CAs count, which know no etcd: an empty pool says the same.
  const roots = ca === undefined ? [] : readableCas(ca);
  const refused = verifyChain(leaf, { roots, intermediates, usage: "serverAuth", now: question.now, host });
  return refused === undefined ? undefined : problem(`tls: failed to verify certificate: ${refused.error}`);
}

/** Whether etcd accepts what kubeadm shows: kubeadm learns no more than the alert. */
function clientAnswer(trustedCA: string | null, { now }: InitPreflightQuestion, pair: ClientPair): Answer | undefined {
  if (trustedCA === null) return undefined;
  const trusted = loadCaPool(trustedCA);
  if (!trusted.ok) return open("what etcd takes for its clients' CA");
  if (pair.kind !== "none" && pair.kind !== "loaded") return pair;
  const roots = trusted.value;
  if (pair.kind === "none" || !isSent(pair, roots)) return alert("certificate required");
  const intermediates = pair.chain.slice(1).map(parseX509);
  const readable = intermediates.flatMap((parsed) => (parsed.ok ? [parsed.value] : []));
  if (readable.length < intermediates.length) return alert("error decoding message");
  if ([pair.certificate, ...readable].some(hasHugeRsaKey)) return alert("bad certificate");
  const refused = verifyChain(pair.certificate, { roots, intermediates: readable, usage: "clientAuth", now });
  return refused === undefined ? undefined : alert(alertFor(refused));
}

/**
 * Go sends a certificate only if its key can sign in TLS 1.3 and one of its chain was issued under a name that the
 * server asks for (SupportsCertificate in crypto/tls).
 */
function isSent(
  { certificate, chain }: { readonly certificate: X509; readonly chain: readonly Buffer[] },
  roots: readonly X509[],
): boolean {
  const { publicKey } = certificate;
  if (publicKey.kind === "ecdsa" && publicKey.curve.name === "P-224") return false;
  if (roots.length === 0) return true;
  for (const der of chain) {
    const parsed = parseX509(der);
    if (!parsed.ok) return false;
    if (roots.some((root) => root.subject.raw.equals(parsed.value.issuer.raw))) return true;
  }
  return false;
}

/** processCertsFromClient in crypto/tls: dates and CAs have alerts of their own. */
function alertFor({ kind }: VerifyProblem): string {
  if (kind === "unknown-authority") return "unknown certificate authority";
  return kind === "expired" || kind === "not-yet-valid" ? "expired certificate" : "bad certificate";
}

function hasHugeRsaKey({ publicKey }: X509): boolean {
  return publicKey.kind === "rsa" && publicKey.modulus >= 2n ** 8192n;
}

function alert(text: string): Answer {
  return problem(`remote error: tls: ${text}`);
}

function problem(error: string): Answer & { readonly kind: "problem" } {
  return { kind: "problem", error };
}

function open(why: string): Answer & { readonly kind: "open" } {
  return { kind: "open", why };
}
