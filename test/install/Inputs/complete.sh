#!/bin/bash
# What bash would offer at the end of a line, an offer a line: complete.sh BUILD 'LINE'
PATH=$1/bin:$PATH
COMP_LINE=$2 COMP_POINT=${#2}
tool=${2%% *}
source "$1/share/bash-completion/completions/$tool"
"_${tool//-/_}" && printf '%s\n' "${COMPREPLY[@]}"
