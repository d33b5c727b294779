import { asset } from "@pulumi/pulumi";
import fc from "fast-check";
import { unknown } from "../../../pack/testing";
import { text } from "./text";

const key = fc.oneof(
  fc.constantFrom("connection", "host", "create", "remotePath", "source", "userData", "__proto__", "data", "metadata"),
  fc.constantFrom("name", "files", "controlPlaneNodes", "listing", "accept", "until", "constructor", "toString"),
  fc.string(),
);

const leaf = fc.oneof(fc.constantFrom(null, true, 1, -0, 1e308, "", "10.0.0.1", "m1", "/etc/ssl/ca.pem"), text);

/** Any JSON value, of names that mean something and of others. */
export const jsonValue: fc.Arbitrary<unknown> = nested(leaf);

/** As the engine marks a secret (`@pulumi/pulumi`, runtime/rpc). */
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** Any value that a property of a resource may have: JSON, and unknowns, secrets and assets anywhere in it. */
export const propertyValue: fc.Arbitrary<unknown> = nested(
  fc.oneof(
    { weight: 6, arbitrary: leaf },
    { weight: 1, arbitrary: fc.constant(unknown) },
    { weight: 1, arbitrary: leaf.map(secret) },
    { weight: 1, arbitrary: text.map((one) => new asset.StringAsset(`#!${one}`)) },
    { weight: 1, arbitrary: fc.constantFrom("nowhere", ".").map((path) => new asset.FileAsset(path)) },
  ),
);

function nested(leaves: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 4 }, leaves, tie("list"), tie("map")),
    list: fc.array(tie("any"), { maxLength: 4 }),
    map: fc.dictionary(key, tie("any"), { maxKeys: 5 }),
  })).any;
}

/** The properties of a resource. */
export const properties: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.dictionary(key, propertyValue, {
  maxKeys: 6,
});
