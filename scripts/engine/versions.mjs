/**
 * The engine that the project gets for itself, and the Node language host for it. Only these can be built from Go modules:
 * the host left the module after 3.68.0, and not every version of the engine is served (docs/architecture.md).
 */
export const ENGINE = "3.259.0";
export const LANGUAGE_HOST = "3.68.0";

/** The newest engine that starts a pack folder together with that host. */
export const ENGINE_FOR_PACK_FOLDERS = "3.220.0";

/** The first engine that starts an executable pack. */
export const OLDEST_ENGINE = "3.255.0";
