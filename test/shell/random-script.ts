/** A source of pseudo-random numbers (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const FOLDERS = ["in", "out", "out/sub", "stage", "new"] as const;
const NAMES = ["ca.pem", "node.pem", "node-key.pem", "client.crt", ".hidden.pem", "with space.pem"] as const;

/** All places that a random script may name, below its root. */
export const PLACES: readonly string[] = [...FOLDERS, "new/deep", "new/made"].flatMap((folder) =>
  [...NAMES, "node", "node.crt", "copy.pem"].map((name) => `${folder}/${name}`),
);

/** What is there before: folder `in` with its files, and some others. */
export const BEFORE: Readonly<Record<string, string>> = {
  "in/ca.pem": "CA\n",
  "in/node.pem": "NODE\n",
  "in/node-key.pem": "KEY\n",
  "in/.hidden.pem": "HIDDEN\n",
  "in/with space.pem": "SPACE\n",
  "out/client.crt": "OLD\n",
};
export const FOLDERS_BEFORE: readonly string[] = ["in", "out", "out/sub", "stage"];

/** The statements of a random shell text over the modeled programs; `root` is the folder in which it runs. */
export function randomScript(seed: number, root: string): readonly string[] {
  const next = numbersFrom(seed);
  const below = (count: number) => Math.floor(next() * count);
  function pick<One>(...options: readonly [One, ...One[]]): One {
    return options[below(options.length)] ?? options[0];
  }
  const folder = () => pick(...FOLDERS);
  const name = () => pick(...NAMES);
  const file = () => `${folder()}/${name()}`;
  /** Mostly one that was there before. */
  const source = () => pick("in/ca.pem", "in/node.pem", "in/node-key.pem", file());
  const word = (path: string) =>
    pick(
      `"${path}"`,
      `'${path}'`,
      `"$R/${path}"`,
      `"\${R}/${path}"`,
      `"./${path}"`,
      path.replaceAll(" ", "\\ "),
      `"${root}/${path}"`,
    );
  const text = () => pick("one", "two words", "A=b", "$HOME_NOT_SET_x");
  const mode = () => pick("600", "0640", "0444", "755", "u=rw,go=", "u=rw,g=r,o=", "a=r", "0000644");
  const glob = () =>
    `${pick(...FOLDERS, "$R/in", "./in")}/${pick("*.pem", "*", "node*.pem", "*-key.pem", "?a.pem", "[cn]*.pem", "*.crt", "no*key*")}`;

  const plain: readonly (() => string)[] = [
    () => `cp ${pick("", "-f ", "-a ", "-p ", "-v ", "-L ")}${word(source())} ${word(file())}`,
    () => `cp ${word(source())} ${word(folder())}${pick("", "/")}`,
    () => `cp ${word("in/ca.pem")} ${word("in/node.pem")} ${word(folder())}${pick("", "/")}`,
    () => `cp ${pick("-t", "--target-directory")} ${word(folder())} ${word(source())} ${word("in/ca.pem")}`,
    () => `cp -T ${word(source())} ${word(file())}`,
    () => `cp -r ${word(folder())} ${word(pick("new", "new/deep", "out", "stage"))}`,
    () => `cp -${pick("r", "a", "rT")} ${word("in")}${pick("", "/.")} ${word(pick("new", "out", "stage"))}`,
    () => `mv ${pick("", "-f ")}${word(source())} ${word(file())}`,
    () => `mv ${word(source())} ${word("in/node.pem")} ${word(folder())}`,
    () => `mv ${word(pick("stage", "out/sub", "new"))} ${word(pick("new", "new/deep", "out"))}`,
    () => `install ${pick("", `-m ${mode()} `)}${word(source())} ${word(file())}`,
    () =>
      `install -D ${pick("", `-m ${mode()} `)}${word(source())} ${word(pick("new/deep/node.pem", "new/made/ca.pem", file()))}`,
    () => `install ${pick("-m 600 -t", "-D -t", "-t")} ${word(folder())} ${word(source())} ${word("in/ca.pem")}`,
    () =>
      `ln -s${pick("", "f", "fn", "fT")} ${pick(`"$R/${source()}"`, "../in/ca.pem", "node.pem", "ca.pem")} ${word(file())}`,
    () => `cat ${word(source())} > ${word(file())}`,
    () => `cat ${word(source())} ${word("in/ca.pem")} ${pick(">", ">>")} ${word(file())}`,
    () => `cat > ${word(file())} <<END\n${text()}\nEND`,
    () => `cat <<'END' | tee ${pick("", "-a ")}${word(file())} ${pick("> /dev/null", word(file()))}\n${text()}\nEND`,
    () => `echo ${pick("", "-n ")}"${text()}" ${pick(">", ">>")} ${word(file())}`,
    () => `printf '%s\\n' "${text()}" x > ${word(file())}`,
    () => `echo T05FCg== | base64 -d > ${word(file())}`,
    () => `echo "${text()}" | dd of=${word(file())} 2> /dev/null`,
    () => `: > ${word(file())}`,
    () => `touch ${word(file())} ${word(file())}`,
    () => `chmod ${mode()} ${word(source())}`,
    () => `chmod ${pick("600", "0644")} ${glob()}`,
    () => `rm ${pick("", "-f ")}${word(source())}`,
    () => `rm -${pick("r", "rf")} ${word(pick("out/sub", "stage", "new", "out"))}`,
    () => `rm -f ${glob()}`,
    () => `cp ${pick("", "-p ")}${glob()} ${word(folder())}${pick("", "/")}`,
    () => `install -m ${mode()} ${glob()} ${word(folder())}`,
    () => `mv ${pick("", "-t ")}${pick("out", "stage")} ${glob()}`.replace(/^mv (out|stage) (.*)$/, "mv $2 $1"),
    () =>
      `find ${word(folder())} -name '${pick("*.pem", "*-key.pem", "*")}' ${pick("", "-type f ")}-exec cp {} ${word(pick("out", "stage"))} \\;`,
    () =>
      `find ${word(folder())} ${pick("", "-mindepth 1 ")}-type f -name '${pick("*.pem", "*.crt")}' ${pick("-delete", "-exec chmod 600 {} +")}`,
    () => `sed -i 's/NODE/node/' ${word(source())}`,
    () => `sed 's/a/b/' ${word(source())} > ${word(file())}`,
    () => `V=${source().replaceAll(" ", "_")}; cp "$V" "${folder()}/\${V##*/}"`,
    () =>
      `V=in/${pick("node.pem", "ca.pem")}; cp "$V" "\${V%.pem}.crt"; cp "$V" "out/$(basename "$V" .pem)"; cp $V out/$(basename $V)`,
    () => `cp "$(dirname ${word("in/ca.pem")})/${pick("node.pem", "ca.pem")}" ${word(file())}`,
    () => `set -- in/ca.pem in/node.pem; cp "$@" ${word(folder())}; cp "$1" ${word(file())}`,
    () => `tar -cf stage/a.tar in/ca.pem`,
    () => `cp in/{ca,node}.pem ${word(folder())}`,
    () => `cd ${pick("in", '"$R/out"', ".")}; cp ${word("ca.pem").replace("$R", "$R/in")} copy.pem; cd "$R"`,
    () => `umask ${pick("077", "022", "027")}`,
  ];
  const simple = () => (plain[below(plain.length)] ?? (() => ":"))();
  const condition = () =>
    pick(
      () => `[ -f ${word(source())} ]`,
      () => `[ ! -e ${word(source())} ]`,
      () => `test -s ${word(source())}`,
      () => `[[ -d ${word(folder())} ]]`,
      () => `[ "${pick("a", "b")}" = a ]`,
      () => `grep -q NODE ${word(source())}`,
      () => `cmp -s ${word(source())} ${word("in/ca.pem")}`,
      () => "true",
      () => "false",
    )();
  const statement = (): string =>
    pick(
      simple,
      simple,
      simple,
      simple,
      simple,
      simple,
      () => `if ${condition()}; then ${simple()}\nelse ${simple()}\nfi`,
      () => `if ${condition()}; then\n${simple()}\n${simple()}\nfi`,
      () => `${condition()} && ${simple()}`,
      () => `${condition()} || ${simple()}`,
      () => `cp ${word(source())} ${word(file())} || true`,
      () => `install -d ${pick("", "-m 700 ")}${word(pick("new", "new/deep", "out/sub"))}`,
      () => `mkdir -p ${word(pick("new", "new/deep", "new/made", "out/sub"))}`,
      () => `mkdir ${word(pick("new", "new/deep"))}`,
      () => `rm ${word(source())} 2> /dev/null || true`,
      () =>
        `ln -s${pick("", "f", "fn")} ${pick('"$R/in"', "../in", "in")} ${word(pick("new", "out/sub", "stage/deep"))}`,
      () => `ln -sf "$R"/in/*.pem ${word(pick("out", "stage", "new"))}`,
      () => `(cd in && cp ca.pem ../${folder()}/${pick("copy.pem", "ca.pem")})`,
      () => `{ ${simple()}\n}`,
      () => `for x in ca node; do cp in/$x.pem ${word(folder())}/; done`,
      () => `for f in ${glob()}; do install -m 600 "$f" ${word(folder())}/; done`,
      () => `for f in ${glob()}; do cp "$f" "${folder()}/$(basename "$f")"; done`,
      () => `while read -r f; do cp "in/$f" ${word(folder())}; done <<END\nca.pem\nnode.pem\nEND`,
      () => `put() { cp "in/$1" "$2"; }\nput ca.pem ${word(folder())}; put node.pem ${word(file())}`,
      () => `case ${pick("a", "b")} in a) ${simple()} ;;\n*) ${simple()} ;;\nesac`,
      () => `bash -c 'cp in/ca.pem ${folder()}/copy.pem'`,
    )();
  return [`R=${root}`, 'cd "$R"', ...Array.from({ length: 1 + below(7) }, statement)];
}
