"use strict";

/**
 * Puts off loading a module until something of it is used; a module that is not installed is left alone. `paths` are the
 * folders from which its name is resolved.
 *
 * A proxy takes its place in the cache of `require`, and the module itself loads when the first property is read. To the
 * `import * as` of compiled TypeScript, which would read all of them, the proxy looks like an ES module.
 */
module.exports = function loadWhenUsed(name, paths) {
  const file = resolve(name, paths);
  if (file === undefined) return;
  let loaded;
  const load = () => {
    if (loaded === undefined) {
      delete require.cache[file];
      loaded = { exports: require(file) };
    }
    return loaded.exports;
  };
  const exports = new Proxy(callable, {
    get: (_target, key) => {
      if (key === "__esModule") return true;
      const real = load();
      return key === "default" && !("default" in real) ? real : Reflect.get(real, key);
    },
    has: (_target, key) => key in load(),
    apply: (_target, self, args) => Reflect.apply(load(), self, args),
    construct: (_target, args) => Reflect.construct(load(), args),
  });
  require.cache[file] = { id: file, filename: file, loaded: true, exports, children: [], paths: [] };
};

/** A proxy can be called and constructed only where its target can. */
function callable() {}

function resolve(name, paths) {
  try {
    return require.resolve(name, { paths });
  } catch {
    return undefined;
  }
}
