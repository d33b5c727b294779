/** The options of curl 8.17 that take a value (curl(1)). */
export const CURL_VALUES = [
  ...["abstract-unix-socket", "alt-svc", "aws-sigv4", "cacert", "capath", "cert", "cert-type", "ciphers", "config"],
  ...["connect-timeout", "connect-to", "continue-at", "cookie", "cookie-jar", "create-file-mode", "crlfile", "curves"],
  ...["data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "delegation", "dns-interface"],
  ...["dns-ipv4-addr", "dns-ipv6-addr", "dns-servers", "doh-url", "dump-header", "ech", "egd-file", "engine"],
  ...["etag-compare", "etag-save", "expect100-timeout", "form", "form-string", "ftp-account"],
  ...["ftp-alternative-to-user", "ftp-method", "ftp-port", "ftp-ssl-ccc-mode", "happy-eyeballs-timeout-ms"],
  ...["haproxy-clientip", "header", "hostpubmd5", "hostpubsha256", "hsts", "interface", "ip-tos", "ipfs-gateway"],
  ...["json", "keepalive-cnt", "keepalive-time", "key", "key-type", "krb", "libcurl", "limit-rate", "local-port"],
  ...["login-options", "mail-auth", "mail-from", "mail-rcpt", "max-filesize", "max-redirs", "max-time", "netrc-file"],
  ...["noproxy", "oauth2-bearer", "output", "output-dir", "parallel-max", "pass", "pinnedpubkey", "preproxy", "proto"],
  ...["proto-default", "proto-redir", "proxy", "proxy-cacert", "proxy-capath", "proxy-cert", "proxy-cert-type"],
  ...["proxy-ciphers", "proxy-crlfile", "proxy-header", "proxy-key", "proxy-key-type", "proxy-pass"],
  ...["proxy-pinnedpubkey", "proxy-service-name", "proxy-tls13-ciphers", "proxy-tlsauthtype", "proxy-tlspassword"],
  ...["proxy-tlsuser", "proxy-user", "proxy1.0", "pubkey", "quote", "random-file", "range", "rate", "referer"],
  ...["request", "request-target", "resolve", "retry", "retry-delay", "retry-max-time", "sasl-authzid", "service-name"],
  ...["socks4", "socks4a", "socks5", "socks5-gssapi-service", "socks5-hostname", "speed-limit", "speed-time", "stderr"],
  ...[
    "telnet-option",
    "tftp-blksize",
    "time-cond",
    "tls-max",
    "tls13-ciphers",
    "tlsauthtype",
    "tlspassword",
    "tlsuser",
  ],
  ...["trace", "trace-ascii", "trace-config", "unix-socket", "upload-file", "upload-flags", "url", "url-query", "user"],
  ...["user-agent", "variable", "vlan-priority", "write-out"],
];

/** The options of rsync 3.4 that take a value, also as the next argument (rsync(1)). */
export const RSYNC_VALUES = [
  ...["rsh", "rsync-path", "filter", "exclude", "exclude-from", "include", "include-from", "files-from", "temp-dir"],
  ...["block-size", "chmod", "chown", "usermap", "groupmap", "timeout", "contimeout", "port", "address", "sockopts"],
  ...["bwlimit", "password-file", "early-input", "log-file", "log-file-format", "out-format", "info", "debug"],
  ...["backup-dir", "suffix", "partial-dir", "compare-dest", "copy-dest", "link-dest", "max-size", "min-size"],
  ...["max-delete", "max-alloc", "modify-window", "checksum-choice", "checksum-seed", "compress-choice"],
  ...["compress-level", "skip-compress", "copy-as", "remote-option", "outbuf", "protocol", "iconv", "stop-after"],
  ...["stop-at", "read-batch", "write-batch", "only-write-batch"],
];

/** The options of kubectl 1.32 that take a value, also as the next argument (kubectl options, and its commands about files). */
export const KUBECTL_VALUES = [
  ...["as", "as-group", "as-uid", "cache-dir", "certificate-authority", "client-certificate", "client-key", "cluster"],
  ...["context", "kubeconfig", "log-flush-frequency", "namespace", "password", "profile", "profile-output"],
  ...["request-timeout", "server", "tls-server-name", "token", "user", "username", "v", "vmodule"],
  ...["filename", "kustomize", "selector", "output", "template", "field-manager", "field-selector", "grace-period"],
  ...["timeout", "prune-allowlist", "type", "patch", "patch-file", "subresource", "container", "from-file"],
  ...["from-literal", "from-env-file", "image", "target", "custom", "raw"],
];

/** The options of wget 1.25 (wget(1)); `-nv` and its like are a letter with another one attached. */
export const WGET = {
  values: "aABDeiIlnoOPQRtTUwX",
  longValues: [
    ...["output-document", "directory-prefix", "header", "user", "password", "tries", "timeout", "output-file"],
    ...["append-output", "ca-certificate", "ca-directory", "certificate", "certificate-type", "private-key"],
    ...["private-key-type", "crl-file", "pinnedpubkey", "ciphers", "waitretry", "wait", "quota", "limit-rate"],
    ...["post-data", "post-file", "body-data", "body-file", "method", "user-agent", "referer", "execute", "input-file"],
    ...["base", "config", "rejected-log", "start-pos", "progress", "dns-timeout", "connect-timeout", "read-timeout"],
    ...["bind-address", "dns-servers", "restrict-file-names", "prefer-family", "use-askpass", "local-encoding"],
    ...["remote-encoding", "cut-dirs", "http-user", "http-password", "default-page", "compression", "max-redirect"],
    ...["proxy-user", "proxy-password", "load-cookies", "save-cookies", "secure-protocol", "hsts-file", "ftp-user"],
    ...["ftp-password", "warc-file", "warc-header", "warc-max-size", "warc-dedup", "warc-tempdir", "level", "accept"],
    ...["reject", "accept-regex", "reject-regex", "regex-type", "domains", "exclude-domains", "follow-tags"],
    ...["ignore-tags", "include-directories", "exclude-directories", "report-speed", "retry-on-http-error"],
  ],
  switches: "VhbdqvFcNS46xErkKmpHLn",
  longSwitches: [
    ...["version", "help", "background", "debug", "quiet", "verbose", "no-verbose", "force-html", "no-config"],
    ...["retry-connrefused", "no-clobber", "no-netrc", "continue", "show-progress", "timestamping", "no-proxy"],
    ...["no-if-modified-since", "no-use-server-timestamps", "server-response", "spider", "random-wait"],
    ...["no-dns-cache", "ignore-case", "inet4-only", "inet6-only", "ask-password", "no-iri", "unlink", "xattr"],
    ...["no-directories", "force-directories", "no-host-directories", "protocol-directories", "no-cache"],
    ...["adjust-extension", "ignore-length", "save-headers", "no-http-keep-alive", "no-cookies", "no-parent"],
    ...["keep-session-cookies", "content-disposition", "content-on-error", "auth-no-challenge", "https-only"],
    ...["no-check-certificate", "no-hsts", "no-remove-listing", "no-glob", "no-passive-ftp", "recursive"],
    ...["preserve-permissions", "retr-symlinks", "ftps-implicit", "ftps-resume-ssl", "delete-after", "mirror"],
    ...["convert-links", "convert-file-only", "backup-converted", "page-requisites", "strict-comments"],
    ...["follow-ftp", "span-hosts", "relative", "trust-server-names", "backups", "warc-cdx"],
  ],
} as const;
