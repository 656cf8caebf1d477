# Sourced by ./odeum bench: sets up the peers and the library's side, then leaves the rest to Python.

peers=$cache/peers

make_peers() { rm -rf "$peers" && "$python" -m venv "$peers"; }

set_up_peers() {
  wanted="$root $(checksum benchmarks/peers/requirements.txt)"
  is_fresh "$peers/odeum-requirements" "$wanted" && return
  step "making an environment for the peers" peers-venv make_peers
  step "installing torch, jax and the others (first time: minutes, up to 6 GB)" peers \
    "$peers/bin/python" -m pip install -q --disable-pip-version-check \
    -r "$root/benchmarks/peers/requirements.txt"
  echo "$wanted" >"$peers/odeum-requirements"
}

bench_sources() { checksum pom.xml .mvn node-lib/pom.xml node-lib/src/main benchmarks/pom.xml benchmarks/src; }

package_benchmarks() {
  rm -rf "$root/benchmarks/target" &&
    maven -Pbenchmarks -pl node-lib,benchmarks package -Dmaven.test.skip=true &&
    bench_sources >"$root/benchmarks/target/odeum-build"
}

set_up_benchmarks() {
  is_fresh "$root/benchmarks/target/odeum-build" "$(bench_sources)" && return
  step "building the benchmarks" benchmarks package_benchmarks
}

# Help, and names that do not exist, install nothing.
find_python
PYTHONPATH=$root/benchmarks
export PYTHONPATH
case " $* " in *" -h "* | *" --help "*) exec "$python" -m bench --help ;; esac
needs=$("$python" -m bench --needs "$@") || exit $?
runner=$python
if [ "$needs" != table ]; then
  find_jdk
  lock
  if [ "$needs" = peers ]; then
    set_up_peers
    runner=$peers/bin/python
  fi
  set_up_benchmarks
  unlock
fi
exec "$runner" -m bench "$@"
