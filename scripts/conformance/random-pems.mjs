import { certificateOf, newCa, newKey, pkcs8 } from "./pki.mjs";

/** Certificates, keys and CA files as nodes have them: mostly sound, sometimes in another form, sometimes broken. */

/** Makers of files for one cluster; `random` is a source of `randomFrom`. */
export function randomPems(random) {
  const [ca, otherCa] = [newCa("etcd-ca"), newCa("other-ca")];
  const otherKey = newKey();
  return {
    /** The pair of a host, `{certFile, keyFile}`, which mostly belongs together. */
    pair(host) {
      const key = newKey(random.pick(["P-256", "P-256", "P-256", "P-384", "RSA", "Ed25519"]));
      const certificate = certificateOf({ key, signer: ca, commonName: host, dnsNames: [host] });
      const shown = random.chance(0.06) ? otherKey : key;
      return {
        certFile: inSomeForm(CERTIFICATE_FORMS, { certificate, key, ca: ca.pem }),
        keyFile: inSomeForm(KEY_FORMS, { certificate, key: shown, ca: ca.pem }),
      };
    },
    caFile: () => inSomeForm(CA_FORMS, { certificate: otherCa.pem, key: ca.key, ca: ca.pem }),
  };

  function inSomeForm(forms, pems) {
    const [usual] = forms;
    const form = random.chance(0.75)
      ? usual
      : random.pick([...forms, ...TEXT_FORMS.map((change) => after(usual, change))]);
    return form(pems);
  }
}

function after(form, change) {
  return (pems) => change(form(pems));
}

const cut = (text) => text.slice(0, Math.floor(text.length * 0.6));
const body = (text) => text.replace(/-----[^-]+-----\n/g, "");

/** What editors, templates and transports do to a text. */
const TEXT_FORMS = [
  cut,
  body,
  (text) => text.replace(/\n/g, "\r\n"),
  (text) => `\ufeff${text}`,
  (text) => `Bag Attributes\n    friendlyName: etcd\nsubject=CN = etcd\n${text}`,
  (text) => `${text}trailing words\n`,
  (text) => text.trimEnd(),
  (text) => text.replace(/^/gm, "  "),
  (text) => text.replace(/\n/g, " \n"),
  (text) => text.replace(/\n/g, "\\n"),
  (text) => text.replace(/\n/g, "\n\n"),
  (text) => text.replace("-----BEGIN", "----BEGIN"),
  (text) => text.replace(/-----END [A-Z0-9 ]+-----/, "-----END CERTIFICATE REQUEST-----"),
  (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  (text) => text.replace(/\n([A-Za-z0-9+/])/, "\n!$1"),
  (text) => text.replace("-----\n", "-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"),
  (text) => Buffer.from(text).toString("base64"),
  (text) => text + text,
  () => "",
  () => "\n",
  () => "not a PEM\n",
];

const CERTIFICATE_FORMS = [
  ({ certificate }) => certificate,
  ({ certificate, ca }) => certificate + ca,
  ({ certificate, ca }) => ca + certificate,
  ({ certificate, key }) => certificate + pkcs8(key),
  ({ certificate, key }) => pkcs8(key) + certificate,
  ({ certificate, ca }) => certificate + cut(ca),
  ({ certificate, ca }) => certificate + cut(ca) + ca,
  ({ certificate }) => certificate.replaceAll("CERTIFICATE", "TRUSTED CERTIFICATE"),
  ({ certificate }) => certificate.replaceAll("CERTIFICATE", "X509 CERTIFICATE"),
  ({ key }) => pkcs8(key),
];

const KEY_FORMS = [
  ({ key }) => pkcs8(key),
  ({ key }) => older(key),
  ({ key, certificate }) => certificate + pkcs8(key),
  ({ key, certificate }) => pkcs8(key) + certificate,
  ({ key }) => `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${older(key)}`,
  ({ key }) => key.privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "words" }),
  ({ key }) => key.publicKey.export({ type: "spki", format: "pem" }),
  ({ key }) => pkcs8(key).replaceAll("PRIVATE KEY", "EC PRIVATE KEY"),
  ({ key }) => pkcs8(key).replaceAll("PRIVATE KEY", "RSA PRIVATE KEY"),
  ({ key }) => older(key).replaceAll(/(EC|RSA) PRIVATE KEY/g, "PRIVATE KEY"),
  ({ key }) => pkcs8(key).replaceAll("PRIVATE KEY", "ANY OLD PRIVATE KEY"),
  ({ certificate }) => certificate,
];

const CA_FORMS = [
  ({ ca }) => ca,
  ({ ca, certificate }) => ca + certificate,
  ({ ca, certificate }) => `# ours\n${ca}\n# theirs\n${certificate}`,
  ({ ca, certificate }) => ca + cut(certificate),
  ({ ca, certificate }) => cut(certificate) + ca,
  ({ ca, key }) => ca + pkcs8(key),
  ({ key }) => pkcs8(key),
  ({ ca }) => ca.replaceAll("CERTIFICATE", "TRUSTED CERTIFICATE"),
];

/** PKCS#1 and SEC1, where the algorithm has such a form. */
function older(key) {
  const type = { rsa: "pkcs1", ec: "sec1" }[key.privateKey.asymmetricKeyType];
  return type === undefined ? pkcs8(key) : key.privateKey.export({ type, format: "pem" });
}
