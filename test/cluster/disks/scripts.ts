/** Titles, each with scripts. */
export type Scripts = Readonly<Record<string, readonly string[]>>;

/** Scripts that run on one node, one after the other. */
export const ORDERED_DISKS: Scripts = {
  nothing: ["true"],
  "a file that is written": ["echo ca > /etc/ssl/etcd/ssl/ca.pem"],
  "a file that is written again keeps its mode": [
    "install -m 0600 /dev/null /etc/ssl/etcd/ssl/ca.pem",
    "echo ca > /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a file that a copy replaces": [
    "echo a > /tmp/a && chmod 0640 /tmp/a",
    "echo ca > /etc/ssl/etcd/ssl/ca.pem",
    "install -m 0444 /tmp/a /etc/ssl/etcd/ssl/ca.pem",
  ],
  "copies with modes": [
    "echo a > /tmp/a && chmod 0666 /tmp/a && cp /tmp/a /etc/ssl/etcd/ssl/ca.pem && cp -p /tmp/a /etc/ssl/etcd/ssl/client.pem",
    "umask 077 && cp /tmp/a /etc/ssl/etcd/ssl/client-key.pem",
  ],
  "a copy into a folder that exists": [
    "mkdir -p /etc/ssl/etcd/ssl && echo a > /tmp/ca.pem",
    "cp /tmp/ca.pem /etc/ssl/etcd/ssl",
  ],
  "a copy into what may be a folder": ["echo a > /tmp/ca.pem && cp /tmp/ca.pem /etc/ssl/etcd/ssl"],
  "a copy to a folder that is a file": [
    "echo x > /etc/ssl/etcd/ssl",
    "echo a > /tmp/ca.pem && cp /tmp/ca.pem /etc/ssl/etcd/ssl",
  ],
  "a copy into a folder of every machine": [
    "echo a > /root/ca.pem && cp /root/ca.pem /tmp",
    "cp /tmp/ca.pem /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a copy into a home": [
    "echo a > /opt/ca.pem && cp /opt/ca.pem /home/admin",
    "cp /home/admin/ca.pem /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a copy of a folder": [
    "mkdir -p /tmp/pki/sub /etc/ssl/etcd/ssl && echo a > /tmp/pki/ca.pem && chmod 0600 /tmp/pki/ca.pem && echo b > /tmp/pki/sub/b.pem",
    "cp -r /tmp/pki/. /etc/ssl/etcd/ssl",
  ],
  "a copy of a folder to a place that is not there": [
    "mkdir /tmp/pki && echo a > /tmp/pki/ca.pem",
    "mkdir -p /etc/ssl/etcd && cp -r /tmp/pki /etc/ssl/etcd/ssl",
  ],
  "a copy of a folder into a folder": [
    "mkdir -p /tmp/ssl /etc/ssl/etcd && echo a > /tmp/ssl/ca.pem",
    "cp -a /tmp/ssl /etc/ssl/etcd/",
  ],
  "a copy of a folder with links in it": [
    "mkdir /tmp/pki /opt/ca && echo a > /opt/ca/ca.pem && ln -s /opt/ca/ca.pem /tmp/pki/ca.pem && ln -s none /tmp/pki/client.pem && mkdir -p /etc/ssl/etcd/ssl",
    "cp -r /tmp/pki/. /etc/ssl/etcd/ssl",
  ],
  "a copy of a folder, following the links in it": [
    "mkdir /tmp/pki /opt/ca && echo a > /opt/ca/ca.pem && ln -s /opt/ca/ca.pem /tmp/pki/ca.pem && mkdir -p /etc/ssl/etcd/ssl",
    "cp -rL /tmp/pki/. /etc/ssl/etcd/ssl",
  ],
  "a copy of a folder without -r": ["mkdir /tmp/pki && echo a > /tmp/pki/ca.pem", "cp /tmp/pki /etc/ssl/etcd/ssl"],
  "a copy of a folder in which something unknown may lie": [
    "mkdir -p /tmp/pki /etc/ssl/etcd/ssl && tar xf /tmp/pki.tgz -C /tmp/pki && echo a > /tmp/pki/ca.pem",
    "cp -r /tmp/pki/. /etc/ssl/etcd/ssl",
  ],
  "a copy of a link": [
    "echo a > /tmp/a && ln -s /tmp/a /tmp/b",
    "cp /tmp/b /etc/ssl/etcd/ssl/ca.pem",
    "cp -P /tmp/b /etc/ssl/etcd/ssl/client.pem",
  ],
  "a copy of what nobody is seen to put there": ["cp /mnt/ca.pem /etc/ssl/etcd/ssl/ca.pem"],
  "a copy of what may be gone": [
    "echo a > /tmp/a",
    '[ -z "$KEEP" ] && rm /tmp/a',
    "cp /tmp/a /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a copy over a link": [
    "echo a > /tmp/a && echo b > /opt/b && mkdir -p /etc/ssl/etcd/ssl && ln -s /opt/b /etc/ssl/etcd/ssl/ca.pem",
    "cp /tmp/a /etc/ssl/etcd/ssl/ca.pem",
    "mv /tmp/a /etc/ssl/etcd/ssl/client.pem",
  ],
  "a move of a link": ["echo a > /tmp/a && ln -s /tmp/a /tmp/b && mv /tmp/b /etc/ssl/etcd/ssl/ca.pem"],
  "a move of a folder": [
    "mkdir -p /tmp/ssl && echo a > /tmp/ssl/ca.pem",
    "mkdir -p /etc/ssl/etcd && mv /tmp/ssl /etc/ssl/etcd/ssl",
  ],
  "a link": ["echo a > /opt/ca.pem && mkdir -p /etc/ssl/etcd/ssl && ln -s /opt/ca.pem /etc/ssl/etcd/ssl/ca.pem"],
  "a link that is there already": [
    "echo a > /opt/a && echo b > /opt/b && mkdir -p /etc/ssl/etcd/ssl && ln -s /opt/a /etc/ssl/etcd/ssl/ca.pem",
    "ln -s /opt/b /etc/ssl/etcd/ssl/ca.pem || true",
    "ln -sf /opt/b /etc/ssl/etcd/ssl/client.pem",
  ],
  "a link that takes the place of another": [
    "echo a > /opt/a && echo b > /opt/b && mkdir -p /etc/ssl/etcd/ssl && ln -s /opt/a /etc/ssl/etcd/ssl/ca.pem",
    "ln -sf /opt/b /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a link of a folder": [
    "mkdir -p /opt/pki /etc/ssl/etcd && echo a > /opt/pki/ca.pem",
    "ln -sfn /opt/pki /etc/ssl/etcd/ssl",
  ],
  "a link of a folder that takes the place of another": [
    "mkdir -p /opt/one /opt/two /etc/ssl/etcd && echo a > /opt/two/ca.pem && ln -s /opt/one /etc/ssl/etcd/ssl",
    "ln -sfn /opt/two /etc/ssl/etcd/ssl",
  ],
  "a link into a folder": ["mkdir -p /etc/ssl/etcd/ssl && echo a > /opt/ca.pem", "ln -s /opt/ca.pem /etc/ssl/etcd/ssl"],
  "a link into what may be a folder": ["echo a > /opt/ca.pem && ln -s /opt/ca.pem /etc/ssl/etcd/ssl"],
  "relative links": [
    "mkdir -p /etc/ssl/etcd/ssl /etc/ssl/etcd/other && echo a > /etc/ssl/etcd/other/a && ln -s ../other/a /etc/ssl/etcd/ssl/ca.pem && ln -s ./ca.pem /etc/ssl/etcd/ssl/client.pem",
  ],
  "links in a circle": [
    "mkdir -p /etc/ssl/etcd/ssl && ln -s client.pem /etc/ssl/etcd/ssl/ca.pem && ln -s ca.pem /etc/ssl/etcd/ssl/client.pem",
  ],
  "a link to a folder, with a slash": [
    "mkdir -p /etc/ssl/etcd/ssl && echo a > /opt/a && ln -s /opt/a/ /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a link to nothing": ["mkdir -p /etc/ssl/etcd/ssl && ln -s /opt/none /etc/ssl/etcd/ssl/ca.pem"],
  "a removal": ["echo a > /etc/ssl/etcd/ssl/ca.pem", "rm /etc/ssl/etcd/ssl/ca.pem"],
  "a removal of the folder": [
    "echo a > /etc/ssl/etcd/ssl/ca.pem",
    "rm -rf /etc/ssl/etcd",
    "echo b > /etc/ssl/etcd/ssl/client.pem",
  ],
  "a removal of a link": [
    "echo a > /opt/a && mkdir -p /etc/ssl/etcd/ssl && ln -s /opt/a /etc/ssl/etcd/ssl/ca.pem",
    "rm /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a removal of what a link leads to": [
    "echo a > /opt/a && mkdir -p /etc/ssl/etcd/ssl && ln -s /opt/a /etc/ssl/etcd/ssl/ca.pem",
    "rm /opt/a",
  ],
  "a removal by a pattern": [
    "echo a > /etc/ssl/etcd/ssl/ca.pem && echo b > /etc/ssl/etcd/ssl/client.crt",
    "rm -f /etc/ssl/etcd/ssl/*.pem",
  ],
  "a removal by a pattern, and a new file": ["rm -rf /etc/ssl/etcd/ssl/*", "echo a > /etc/ssl/etcd/ssl/ca.pem"],
  "a removal by a pattern of what may be there": [
    "tar xf /tmp/pki.tgz -C /etc/ssl/etcd/ssl",
    "rm -f /etc/ssl/etcd/ssl/*",
  ],
  "a removal of all folders that match": [
    "echo a > /etc/ssl/etcd/ssl/ca.pem",
    "rm -rf /etc/ssl/e*",
    "mkdir -p /etc/ssl/etcd/ssl",
  ],
  "a removal of all files that match, which folders are not": [
    "echo a > /etc/ssl/etcd/ssl/ca.pem",
    "rm -f /etc/ssl/e*",
  ],
  "a removal that may not happen": [
    "echo a > /etc/ssl/etcd/ssl/ca.pem",
    'if [ "$CLEAN" = 1 ]; then rm -rf /etc/ssl/etcd; fi',
  ],
  "a removal by a pattern that may not happen": [
    "echo a > /etc/ssl/etcd/ssl/ca.pem && echo b > /etc/ssl/etcd/ssl/client.crt",
    'if [ "$CLEAN" = 1 ]; then rm -f /etc/ssl/etcd/ssl/*.pem; fi',
  ],
  "a file that may be written": ['if [ "$FIRST" = 1 ]; then echo a > /etc/ssl/etcd/ssl/ca.pem; fi'],
  "a file that may be written again": [
    "install -m 0600 /dev/null /etc/ssl/etcd/ssl/ca.pem",
    'if [ "$FIRST" = 1 ]; then echo a > /etc/ssl/etcd/ssl/ca.pem; fi',
  ],
  "an archive": ["tar xf /tmp/pki.tgz -C /etc/ssl/etcd/ssl"],
  "an archive over files": [
    "echo a > /etc/ssl/etcd/ssl/ca.pem",
    "tar xf /tmp/pki.tgz -C /etc/ssl/etcd/ssl",
    "echo b > /etc/ssl/etcd/ssl/client.pem",
  ],
  "an archive behind a link": [
    "mkdir -p /opt/pki /etc/ssl/etcd && ln -s /opt/pki /etc/ssl/etcd/ssl",
    "tar xf /tmp/pki.tgz -C /etc/ssl/etcd/ssl",
  ],
  "a program that nobody knows": ["echo a > /etc/ssl/etcd/ssl/ca.pem", "/opt/bin/provision"],
  "a name that is not known": ["echo a > /etc/ssl/etcd/ssl/$(hostname).pem"],
  "a copy of all that a pattern matches": [
    "mkdir -p /tmp/pki /etc/ssl/etcd/ssl && echo a > /tmp/pki/ca.pem && echo b > /tmp/pki/client.pem && echo c > /tmp/pki/notes.txt",
    "cp /tmp/pki/*.pem /etc/ssl/etcd/ssl",
  ],
  "a copy of the one that a pattern matches": [
    "mkdir -p /tmp/pki && echo a > /tmp/pki/ca.pem",
    "cp /tmp/pki/*.pem /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a copy of what a pattern may match": [
    "mkdir -p /tmp/pki && tar xf /tmp/pki.tgz -C /tmp/pki",
    "cp /tmp/pki/*.pem /etc/ssl/etcd/ssl/",
  ],
  "a copy of what one file may match": [
    'if [ "$FIRST" = 1 ]; then echo a > /tmp/pki/ca.pem; fi',
    "cp /tmp/pki/*.pem /etc/ssl/etcd/ssl/",
  ],
  "a copy of folders that a pattern matches": [
    "mkdir -p /tmp/pki/ssl /etc/ssl/etcd && echo a > /tmp/pki/ssl/ca.pem && echo b > /tmp/pki/b.pem",
    "cp -r /tmp/pki/* /etc/ssl/etcd/",
  ],
  "a copy of files among folders that a pattern matches": [
    "mkdir -p /tmp/pki/ssl /etc/ssl/etcd/ssl && echo a > /tmp/pki/ssl/ca.pem && echo b > /tmp/pki/ca.pem",
    "cp /tmp/pki/* /etc/ssl/etcd/ssl/ || true",
  ],
  "a move of all that a pattern matches": [
    "mkdir -p /tmp/pki /etc/ssl/etcd/ssl && echo a > /tmp/pki/ca.pem && echo b > /tmp/pki/client.pem",
    "mv /tmp/pki/*.pem /etc/ssl/etcd/ssl/",
    "cp /tmp/pki/ca.pem /etc/ssl/etcd/ssl/client-key.pem",
  ],
  "links to all that a pattern matches": [
    "mkdir -p /opt/pki /etc/ssl/etcd/ssl && echo a > /opt/pki/ca.pem && echo b > /opt/pki/client.pem",
    "ln -s /opt/pki/*.pem /etc/ssl/etcd/ssl/",
  ],
  modes: [
    "echo a > /etc/ssl/etcd/ssl/ca.pem && echo b > /etc/ssl/etcd/ssl/client-key.pem && echo c > /opt/c",
    "chmod -R 0700 /etc/ssl/etcd",
    "chmod 0600 /etc/ssl/etcd/ssl/*-key.pem",
  ],
  "a mode of what a link leads to": [
    "echo a > /opt/a && mkdir -p /etc/ssl/etcd/ssl && ln -s /opt/a /etc/ssl/etcd/ssl/ca.pem",
    "chmod 0600 /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a mode of what a link leads to, which had another one": [
    "echo a > /opt/a && chmod 0644 /opt/a && mkdir -p /etc/ssl/etcd/ssl && ln -s /opt/a /etc/ssl/etcd/ssl/ca.pem",
    "chmod 0600 /etc/ssl/etcd/ssl/ca.pem",
  ],
  "touch of a folder": ["mkdir -p /etc/ssl/etcd/ssl && touch /etc/ssl/etcd/ssl /tmp", "touch /etc/ssl/etcd/ssl/ca.pem"],
  "a mode of a folder, which its files do not get": [
    "echo a > /etc/ssl/etcd/ssl/ca.pem && chmod 0640 /etc/ssl/etcd/ssl/ca.pem",
    "chmod 0700 /etc/ssl/etcd/ssl",
  ],
  "a mode of all in a folder with links and folders in it": [
    "mkdir -p /etc/ssl/etcd/ssl/sub && echo a > /opt/a && ln -s /opt/a /etc/ssl/etcd/ssl/ca.pem && echo b > /etc/ssl/etcd/ssl/sub/b",
    "chmod -R 0600 /etc/ssl/etcd/ssl",
  ],
  "a file that is made under a umask, and one that may have been there": [
    "umask 077 && echo a > /etc/ssl/etcd/ssl/ca.pem",
    "tar xf /tmp/pki.tgz -C /etc/ssl/etcd/ssl",
    "umask 077 && echo b > /etc/ssl/etcd/ssl/client.pem && echo c > /etc/ssl/etcd/ssl/ca.pem",
  ],
  "copies of a file whose mode is not known, under a umask": [
    "echo a > /tmp/a",
    "umask 077 && cp /tmp/a /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a move over a file": [
    "echo a > /tmp/a && chmod 0600 /tmp/a && echo b > /etc/ssl/etcd/ssl/ca.pem && chmod 0644 /etc/ssl/etcd/ssl/ca.pem",
    "mv /tmp/a /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a copy over a file": [
    "echo a > /tmp/a && chmod 0600 /tmp/a && echo b > /etc/ssl/etcd/ssl/ca.pem && chmod 0644 /etc/ssl/etcd/ssl/ca.pem",
    "cp /tmp/a /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a copy with its mode over a file": [
    "echo a > /tmp/a && chmod 0600 /tmp/a && echo b > /etc/ssl/etcd/ssl/ca.pem && chmod 0644 /etc/ssl/etcd/ssl/ca.pem",
    "cp -p /tmp/a /etc/ssl/etcd/ssl/ca.pem",
  ],
  "an installed file in place of a link": [
    "echo a > /tmp/a && echo b > /opt/b && mkdir -p /etc/ssl/etcd/ssl && ln -s /opt/b /etc/ssl/etcd/ssl/ca.pem",
    "install -m 0444 /tmp/a /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a link that is copied over a file": [
    "echo a > /tmp/a && ln -s /tmp/a /tmp/b && echo c > /etc/ssl/etcd/ssl/ca.pem",
    "cp -P /tmp/b /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a link after a removal": [
    "echo a > /opt/a && echo b > /etc/ssl/etcd/ssl/ca.pem",
    "rm /etc/ssl/etcd/ssl/ca.pem",
    "ln -s /opt/a /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a link that goes into a folder, although it is to take its place": [
    "mkdir -p /etc/ssl/etcd/ssl && echo a > /opt/ca.pem",
    "ln -sfn /opt/ca.pem /etc/ssl/etcd/ssl",
  ],
  "a link into a folder of every machine": [
    "echo a > /opt/ca.pem && ln -s /opt/ca.pem /tmp",
    "cp /tmp/ca.pem /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a copy of a folder into a folder of every machine": [
    "mkdir -p /srv/pki && echo a > /srv/pki/ca.pem",
    "cp -r /srv/pki /opt",
    "cp /opt/pki/ca.pem /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a copy of a folder with an empty one and a removed file in it": [
    "mkdir -p /tmp/pki/empty /etc/ssl/etcd/ssl && echo a > /tmp/pki/ca.pem && echo b > /tmp/pki/client.pem && rm /tmp/pki/client.pem",
    "cp -r /tmp/pki/. /etc/ssl/etcd/ssl",
    "echo c > /etc/ssl/etcd/ssl/empty/c",
  ],
  "a copy of a folder over a folder with a link": [
    "mkdir -p /tmp/pki /opt/real /etc/ssl/etcd && echo a > /tmp/pki/ca.pem && ln -s /opt/real /etc/ssl/etcd/ssl",
    "cp -r /tmp/pki/. /etc/ssl/etcd/ssl/",
  ],
  "a copy of a folder that a link leads to": [
    "mkdir -p /opt/pki /etc/ssl/etcd/ssl && echo a > /opt/pki/ca.pem && ln -s /opt/pki /tmp/pki",
    "cp -r /tmp/pki/. /etc/ssl/etcd/ssl/",
  ],
  "a copy of a folder that nobody makes": ["mkdir -p /etc/ssl/etcd/ssl", "cp -r /tmp/pki/. /etc/ssl/etcd/ssl/"],
  "a file of the root": ["echo a > /ca.pem", "cp /*.pem /etc/ssl/etcd/ssl/ca.pem"],
  "a copy of what a pattern matches, after a removal": [
    "mkdir -p /tmp/pki && echo a > /tmp/pki/ca.pem && echo b > /tmp/pki/client.pem",
    "rm /tmp/pki/ca.pem",
    "mkdir -p /etc/ssl/etcd/ssl && cp /tmp/pki/*.pem /etc/ssl/etcd/ssl/",
  ],
  "a copy of what a pattern matches, from a folder that was emptied": [
    "tar xf /tmp/pki.tgz -C /tmp/pki",
    "rm -rf /tmp/pki && mkdir -p /tmp/pki && echo a > /tmp/pki/ca.pem",
    "mkdir -p /etc/ssl/etcd/ssl && cp /tmp/pki/*.pem /etc/ssl/etcd/ssl/",
  ],
  "copies of files among folders, which cp leaves out": [
    "mkdir -p /tmp/pki/ca.pem /etc/ssl/etcd/ssl && echo a > /tmp/pki/ca.pem/x && echo b > /tmp/pki/client.pem",
    "cp /tmp/pki/*.pem /etc/ssl/etcd/ssl/",
  ],
  "a move of folders that a pattern matches": [
    "mkdir -p /tmp/pki/ssl /etc/ssl/etcd && echo a > /tmp/pki/ssl/ca.pem",
    "mv /tmp/pki/s* /etc/ssl/etcd/",
    "cp /tmp/pki/ssl/ca.pem /etc/ssl/etcd/ssl/client.pem",
  ],
  "modes of what links lead to, by a pattern": [
    "echo a > /opt/a && mkdir -p /etc/ssl/etcd/ssl && ln -s /opt/a /etc/ssl/etcd/ssl/ca.pem",
    "chmod 0600 /etc/ssl/etcd/ssl/*.pem",
  ],
  "what was written, removed by a pattern and written again": [
    "echo a > /etc/ssl/etcd/ssl/ca.pem",
    "rm -f /etc/ssl/etcd/ssl/*.pem",
    "echo b > /etc/ssl/etcd/ssl/client.pem",
    "rm -rf /etc/ssl/etcd/ssl/*",
    "echo c > /etc/ssl/etcd/ssl/client-key.pem",
  ],
  "a folder where a file has to be": ["mkdir -p /etc/ssl/etcd/ssl/ca.pem"],
  "a file where a folder has to be": ["echo a > /etc/ssl/etcd", "cp /tmp/none /etc/ssl/etcd/ssl/ca.pem"],
  "a download": ["curl -o /etc/ssl/etcd/ssl/ca.pem https://example.com/ca.pem"],
};

/** Scripts that put no certificate there for certain, so that they do not close the disk. */
export const OPEN_DISKS: Scripts = {
  nothing: ["true"],
  "a link into what may be a folder": ["echo a > /opt/a && ln -s /opt/a /etc/ssl/etcd/ssl"],
  "a file that may be written": ['if [ "$FIRST" = 1 ]; then echo a > /etc/ssl/etcd/ssl/ca.pem; fi'],
  "a link into what may be a folder, where a certificate comes as well": [
    "echo a > /opt/x.pem && ln -s /opt/y /etc/ssl/etcd/ssl",
  ],
  "a copy of all that a pattern matches, of which there may be more": [
    "mkdir -p /opt/pki /etc/ssl/etcd/ssl && echo a > /opt/pki/ca",
    "cp /opt/pki/* /etc/ssl/etcd/ssl/",
  ],
  "an archive behind a link": [
    "mkdir -p /opt/pki /etc/ssl/etcd && ln -s /opt/pki /etc/ssl/etcd/ssl",
    "tar xf /tmp/pki.tgz -C /etc/ssl/etcd/ssl",
  ],
  "a folder where a file has to be": ["mkdir -p /etc/ssl/etcd/ssl/ca.pem"],
  "a removal": ["rm -f /etc/ssl/etcd/ssl/ca.pem"],
  "a removal by a pattern": ["rm -f /etc/ssl/etcd/ssl/*.pem"],
  "a copy of what a pattern may match": [
    "mkdir -p /etc/ssl/etcd/ssl; echo x > /opt/x.txt; cp /opt/*.txt /etc/ssl/etcd/ssl/",
  ],
};

/** Scripts that run on one node at any time. */
export const UNORDERED_DISKS: Scripts = {
  "two that write the same file": ["echo a > /etc/ssl/etcd/ssl/ca.pem", "echo b > /etc/ssl/etcd/ssl/ca.pem"],
  "a copy of what the other writes": ["echo a > /tmp/a", "cp /tmp/a /etc/ssl/etcd/ssl/ca.pem"],
  "a copy of what two write": ["echo a > /tmp/a", "echo b > /tmp/a; cp /tmp/a /etc/ssl/etcd/ssl/ca.pem"],
  "a copy of what the other writes later": ["cp /tmp/a /etc/ssl/etcd/ssl/ca.pem", "echo a > /tmp/a"],
  "a copy of a link that the other makes": [
    "echo a > /tmp/a",
    "ln -s /tmp/a /tmp/b",
    "cp -P /tmp/b /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a copy of a folder in which the other writes": [
    "mkdir -p /tmp/pki && echo a > /tmp/pki/ca.pem",
    "mkdir -p /etc/ssl/etcd/ssl && cp -r /tmp/pki/. /etc/ssl/etcd/ssl",
  ],
  "a copy of what a pattern matches, which the other writes": [
    "mkdir -p /tmp/pki && echo a > /tmp/pki/ca.pem",
    "cp /tmp/pki/*.pem /etc/ssl/etcd/ssl/",
  ],
  "a removal of what the other writes": ["echo a > /etc/ssl/etcd/ssl/ca.pem", "rm -f /etc/ssl/etcd/ssl/ca.pem"],
  "a removal of the folder in which the other writes": ["rm -rf /etc/ssl/etcd", "echo a > /etc/ssl/etcd/ssl/ca.pem"],
  "a removal of a folder in which it wrote, and the other": [
    "echo a > /etc/ssl/etcd/ssl/ca.pem",
    "echo b > /etc/ssl/etcd/ssl/client.pem; rm -rf /etc/ssl/etcd/ssl",
  ],
  "a removal by a pattern of what the other writes": ["rm -f /etc/ssl/etcd/ssl/*", "echo a > /etc/ssl/etcd/ssl/ca.pem"],
  "a removal of the folder in which the other makes a link": [
    "echo a > /opt/a; mkdir -p /etc/ssl/etcd/ssl; ln -s /opt/a /etc/ssl/etcd/ssl/ca.pem",
    "rm -rf /etc/ssl/etcd",
  ],
  "a copy of a folder that the other makes, to where a file has to be": [
    "mkdir -p /tmp/pki && echo a > /tmp/pki/x",
    "cp -r /tmp/pki /etc/ssl/etcd/ssl/ca.pem",
  ],
  "a copy of what a pattern matches, which the other writes later": [
    "cp /tmp/pki/*.pem /etc/ssl/etcd/ssl/",
    "mkdir -p /tmp/pki && echo a > /tmp/pki/ca.pem",
  ],
  "a move of what the other writes": ["echo a > /tmp/a", "mv /tmp/a /etc/ssl/etcd/ssl/ca.pem"],
  "a folder that the other makes": [
    "echo a > /tmp/ca.pem; cp /tmp/ca.pem /etc/ssl/etcd/ssl",
    "echo b > /etc/ssl/etcd/ssl/client.pem",
  ],
};
