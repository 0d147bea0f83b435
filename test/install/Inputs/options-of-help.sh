#!/bin/sh
# The names of the options that a tool's help shows: options-of-help.sh TOOL
"$1" --help-all | grep '^  -' | sed 's/^  //; s/   .*//' | tr ',' '\n' | grep -o '^ *--*[A-Za-z-]*' | tr -d ' ' | sort
