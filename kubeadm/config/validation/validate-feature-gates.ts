import { goQuote } from "../../go/go-syntax";
import { featureGates } from "../kubeadm-versions";
import { invalidAs, type RuleFault } from "./rule-fault";

/** validation.go ValidateFeatureGates (1.30.14 to 1.37.2). */
export function validateFeatureGates(given: Readonly<Record<string, boolean>>, minor: number): readonly RuleFault[] {
  const known = featureGates(minor);
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) =>
      invalidAs("featureGateUnknown", ["featureGates"], print(given, minor), `${name} is not a valid feature name.`),
    );
}

/** As Go prints the map; as JSON since 1.34 (k8s.io/apimachinery/pkg/util/validation/field/errors.go ErrorBody). */
function print(given: Readonly<Record<string, boolean>>, minor: number): string {
  const entries = Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = entries.map(([name, value]) => `${goQuote(name)}:${value}`);
  return minor >= 34 ? `{${texts.join(",")}}` : `map[string]bool{${texts.join(", ")}}`;
}
