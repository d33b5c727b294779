
# The text of the kubeadm-config, before and after; both files stay in this folder.
before=kubeadm-config.before.yaml
after=kubeadm-config.after.yaml
map="kubectl -n kube-system get configmap kubeadm-config"
read_config() { $map -o 'jsonpath={.data.ClusterConfiguration}' > "$1"; }

# Puts a text into the ConfigMap and leaves its other keys alone: every line as it is, so + keeps line feeds at the end.
write_config() {
  [ -z "$(tail -c 1 "$1")" ] || { printf '%s does not end in a line feed; edit the ConfigMap by hand\n' "$1" >&2; exit 1; }
  { printf 'data:\n  ClusterConfiguration: |2+\n'; sed 's/^/    /' "$1"; } > "$1.patch"
  kubectl -n kube-system patch configmap kubeadm-config --type merge --patch-file "$1.patch"
  rm "$1.patch"
}

# By kubectl or by kubeadm.
config_map() {
  read_config "$after"
  if @IS_RENAMED@; then
    printf 'The kubeadm-config names these files already.\n'
    rm "$after"
    return 0
  fi
@COUNTS@
  if [ -e "$before" ] && ! cmp -s "$before" "$after"; then
    printf '%s is there already and is another text; move it away\n' "$before" >&2
    exit 1
  fi
  cp "$after" "$before"
  sed \
@SED@
    "$before" > "$after"
  case $1 in
    kubectl) write_config "$after" ;;
    kubeadm) kubeadm init phase upload-config kubeadm --config "$after" ;;
  esac
  printf 'The kubeadm-config names the new files. %s is what it was: sh fix.sh config-map-undo brings it back.\n' "$before"
}
only_once() {
  [ "$(grep -c "$1" "$after")" = 1 ] && return 0
  rm "$after"
  printf 'The kubeadm-config has no such line, or several: %s\nIt is left as it is; edit it by hand: kubectl -n kube-system edit configmap kubeadm-config\n' "$1" >&2
  exit 1
}
config_map_undo() {
  if ! [ -f "$before" ]; then
    printf '%s is not in this folder\n' "$before" >&2
    exit 1
  fi
  write_config "$before"
  printf 'The kubeadm-config is what it was.\n'
}
config_map_mode() {
  case $1,${2:-kubectl} in
    config-map,kubectl | config-map,kubeadm) config_map "${2:-kubectl}" ;;
    config-map-undo,*) config_map_undo ;;
    *) usage "config-map takes kubectl or kubeadm." ;;
  esac
}
