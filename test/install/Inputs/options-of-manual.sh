#!/bin/sh
# The names of the options that a manual page explains: options-of-manual.sh PAGE.1.gz
gzip -dc "$1" | grep -A 1 '^\.TP' | grep '^.fB' | sed 's/^.fB//; s/.fR.*//; s/\\//g' | tr ',' '\n' |
  tr -d ' ' | grep '^-' | sort
