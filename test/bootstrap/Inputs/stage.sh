#!/bin/sh
# stage.sh STAGE: a machine of stand-ins, so that bootstrap can be watched without changing this one.
# STAGE/tools/bootstrap runs there with PATH=STAGE/bin; files in STAGE/world say what the world is like:
#   user        what id -u prints
#   installed   the installed packages, one a line; apt-get install adds to it
#   offered     the LLVM versions that apt offers; apt-get update copies archive over it
# What apt-get, sudo and cmake were asked appears on standard output.
set -eu
stage=$1
mkdir -p "$stage/bin" "$stage/tools" "$stage/world"
cp "$(dirname "$0")/../../../tools/bootstrap" "$stage/tools/bootstrap"
for tool in cat cp dirname env grep mkdir printf sed sh touch tr; do
  ln -sf "$(command -v $tool)" "$stage/bin/$tool"
done

# stand_in NAME: an executable in the stage's bin, its script on standard input.
stand_in() {
  { echo '#!/bin/sh'; echo "world='$stage/world'"; cat; } >"$stage/bin/$1"
  chmod +x "$stage/bin/$1"
}

stand_in id <<'EOF'
cat "$world/user"
EOF
stand_in dpkg-query <<'EOF'
for package in "$@"; do :; done
grep -qx -- "$package" "$world/installed" && printf 'ii '
EOF
stand_in apt-cache <<'EOF'
version=${2#llvm-}
echo "$2:"
if grep -qx -- "${version%-dev}" "$world/offered"; then
  echo '  Candidate: 1:1.0-1'
else
  echo '  Candidate: (none)'
fi
EOF
stand_in apt-get <<'EOF'
echo "apt-get $*"
case $* in
  *update*) cp "$world/archive" "$world/offered" ;;
  *install*) printf '%s\n' "$@" >>"$world/installed" ;;
esac
EOF
stand_in cmake <<'EOF'
echo "cmake $*"
case $* in
  *LLVM_DIR*)
    mkdir -p build
    touch build/build.ninja
    printf '%s\n' "$@" | sed -n 's/^-DLLVM_DIR=/LLVM_DIR:UNINITIALIZED=/p' >build/CMakeCache.txt ;;
esac
EOF

echo 0 >"$stage/world/user"
echo 19 >"$stage/world/archive"
: >"$stage/world/offered"
: >"$stage/world/installed"
