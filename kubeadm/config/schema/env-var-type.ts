import { goQuantity } from "../../go/go-quantity";
import { type GoType, goBool, goPointer, goString, goStruct } from "../../go/json/go-type";
import type { ConfigurationApiVersion, EnvVar } from "../cluster-configuration";

/** kubeadm's EnvVar is corev1.EnvVar (k8s.io/api/core/v1/types.go, 0.30.14, 0.34.2 and 0.37.2). */
export function envVarType(
  version: Exclude<ConfigurationApiVersion, "v1beta1" | "v1beta2" | "v1beta3">,
  minor: number,
): GoType<EnvVar> {
  const keyRef = (name: string) =>
    goStruct(`v1.${name}`, (field) => {
      field("name", goString, minor >= 35 ? "LocalObjectReference" : undefined);
      field("key", goString);
      field("optional", goPointer(goBool));
    });
  const source = goStruct("v1.EnvVarSource", (field) => {
    field(
      "fieldRef",
      goPointer(
        goStruct("v1.ObjectFieldSelector", (field) => {
          field("apiVersion", goString);
          field("fieldPath", goString);
        }),
      ),
    );
    field(
      "resourceFieldRef",
      goPointer(
        goStruct("v1.ResourceFieldSelector", (field) => {
          field("containerName", goString);
          field("resource", goString);
          field("divisor", goQuantity);
        }),
      ),
    );
    field("configMapKeyRef", goPointer(keyRef("ConfigMapKeySelector")));
    field("secretKeyRef", goPointer(keyRef("SecretKeySelector")));
    if (minor >= 34) {
      field(
        "fileKeyRef",
        goPointer(
          goStruct("v1.FileKeySelector", (field) => {
            for (const name of ["volumeName", "path", "key"]) field(name, goString);
            field("optional", goPointer(goBool));
          }),
        ),
      );
    }
  });
  return goStruct(`${version}.EnvVar`, (field) => {
    // Go's messages name the embedded struct since sigs.k8s.io/json of 1.35.
    const embedded = minor >= 35 ? "EnvVar" : undefined;
    field("valueFrom", goPointer(source), embedded);
    return { name: field("name", goString, embedded), value: field("value", goString, embedded) };
  });
}
