import { gzipSync } from "node:zlib";
import { decodeUserData } from "../../../evidence/user-data/decode-user-data";
import { mergeCloudConfigs } from "../../../evidence/user-data/merge-cloud-configs";
import { mimeParts } from "../../../evidence/user-data/mime-parts";
import { playCloudInit } from "../../../evidence/user-data/play-cloud-init";
import { fromBase64, unpack } from "../../../evidence/user-data/unpack";
import { Budget } from "../../../machine/budget";
import type { Readings } from "./readings";

const merged =
  (...texts: readonly string[]) =>
  () =>
    mergeCloudConfigs(texts.map((text) => ({ kind: "cloud-config", name: "a", text, mergeType: undefined })));
/** Two lists under one key, the second one with this merge type. */
const lists = (how: string) =>
  merged("a: [1, {x: 1}, [1]]\nb: old\nc: {x: 1}", `merge_how: ${how}\na: [2, {y: 2}, [2], 3]\nb: new\nc: {y: 2}`);
const message = (text: string) => () => mimeParts(text);
const part = (headers: string, body: string) => message(`MIME-Version: 1.0\n${headers}\n\n${body}`);
const multipart = (body: string) => part('Content-Type: multipart/mixed; boundary="B"', body);
const nested = (depth: number) =>
  message(
    `${Array.from({ length: depth }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`).join("")}\nx\n`,
  );
const counted = (count: number) => () => {
  const reading = mimeParts(`Content-Type: multipart/mixed; boundary=B\n\n${"--B\n\nx\n".repeat(count)}--B--\n`);
  return reading.kind === "parts" ? reading.parts.length : reading;
};
/** A budget of which all but so many bytes are taken. */
const budgetOf = (bytes: number) => {
  const budget = Budget.ofStack().ofResource();
  budget.takeBytes(budget.bytesLeft - bytes);
  return budget;
};
const MEGABYTE = 1024 * 1024;
const unpacked = (bytes: Buffer, budget?: Budget) => () => {
  const reading = unpack(bytes, budget);
  return reading.kind === "bytes" ? reading.bytes.length : reading;
};
const played = (text: string, bytes: number) => () => {
  const budget = budgetOf(bytes);
  const decoded = decodeUserData(text, "plain", budget);
  return decoded.kind === "cloud-init" ? playCloudInit(decoded.parts, budget).operations : decoded;
};

export const userDataParts: Readings = {
  "lists that are appended": lists("list(append)+dict()"),
  "lists that are prepended": lists("list(prepend)+dict(recurse_list)"),
  "lists that are appended where maps recurse into lists": lists("list(append)+dict(recurse_list)"),
  "lists of which the first stays": lists("list(no_replace)+dict(recurse_array)"),
  "lists whose elements are replaced": lists("list(replace)+dict(recurse_array)"),
  "lists whose elements merge": lists("list(recurse_list,recurse_dict)+dict(recurse_array,replace)"),
  "lists whose lists merge": lists("list(recurse_list)+dict(recurse_array)"),
  "texts that are appended": lists("str(append)+dict(recurse_str)"),
  "texts that are replaced": lists("str()+dict(recurse_str)"),
  "texts that nothing merges": lists("dict(recurse_str)"),
  "no maps": lists("list(append)"),
  "maps that keep what they have": lists("dict(no_replace)"),
  "hyphens and capitals": lists("'DICT(Recurse-Array) + LIST(Append)'"),
  "the first of two for one type counts": lists("list(append)+list(prepend)+dict(recurse_array)"),
  "a plus sign at the end": lists("list(append)+dict(recurse_array)+"),
  "a merge type that is null": lists("null"),
  "a merge type that is empty": lists("''"),
  "a merge type that begins with a digit": lists("3list(append)"),
  "a merge type with something behind it": lists("list(append)x"),
  "a merge type in lists": lists("[[list, append], [dict, recurse_array]]"),
  "a merge type in maps": lists("[{name: ' list ', settings: [append]}, {name: dict, settings: [recurse_array]}]"),
  "a merge type in maps, with hyphens": lists("[{name: li-st, settings: [append]}]"),
  "a merge type in a list of texts": lists("[list]"),
  "a merge type without settings": lists("[{name: list}]"),
  "a merge type without a name": lists("[{settings: [append]}]"),
  "a merge type of other numbers": lists("[{name: 3, settings: [append]}]"),
  "a list that meets a text": merged("a: [1]", "merge_how: dict(recurse_str)+list(append)\na: b"),
  "a list that meets a text and is replaced": merged("a: [1]", "merge_how: dict(recurse_str)+list(replace)\na: b"),
  "a list that meets a text and stays": merged("a: [1]", "merge_how: dict(recurse_str)+list(no_replace)\na: b"),
  "a text that meets a list": merged("a: b", "merge_how: dict(recurse_array)+str(append)\na: [1, 2]"),
  "a map that meets a text": merged("a: {b: 1}", "merge_how: dict(recurse_str)\na: c"),
  "a number that meets a map": merged("a: 1", "merge_how: dict()\na: {b: 2}"),
  "a key that is taken back": merged("a: 1\nb: 2", "merge_how: dict(allow_delete,replace)\na:\nb: 3"),
  "words that only YAML 1.1 takes for truth": merged("a: y\nb: [n, Y, N, yes, no, on, off]"),
  "keys that are equal": merged("a: 1\na: 2"),
  "a comment with blanks before it": merged("  # nothing\n\n"),
  "more steps than are taken": merged(
    `a: [${"1,".repeat(60_000)}]`,
    `merge_how: list(append)+dict(recurse_array)\na: [${"1,".repeat(60_000)}]`,
  ),
  "mime: no header at all": message("hello\n"),
  "mime: a text with a type": part("Content-Type: text/x-shellscript; charset=utf-8", "a\nb\n"),
  "mime: names of parts": multipart(
    '--B\nContent-Type: text/plain; name="a"\n\n1\n--B\nContent-Type: text/plain; name="b"\nContent-Disposition: attachment; filename="c"\n\n2\n--B\nContent-Disposition: attachment\n\n3\n--B--\n',
  ),
  "mime: headers that are folded": part("Content-Type: text/plain;\n\tname=x;\n   charset=utf-8", "a"),
  "mime: a header twice": part("Content-Type: text/plain\ncontent-type: text/html", "a"),
  "mime: a line that is no header": message("MIME-Version: 1.0\nContent-Type: text/x-a\nno header: here\n\nbody\n"),
  "mime: a line with a header in it": message("MIME-Version: 1.0\n Subject: x\n(a) Content-Type: text/x-a\n\nbody\n"),
  "mime: a type that makes no sense": part("Content-Type: ;;", "a"),
  "mime: headers alone": message("MIME-Version: 1.0\nContent-Type: text/x-a\n"),
  "mime: before the first and after the last delimiter": multipart("before\n--B\n\n1\n--B--\nafter\n--B\n\n2\n"),
  "mime: a delimiter with blanks behind it": multipart("--B  \n\n1\n--B-- \n"),
  "mime: what only looks like a delimiter": multipart("--B\n\n--BB\n-B\n --B\nB--\n--B--\n"),
  "mime: a last part that nothing ends": multipart("--B\n\n1\n\n"),
  "mime: a last part that nothing ends, with a line that is not empty": multipart("--B\n\n1\n2"),
  "mime: a message in a message": part("Content-Type: message/rfc822", "Content-Type: text/x-a\n\na\n"),
  "mime: carriage returns": message("MIME-Version: 1.0\r\nContent-Type: text/x-a\r\n\r\na\r\nb\r\n"),
  "mime: quoted-printable": part("Content-Transfer-Encoding: quoted-printable", "a=3Db=\nc \t\nd=C3=A9=zz\n"),
  "mime: characters beyond ASCII": part("Content-Transfer-Encoding: 8bit", "é € 😀 ā\n"),
  "mime: characters beyond ASCII in quoted-printable": part("Content-Transfer-Encoding: Quoted-Printable", "é €\n"),
  "mime: transfer encodings of all kinds": () =>
    ["7bit", "BINARY", "", "BASE64", "x-uuencode", "uuencode"].map((encoding) =>
      mimeParts(`MIME-Version: 1.0\nContent-Transfer-Encoding: ${encoding}\n\nYWJj\n`),
    ),
  "mime: nested as deep as is read": nested(8),
  "mime: nested one deeper": nested(9),
  "mime: as many parts as are read": counted(1000),
  "mime: one part more": counted(1001),
  "base64 of all kinds": () =>
    ["YWJj", "YW Jj\n\n", "YWI=", "YQ==", "YWJ", "", "   ", "YWJ-", "=YWJj", "YWJj====", "YW=j"].map(
      (text) => fromBase64(text) ?? null,
    ),
  "bytes to the limit": unpacked(Buffer.alloc(4 * MEGABYTE)),
  "bytes over the limit": unpacked(Buffer.alloc(4 * MEGABYTE + 1)),
  "gzip to the limit": unpacked(gzipSync(Buffer.alloc(4 * MEGABYTE))),
  "gzip over the limit": unpacked(gzipSync(Buffer.alloc(4 * MEGABYTE + 1))),
  "gzip over what is left": unpacked(gzipSync(Buffer.alloc(2000)), budgetOf(1000)),
  "gzip where little is left, which is enough": unpacked(gzipSync(Buffer.alloc(1000)), budgetOf(1000)),
  "gzip that is broken where little is left": unpacked(Buffer.from([0x1f, 0x8b, 8, 0, 0]), budgetOf(1000)),
  "bytes that begin as gzip does, and go on otherwise": () => [
    unpacked(Buffer.from([0x1f, 0x8c, 1]))(),
    unpacked(Buffer.from([0x20, 0x8b, 1]))(),
  ],
  "gzip of nothing": unpacked(gzipSync("")),
  "a text over the limit": () => decodeUserData(`#!/bin/sh\n${"x".repeat(8 * MEGABYTE)}`, "plain"),
  "a cloud-config larger than what is left": played(`#cloud-config\n# ${"x".repeat(300)}\n`, 1000),
  "a file larger than what is left": played(
    `#cloud-config\nwrite_files:\n- {path: /a, content: ${"x".repeat(100)}}\n- {path: /a, append: true, content: ${"x".repeat(200)}}\n- {path: /b}\n`,
    1200,
  ),
  "a file whose encoded text is larger than what is left": played(
    `#cloud-config\nwrite_files:\n- {path: /a, encoding: b64, content: ${"YWJj".repeat(100)}}\n`,
    2000,
  ),
  "a file in gzip that is larger than what is left": played(
    `#cloud-config\nwrite_files:\n- {path: /a, encoding: gz+b64, content: ${gzipSync(Buffer.alloc(5000, "a")).toString("base64")}}\n`,
    3000,
  ),
  "commands longer than a script may be": () => {
    const { operations, unread } = playCloudInit([
      {
        kind: "cloud-config",
        name: "a",
        mergeType: undefined,
        text: `runcmd:\n- [touch, /etc/${"x".repeat(262_144)}]\n- touch /etc/after\n`,
      },
    ]);
    return { operations: operations.length, unread };
  },
};
