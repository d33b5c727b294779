#!/bin/sh
# Checks the kubeadm-config in the repository before each commit that touches it or the inventory. For git alone:
#   cp pre-commit.sh .git/hooks/pre-commit
# for the pre-commit framework see .pre-commit-config.yaml beside this file. What is checked is what is staged.
set -u
config=${KUBEADM_CONFIG:-kubeadm-config.yaml}
inventory=${INVENTORY:-inventory}
release=${KUBESPRAY:-}
if git diff --cached --quiet -- "$config" "$inventory"; then exit 0; fi
staged=$(mktemp -d) || exit 3
trap 'rm -rf "$staged"' EXIT
git checkout-index --all --prefix="$staged/" || exit 3
npx --no-install kubeadm-guard check --kubeadm-config "$staged/$config" --inventory "$staged/$inventory" ${release:+--kubespray "$release"}
code=$?
# 2: something is undecided and nothing is wrong. It is shown and stops no commit.
[ "$code" -eq 2 ] && exit 0
exit "$code"
