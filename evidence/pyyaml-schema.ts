import { boolYaml11Tag, defineScalarTag, NOT_RESOLVED, YAML11_SCHEMA } from "js-yaml";

/** PyYAML takes `y` and `n` for text, unlike YAML 1.1. */
const bool = defineScalarTag<boolean>(boolYaml11Tag.tagName, {
  implicit: true,
  implicitFirstChars: boolYaml11Tag.implicitFirstChars,
  resolve: (source, isExplicit, tagName) =>
    source.length === 1 ? NOT_RESOLVED : boolYaml11Tag.resolve(source, isExplicit, tagName),
  identify: boolYaml11Tag.identify,
});

/** YAML as PyYAML resolves it, with which Ansible and cloud-init read. */
export const PYYAML_SCHEMA = YAML11_SCHEMA.withTags(bool);
