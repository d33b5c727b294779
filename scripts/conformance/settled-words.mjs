/**
 * What kubeadm said, without what depends on when it was said: the time of day, and a prefix that Go's net/http
 * (transport.go, readLoopPeekFailLocked) puts before a TLS alert where the alert arrives before the request was written.
 */
export function settledWords(text) {
  return text.replace(/current time \S+ is/g, "current time NOW is").replaceAll("readLoopPeekFailLocked: ", "");
}
