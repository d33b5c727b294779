/** The command lines of a unit in the order systemd runs them, as shell text (systemd.service(5), "Command lines"). */
export function unitCommands(unit: string): readonly string[] {
  const joined = unit.replace(/\\\r?\n/g, " ");
  const of = (key: string) =>
    joined.split(/\r?\n/).flatMap((line) => {
      const command = new RegExp(`^${key}\\s*=\\s*[-@:+!|]*(.*)`).exec(line.trim())?.[1] ?? "";
      return command === "" ? [] : [command];
    });
  return ["ExecStartPre", "ExecStart", "ExecStartPost"].flatMap(of);
}
