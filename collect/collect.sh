# Prints what lies in the folders of a node's certificates, as a listing for kubeadm-guard check --nodes.
#
#   for h in master01 master02 master03; do ssh "$h" sudo sh -s < collect.sh; done > nodes.yaml
#
# It changes nothing, and no private key leaves the node: of a key only the SHA-256 of its public half is printed, which
# takes openssl; without openssl a file with a key is listed without its content. Needs a POSIX shell with find, readlink
# and od; stat for modes. KUBEADM_GUARD_NODE is the node's name where it is not the host's; KUBEADM_GUARD_ROOT is where the
# node's disk is mounted, if not at /.
LC_ALL=C
export LC_ALL
root=${KUBEADM_GUARD_ROOT:-}
root=${root%/}
folders='@FOLDERS@'
newline='
'
cr=$(printf '\r')
tab=$(printf '\t')
largest=65536
node=${KUBEADM_GUARD_NODE:-$(uname -n)}
if command -v openssl > /dev/null 2>&1; then has_openssl=yes; else has_openssl=; fi

# Prints a text as a string of JSON; names with other bytes than printable ASCII never come here.
quoted() {
  case $1 in
    *[\\\"]*) printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')" ;;
    *) printf '"%s"' "$1" ;;
  esac
}

# The bytes of a text in hexadecimal digits.
hex() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'; }

# Prints the field that names a path: path, or pathHex where it has other bytes than printable ASCII.
path_field() {
  case $1 in
    *[!\ -~]*) printf '"pathHex": "%s"' "$(hex "$1")" ;;
    *) printf '"path": %s' "$(quoted "$1")" ;;
  esac
}

seen=$newline
# True the first time it is asked about a path.
first_time() {
  case $seen in *"$newline$1$newline"*) return 1 ;; esac
  seen=$seen$1$newline
}

print_link() {
  first_time "$1" || return 0
  case $2 in
    *[!\ -~]*) printf '  - {%s, "linkHex": "%s"}\n' "$(path_field "$1")" "$(hex "$2")" ;;
    *) printf '  - {%s, "link": %s}\n' "$(path_field "$1")" "$(quoted "$2")" ;;
  esac
}

# Follows a path from / on as Linux does and prints each link on the way. Sets real to where it ends; empty for a circle.
walk() {
  rest=${1#/}
  real=
  hops=0
  while [ -n "$rest" ]; do
    part=${rest%%/*}
    case $rest in */*) rest=${rest#*/} ;; *) rest= ;; esac
    case $part in
      '' | .) continue ;;
      ..) real=${real%/*}; continue ;;
    esac
    if [ -h "$root$real/$part" ]; then
      hops=$((hops + 1))
      if [ "$hops" -gt 40 ]; then real=; return; fi
      target=$(readlink "$root$real/$part"; printf x)
      target=${target%"${newline}x"}
      print_link "$real/$part" "$target"
      case $target in /*) real= ;; esac
      rest=${target#/}${rest:+/$rest}
    else
      real=$real/$part
    fi
  done
  real=${real:-/}
}

# The headers and the body that stand for the private key in $1, whose key stays here.
hidden_key() {
  public=$(printf '%s' "$1" | openssl base64 -d 2> /dev/null | openssl pkey -inform DER -pubout -outform DER 2> /dev/null | openssl base64 -A)
  case $public in
    '') printf 'Public-Key-SHA256: none' ; return ;;
    *BgkqhkiG9w0BAQ*) algorithm=rsa ;;
    *KoZIzj0CA*) algorithm=ecdsa ;;
    *K2Vw*) algorithm=ed25519 ;;
    *) algorithm=other ;;
  esac
  digest=$(printf '%s' "$public" | openssl base64 -d -A | openssl dgst -sha256 -r)
  printf 'Public-Key-SHA256: %s\\nPublic-Key-Algorithm: %s' "${digest%% *}" "$algorithm"
}

# Prints the PEM blocks of a file as the inside of a JSON string. Certificates are whole; of anything else only that it is
# there. Fails where the file holds a private key and there is no openssl.
public_content() {
  out=
  label=
  body=
  shown=
  first=
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in *"$cr") plain=${line%"$cr"} end='\r\n' ;; *) plain=$line end='\n' ;; esac
    # Go does not heed blanks at the end of a line.
    while :; do case $plain in *' ' | *"$tab") plain=${plain%?} ;; *) break ;; esac; done
    case $plain in
      "-----BEGIN "*-----)
        name=${plain#-----BEGIN }
        name=${name%-----}
        case $name in *[!A-Za-z0-9\ _.+-]* | '') out="$out${label:+$shown}text$end" label= ; continue ;; esac
        # A block that never ended is no block to Go.
        out="$out${label:+$shown}"
        label=$name
        shown="$plain$end"
        hidden_shown=$shown
        body=
        first=
        continue
        ;;
    esac
    if [ -z "$label" ]; then
      case $plain in '') out="$out$end" ;; *) out="${out}text$end" ;; esac
      continue
    fi
    if [ "$plain" = "-----END $label-----" ]; then
      case $label in
        *"PRIVATE KEY")
          [ -n "$has_openssl" ] || return 1
          out="$out$hidden_shown$(hidden_key "$body")$end${end}AAAA$end$plain$end"
          ;;
        *)
          # Base64 of DER that begins like a certificate, two sequences, and not like a key, a sequence and a number.
          case $first in
            MII??[DTjz]C* | MI[E-H]?M*) out="$out$hidden_shown$body_shown$plain$end" ;;
            *) out="$out${hidden_shown}AAAA$end$plain$end" ;;
          esac
          ;;
      esac
      label=
      continue
    fi
    [ -n "$body" ] || body_shown=
    [ -n "$first" ] || first=$plain
    case $plain in
      *[!A-Za-z0-9+/=\ ]*) first=- body_shown="${body_shown}text$end" ;;
      *) body_shown="$body_shown$plain$end" ;;
    esac
    body=$body$plain$newline
    shown="${shown}text$end"
  done < "$1"
  printf '%s' "$out${label:+$shown}"
}

print_file() {
  first_time "$1" || return 0
  file=$root$1
  mode=$(stat -c %a "$file" 2> /dev/null) && mode=", \"mode\": \"$(printf '%04d' "$mode")\""
  content=
  size=$(wc -c < "$file" 2> /dev/null)
  if [ -r "$file" ] && [ "${size:-$((largest + 1))}" -le "$largest" ]; then
    text=$(public_content "$file" 2> /dev/null; echo ":$?")
    case $text in *:0) content=", \"content\": \"${text%:0}\"" ;; esac
  fi
  printf '  - {%s%s%s}\n' "$(path_field "$1")" "$mode" "$content"
}

# Prints all that lies in a folder, and where its links lead.
search() {
  find "$root$1" \( -type f -o -type l \) ! -path "*$newline*" -print 2> /dev/null | while IFS= read -r found; do
    printf '%s\n' "${found#"$root"}"
  done
}

role=otherHosts
if [ -e "$root/etc/kubernetes/manifests/kube-apiserver.yaml" ] || [ -e "$root/etc/kubernetes/controller-manager.conf" ]; then
  role=controlPlane
elif [ -e "$root/etc/etcd.env" ] || [ -d "$root/etc/ssl/etcd" ] || [ -e "$root/etc/kubernetes/manifests/etcd.yaml" ]; then
  role=etcdHosts
fi
[ -z "${KUBEADM_GUARD_ROLE:-}" ] || role=$KUBEADM_GUARD_ROLE

printf -- '---\n%s:\n- {"name": %s}\nfiles:\n  %s:\n' "$role" "$(quoted "$node")" "$(quoted "$node")"
searched=
waiting=$folders
while [ -n "$waiting" ]; do
  folder=${waiting%%"$newline"*}
  case $waiting in *"$newline"*) waiting=${waiting#*"$newline"} ;; *) waiting= ;; esac
  walk "$folder"
  case $newline$searched in *"$newline$real$newline"*) continue ;; esac
  searched=$searched$real$newline
  [ -d "$root$real" ] || { [ -f "$root$real" ] && print_file "$real"; continue; }
  # Names with a line break cannot come through a pipe of lines: they are listed without what they hold.
  find "$root$real" \( -type f -o -type l \) -path "*$newline*" -exec sh -c 'for path; do
    printf "  - {\"pathHex\": \"%s\"}\n" "$(printf %s "${path#"$0"}" | od -An -v -tx1 | tr -d " \n")"
  done' "$root" {} + 2> /dev/null
  found=$(search "$real")
  while IFS= read -r path; do
    [ -n "$path" ] || continue
    if [ -h "$root$path" ]; then
      walk "$path"
      if [ -d "$root$real" ]; then waiting=$waiting${waiting:+$newline}$real
      elif [ -f "$root$real" ]; then print_file "$real"
      fi
    else
      print_file "$path"
    fi
  done << END_OF_NAMES
$found
END_OF_NAMES
done
# The names of folders as they were asked for count as well: a folder that is not there was searched all the same.
printf 'searched:\n'
printf '%s\n%s' "$folders" "$searched" | while IFS= read -r folder; do
  [ -z "$folder" ] || case $folder in *[!\ -~]*) ;; *) printf -- '- %s\n' "$(quoted "$folder")" ;; esac
done
