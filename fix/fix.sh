#!/bin/sh
@ABOUT@
#
#   sh fix.sh [show] [NODE]     say what would be done on this node (or on NODE); changes nothing
#   sh fix.sh apply [NODE]      do it; a second run finds nothing to do
#   sh fix.sh verify [NODE]     check that kubeadm can open the files that the kubeadm-config names
#   sh fix.sh undo [NODE]       remove what this script made on this node, and nothing else
@NAMES_USAGE@
#
# Run it as root on each control-plane node, for example over ssh:
#
#   for h in @HOSTS@; do ssh "$h" sudo sh -s apply < fix.sh || break; done
#
# It holds paths and names only, no key and no certificate. It overwrites no file. It needs a POSIX shell with readlink, cmp
# and cksum; where the check did not see what is in the files, openssl as well. KUBEADM_GUARD_NODE is the node's name where
# the host has another one; KUBEADM_GUARD_ROOT is where the node's disk is mounted, if not at /; KUBEADM_GUARD_FROM is the
# folder with files from other nodes (/root/kubeadm-guard-files). Exit codes: 0 done, 1 refused or not as it should be,
# 2 usage error.
set -eu
LC_ALL=C
export LC_ALL
umask 022
root=${KUBEADM_GUARD_ROOT:-}
root=${root%/}
from=${KUBEADM_GUARD_FROM:-$root/root/kubeadm-guard-files}
from=${from%/}
made=$root/var/lib/kubeadm-guard/fix.made
newline='
'
tab=$(printf '\t')

# Sets node to the name that the steps below use.
find_node() {
  case $1 in
@NODES@
    *) return 1 ;;
  esac
}

# What gives each node its files. link PATH NAME: PATH leads to the file NAME in its folder. bring PATH NODE: a copy
# of what NODE has there. pair CERTIFICATE KEY CA PROOF: these have to match before anything is done; PROOF is checked where
# the check has seen that they do.
steps() {
  case $node in
@STEPS@
  esac
}

# The files that the kubeadm-config names.
files() {
@FILES@
}
@NAMES@
problems=0
tell() { printf '%s: %s\n' "$node" "$1"; }
problem() {
  problems=$((problems + 1))
  printf '%s: %s\n' "$node" "$1" >&2
}
usage() {
  printf '%s\n' "$1" "Usage: sh fix.sh [@MODES@] [NODE]" >&2
  exit 2
}

# The target of a link, with a dot behind it, as a shell drops line feeds at the end.
target_of() {
  found=$(readlink "$1" 2> /dev/null && printf .) || found=.
  printf '%s' "${found%"${newline}."}."
}
is_link_to() { [ -h "$1" ] && [ "$(target_of "$1")" = "$2." ]; }
is_there() { [ -e "$1" ] || [ -h "$1" ]; }

# Each step in three passes: show, look (is it possible?), make.
link() { "link_$pass" "$1" "$2"; }
bring() { "file_$pass" "$1" "$from$1" "copy of what $2 has there"; }
pair() { "pair_$pass" "$@"; }
refused() { "refused_$pass" "$1"; }
nothing() { "nothing_$pass"; }

refused_show() { tell "refused: $1"; }
refused_look() { problem "refused: $1"; }
nothing_show() { tell "nothing to do"; }
nothing_look() { tell "nothing to do"; }
nothing_make() { :; }
pair_show() { :; }
pair_make() { :; }

# Certificate, key, CA or an empty word, PROOF.
pair_look() {
  for one in "$1" "$2" ${3:+"$3"}; do
    # What is missing is told by its step.
    [ -f "$one" ] || return 0
  done
  if ! command -v openssl > /dev/null 2>&1; then
    [ "$4" = checked ] || problem "openssl is needed here to see whether $1 and $2 match"
    return 0
  fi
  certified=$(openssl x509 -in "$1" -noout -pubkey 2> /dev/null) || certified=
  private=$(openssl pkey -in "$2" -passin pass: -pubout 2> /dev/null) || private=
  if [ -z "$certified" ] || [ -z "$private" ]; then
    [ "$4" = checked ] || problem "$1 and $2 cannot be read as a certificate and its key"
  elif [ "$certified" != "$private" ]; then
    problem "the key $2 is not that of the certificate $1"
  elif [ "$4" != checked ] && [ -n "$3" ]; then
    is_signed "$1" "$3" || problem "the certificate $1 is not signed by the CA $3"
  fi
}
# Certificate, CA: whatever the dates are today. As Go does, any certificate of the CA's file is trusted.
is_signed() {
  openssl verify -no_check_time -partial_chain -no-CApath -CAfile "$2" -untrusted "$1" "$1" > /dev/null 2>&1
}

# A folder below another root must not lead out of it: an absolute link means something else on the node.
stays_inside() {
  [ -n "$root" ] || return 0
  above=${1%/*}
  while [ -n "$above" ]; do
    if [ -h "$root$above" ]; then
      case $(target_of "$root$above") in /*)
        problem "$above is a link; run this on the node itself"
        return 0
        ;;
      esac
    fi
    above=${above%/*}
  done
}

link_show() { tell "link $1 -> $2"; }
link_look() {
  stays_inside "$1"
  at=$root$1
  if is_link_to "$at" "$2"; then
    return 0
  elif is_there "$at"; then
    [ -f "$at" ] && cmp -s "$at" "${at%/*}/$2" || problem "$1 is there already and is something else; it is left as it is"
  elif ! [ -f "${at%/*}/$2" ] || ! [ -r "${at%/*}/$2" ]; then
    problem "${1%/*}/$2, to which $1 is to lead, is not there or cannot be read"
  fi
}
link_make() {
  if is_there "$root$1"; then
    tell "$1 is there already"
  else
    remember link "$1" "$2"
    ln -s "$2" "$root$1"
    tell "made the link $1 -> $2"
  fi
}

# PATH, the file to copy, what it is.
file_show() { tell "$1 is to be a $3"; }
file_look() {
  stays_inside "$1"
  if is_there "$root$1"; then
    if ! [ -f "$root$1" ]; then problem "$1 is there already and is not a file; it is left as it is"
    elif [ -f "$2" ] && ! cmp -s "$root$1" "$2"; then problem "$1 is there already and is something else; it is left as it is"
    fi
  elif ! [ -f "$2" ] || ! [ -r "$2" ]; then
    problem "$2 is not there or cannot be read; it is to be the $3"
  fi
}
file_make() {
  if is_there "$root$1"; then
    tell "$1 is there already"
    return 0
  fi
  make_folder "${1%/*}"
  remember file "$1" "$(cksum < "$2")"
  unfinished=$root$1.kubeadm-guard
  (umask 077 && rm -f "$unfinished" && cp "$2" "$unfinished")
  if grep -q 'PRIVATE KEY-----' "$unfinished"; then chmod 0600 "$unfinished"; else chmod 0644 "$unfinished"; fi
  mv "$unfinished" "$root$1"
  tell "made $1, a $3"
}
make_folder() {
  [ -n "$1" ] && ! [ -d "$root$1" ] || return 0
  make_folder "${1%/*}"
  remember folder "$1" ""
  mkdir -m 0755 "$root$1"
}

# Writes down what is going to be made, so that undo removes it and nothing else.
remember() {
  [ -d "${made%/*}" ] || mkdir -p "${made%/*}"
  (umask 077 && printf '%s\t%s\t%s\n' "$1" "$2" "$3" >> "$made")
}

# Runs the steps that the word names, once all of them are possible.
make_all() {
  pass=look
  "$1"
  if [ "$problems" -gt 0 ]; then
    printf '%s: nothing was changed\n' "$node" >&2
    exit 1
  fi
  pass=make
  "$1"
}

# Checks what kubeadm does before an upgrade: the files open, and certificate and key match. Field, path.
cert= key= ca=
named() {
  at=$root$2
  case $1 in certFile) cert=$at ;; keyFile) key=$at ;; caFile) ca=$at ;; esac
  if [ -f "$at" ] && [ -r "$at" ]; then tell "ok: $1 $2"
  elif is_there "$at"; then problem "$1 $2 is there and cannot be opened as a file"
  else problem "$1 $2 is missing"
  fi
}
verify() {
  "$1"
  if [ -n "$cert" ] && [ -n "$key" ] && [ "$problems" -eq 0 ]; then
    if ! command -v openssl > /dev/null 2>&1; then
      tell "openssl is not here: not checked whether certificate and key match"
    else
      pair_look "$cert" "$key" "" open
      [ "$problems" -gt 0 ] || tell "ok: certificate and key match"
      [ -z "$ca" ] || is_signed "$cert" "$ca" ||
        tell "note: openssl does not see that caFile signed the certificate; right only if etcd has another CA for clients"
    fi
  fi
  [ "$problems" -eq 0 ] || exit 1
}

undo() {
  if ! [ -f "$made" ]; then
    tell "nothing to undo"
    return 0
  fi
  backwards=
  while IFS= read -r line; do backwards=$line$newline$backwards; done < "$made"
  while IFS=$tab read -r kind path detail; do
    case $kind in
      link)
        if is_link_to "$root$path" "$detail"; then rm "$root$path" && tell "removed the link $path"
        elif is_there "$root$path"; then problem "$path is not the link that was made; it is left as it is"
        fi ;;
      file)
        if [ -f "$root$path" ] && ! [ -h "$root$path" ] && [ "$(cksum < "$root$path")" = "$detail" ]; then
          rm "$root$path" && tell "removed $path"
        elif is_there "$root$path"; then problem "$path is not the file that was made; it is left as it is"
        fi ;;
      folder)
        if [ -d "$root$path" ]; then rmdir "$root$path" 2> /dev/null || problem "$path is not empty; it is left as it is"; fi ;;
    esac
  done << END_OF_MADE
$backwards
END_OF_MADE
  rm "$made"
  rmdir "${made%/*}" 2> /dev/null || :
  [ "$problems" -eq 0 ] || exit 1
}
@CONFIG_MAP@
mode=${1:-show}
node=
case $mode in
  show | apply | verify | undo@NODE_MODES@) ;;
@CONFIG_MAP_MODES@
  *) usage "There is no $mode." ;;
esac
name=${2:-${KUBEADM_GUARD_NODE:-$(uname -n)}}
lower=$(printf '%s' "$name" | tr '[:upper:]' '[:lower:]')
find_node "$lower" || usage "$name is not a control-plane node here. They are: @NODE_NAMES@"
case $mode in
  show) pass=show; steps ;;
  apply) make_all steps ;;
  verify) verify files ;;
  undo) undo ;;
@NAMES_MODE@
esac
