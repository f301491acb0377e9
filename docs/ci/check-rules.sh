#!/bin/sh
# Checks of a ruleset repository on any build machine, without network: sh check-rules.sh [FOLDER] [DATE]
# 在任何一台（不联网的）机器上检查规则仓库。结果写到当前文件夹的 *.sarif。
# Exit code 0: everything holds; otherwise that of the first check that does not. 全部通过时退出码为 0。
set -eu
rules=${1:-rules}
day=${2:-$(date +%F)}
landrules fmt --check "$rules"
landrules check-rules --strict --format sarif "$rules" > check-rules.sarif || { landrules check-rules --strict "$rules"; exit 1; }
landrules test "$rules"
landrules lint --as-of "$day" --format sarif "$rules" > lint.sarif || { landrules lint --as-of "$day" "$rules"; exit 1; }
