import { type OpenError, openErrorText } from "../../kubeadm/predict/open-error";
import { oneLine } from "../../machine/public-text";

/** Go's words for a file that cannot be read, in one line whatever the path has in it. */
export function shownOpenError(path: string, error: OpenError): string {
  return openErrorText(oneLine(path), error);
}
