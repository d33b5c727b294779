import { describe, expect, it } from "vitest";
import { againstBash } from "./against-bash";

const BEFORE = { "in/ca.pem": "CA\n", "in/key.pem": "KEY\n", "in/dir/deep.pem": "DEEP\n", "out/ca.pem": "OLD\n" };
const FOLDERS = ["in/dir", "out/sub", "empty"];
const NAMES = ["ca.pem", "key.pem", "deep.pem", "ca.pem~", "ca.pem.bak", "ca.pem.gz", "link.pem", "new.pem", "ca.srl"];
const PLACES = [
  ...["in", "in/dir", "out", "out/sub", "out/dir", "out/in", "empty", "new", "."].flatMap((folder) =>
    NAMES.map((name) => `${folder}/${name}`),
  ),
  ...["out/in/dir/deep.pem", "new/dir/deep.pem", "new/in/ca.pem", "out/one", "out/two", "key"],
];

const seen = (text: string) =>
  againstBash((root) => `R=${root}\ncd "$R"\n${text}`, { folders: FOLDERS, files: BEFORE, places: PLACES });

/** What of the text's reading contradicts bash, and how many places it leaves open. */
function disagreements(text: string) {
  const comparison = seen(text);
  return comparison.kind === "compared" ? comparison.disagreements : comparison.kind;
}

describe("every option of these programs is read as the program reads it, or leaves the file open", () => {
  it.each([
    // cp
    "cp -n in/ca.pem out/",
    "cp -n in/ca.pem out/ca.pem",
    "cp --no-clobber in/key.pem out",
    "cp -u in/ca.pem out/ca.pem",
    "cp --update=none in/ca.pem out/ca.pem || true",
    "cp -b in/ca.pem out/ca.pem",
    "cp --backup=numbered in/ca.pem out/",
    "cp -S .bak in/ca.pem out/ca.pem",
    "cp --suffix=.bak in/ca.pem out",
    "cp -l in/ca.pem out/new.pem",
    "cp --attributes-only in/ca.pem out/ca.pem",
    "cp --attributes-only in/ca.pem out/new.pem",
    "chmod 600 in/key.pem; cp -p in/key.pem out/",
    "chmod 600 in/key.pem; cp --preserve=timestamps in/key.pem out/",
    "chmod 600 in/key.pem; cp --preserve=mode in/key.pem out/",
    "chmod 600 in/key.pem; cp --preserve in/key.pem out/",
    "chmod 600 in/key.pem; cp -a --no-preserve=mode in/key.pem out/",
    "chmod 600 in/key.pem; cp --no-preserve mode in/key.pem out/",
    "cp --sparse always in/ca.pem out/ca.pem",
    "cp --targ=out in/ca.pem in/key.pem",
    "cp --target-directory out in/key.pem",
    "cp -t out -- in/key.pem",
    "cp -rT in out/dir",
    "cp --parents in/dir/deep.pem out",
    "cp -rv --reflink=auto in new",
    "cp -x -f in/ca.pem out/ca.pem",
    "ln -s ca.pem in/link.pem; cp -a in/link.pem out/",
    "ln -s key.pem in/link.pem; cp -d in/link.pem out/",
    "ln -s ca.pem in/link.pem; cp in/link.pem out/",
    "ln -s ca.pem in/link.pem; cp -P in/link.pem out/link.pem",
    "ln -s ca.pem in/link.pem; cp -r in/link.pem empty/",
    "ln -s ca.pem in/link.pem; cp -rL in/link.pem empty/",
    "ln -s ../out/ca.pem in/link.pem; cp -rL in new; rm out/ca.pem",
    "ln -s ../out/ca.pem in/link.pem; cp -r in new; rm out/ca.pem",
    "ln -s dir in/sub; cp -a in/sub/. new",
    "cp --strip-trailing-slashes in/ca.pem out/",
    "cp --remove-destination in/ca.pem out/ca.pem",
    // mv
    "mv -n in/ca.pem out/",
    "mv -n in/key.pem out/",
    "mv -u in/ca.pem out/ca.pem",
    "mv -b in/ca.pem out/ca.pem",
    "mv --backup in/ca.pem out/",
    "mv -t out in/key.pem",
    "mv -T in out/dir",
    "mv -f --verbose in/ca.pem out/ca.pem",
    "ln -s ca.pem in/link.pem; mv in/link.pem out/",
    "ln -s key.pem in/link.pem; mv in/link.pem out/new.pem",
    // install
    "install -b in/ca.pem out/ca.pem",
    "install -S .bak in/ca.pem out/",
    "install -C in/ca.pem out/ca.pem",
    "install -Dm600 in/key.pem new/dir/deep.pem",
    "install -D -t new in/ca.pem in/key.pem",
    "install -pv -m u=rw,go= in/key.pem out/",
    "install --mode 640 in/key.pem out/key.pem",
    "install -dm 700 new; install in/ca.pem new",
    // ln
    "ln -sb ca.pem out/ca.pem",
    "ln -sr in/ca.pem out/link.pem",
    "ln -sft out/sub ../../in/ca.pem",
    "ln -sT ../in out/link.pem",
    "ln in/ca.pem out/new.pem",
    "ln --symbolic --force ../in/key.pem out/ca.pem",
    "ln -s in/dir new; ln -sfn out new",
    // rm, touch, tee, mkdir
    "rm -i out/ca.pem < /dev/null",
    "rm -I in/ca.pem in/key.pem",
    "rm -rfv in --one-file-system",
    "rm --recursive --force in/dir",
    "rm --rec in/dir",
    "rm -d empty",
    "touch -h in/ca.pem; touch -c new.pem; touch -r in/ca.pem out/new.pem",
    "touch -d '2020-01-01' out/new.pem; touch -t 202001010000 out/link.pem",
    "touch --no-create new.pem; touch --reference in/ca.pem out/new.pem",
    "echo x | tee -a out/ca.pem > out/new.pem; echo y | tee --app out/key.pem",
    "mkdir -pvm 700 new/sub; mkdir --parents --mode=755 new/dir; cp in/ca.pem new",
    // chmod
    "chmod -R 600 out/ca.pem; chmod -R 0640 in/ca.pem",
    "chmod -R u=rwX,go= in; chmod --recursive o-r in/ca.pem",
    "chmod go-rwx in/key.pem",
    "chmod 600 in/key.pem; chmod --reference=in/key.pem out/ca.pem",
    "chmod -v -f 600 in/key.pem; chmod -c 640 in/ca.pem",
    "if [ -s in/ca.pem ]; then chmod 600 in/key.pem; fi",
    "[ -e none ] || chmod 600 in/key.pem",
    // dd
    "dd if=in/ca.pem of=out/ca.pem",
    "dd if=in/ca.pem of=out/ca.pem status=none conv=fsync",
    "dd if=in/ca.pem of=out/new.pem bs=1 skip=1",
    "dd if=in/ca.pem of=out/new.pem conv=ucase,lcase 2> /dev/null || dd if=in/ca.pem of=out/new.pem conv=lcase",
    "echo abc | dd of=out/new.pem skip=1 bs=1",
    "dd if=in/ca.pem of=out/ca.pem seek=1 bs=1 conv=notrunc",
    "dd if=in/ca.pem of=out/ca.pem oflag=append conv=notrunc",
    // sed
    "sed -i s/CA/CB/ in/ca.pem",
    "sed -s -i s/CA/CB/ in/ca.pem",
    "sed -i.bak s/CA/CB/ in/ca.pem",
    "sed --in-place=.bak s/CA/CB/ in/ca.pem",
    "sed -Ei -e s/CA/CB/ -e s/B/C/ in/ca.pem",
    "sed -ni 's/CA/CB/p' in/ca.pem",
    "sed --quiet --expression 's/CA/CB/p' -i in/ca.pem",
    "sed -n 'w out/new.pem' in/ca.pem",
    "sed 's/CA/CB/w out/new.pem' in/ca.pem > out/one",
    "sed -i'in/../*.bak' s/CA/CB/ in/ca.pem || sed -i s/CA/CB/ in/ca.pem",
    // tar
    "tar cf a.tar -C in . && tar xf a.tar -C out",
    "tar cf a.tar in/ca.pem && tar xfC a.tar empty",
    "tar czf a.tgz in && tar -xzf a.tgz --directory=empty",
    "tar cf a.tar -C in ca.pem -C dir deep.pem && tar xf a.tar -C out ca.pem -C sub deep.pem",
    "tar cf a.tar in && tar --extract --file a.tar --strip-components 1 --directory out",
    "tar cf a.tar in && tar x --one-top-level=new -f a.tar",
    "tar cf a.tar --remove-files in/ca.pem",
    "tar -c in/ca.pem -f a.tar; tar -tf a.tar; tar xOf a.tar > out/one",
    "tar cf a.tar in/ca.pem; tar --get -f a.tar --to-stdout > out/one",
    "tar cf a.tar in --transform s,in,new, && tar xf a.tar",
    "tar cPf a.tar $R/in/ca.pem && rm in/ca.pem && tar xPf a.tar",
    // gzip and its like
    "gzip in/ca.pem",
    "gzip -k in/ca.pem",
    "gzip -c in/ca.pem > out/ca.pem.gz",
    "gzip in/ca.pem; gunzip in/ca.pem.gz",
    "gzip in/ca.pem; gunzip -k in/ca.pem",
    "gzip in/ca.pem; gzip -dc in/ca.pem.gz > out/new.pem",
    "gzip -r in",
    "gzip in/*.pem; gunzip in/*.gz",
    "gzip -S .bak in/ca.pem",
    "gzip -9f in/ca.pem; zcat in/ca.pem.gz > out/ca.pem",
    "gzip -t in/ca.pem 2> /dev/null || true",
    "xz -z in/ca.pem; xz -d in/ca.pem.xz",
    "bzip2 --keep in/ca.pem; bunzip2 -c in/ca.pem.bz2 > out/one",
    "zstd -q in/ca.pem",
    "zstd -q --rm in/ca.pem; unzstd -q in/ca.pem.zst -o out/new.pem",
    // find and xargs
    "find in -name '*.pem' -exec chmod 600 {} \\; -exec cp {} out/ \\;",
    "find -L in -maxdepth 1 -name '*.pem' -exec cp {} empty/ \\;",
    "find in -name 'ca.pem' -o -name 'key.pem' -exec cp {} empty/ \\;",
    "find in -type f -exec cp -t empty {} +",
    "find in -name '*.pem' -execdir cp {} new.pem \\;",
    "find in -name ca.pem -fprint out/new.pem",
    "find in -name deep.pem -delete",
    "ls in/*.pem | xargs -I{} cp {} empty/",
    "echo in/ca.pem | xargs -i cp {} empty/",
    "echo in/ca.pem | xargs --replace cp {} empty/",
    "echo in/ca.pem in/key.pem | xargs -n 1 cp -t empty",
    "echo in/ca.pem | xargs -r -t rm -f 2> /dev/null",
    // openssl, base64
    "openssl genrsa -out out/new.pem 1024 2> /dev/null",
    "openssl req -x509 -newkey rsa:1024 -nodes -subj /CN=x -keyout out/key.pem -out out/new.pem 2> /dev/null",
    "openssl rand -out out/new.pem 3; openssl rand -hex 3 > out/one",
    "base64 -w0 in/ca.pem > out/one; base64 -d out/one > out/two",
    "printf Q0EK | base64 -di > out/one; echo Q0EK | base64 --decode > out/two",
    // options that are not known
    "cp --some-day=1 in/ca.pem out/new.pem 2> /dev/null || cp in/ca.pem out/new.pem",
  ])("%s", (text) => {
    expect(disagreements(text)).toEqual([]);
  });

  it("and few of them leave much open", () => {
    const texts = [
      "cp -n in/ca.pem out/",
      "mv -b in/ca.pem out/ca.pem",
      "gzip in/ca.pem",
      "sed -i.bak s/CA/CB/ in/ca.pem",
    ];
    const open = texts.map((text) => {
      const comparison = seen(text);
      return comparison.kind === "compared" ? comparison.undecided : comparison.kind;
    });
    expect(open).toEqual([[], ["out/ca.pem~"], [], ["in/ca.pem.bak"]]);
  });
});
