# Sourced by ./odeum test. Quick tests come first: Java, then the wheel, the kernel and the notebooks.
# With CI=true a test that cannot run here is a failure; elsewhere it is skipped and named.

strict=no
case ${CI:-false} in false | 0 | "") ;; *) strict=yes ;; esac

# The names that the browser tests look for.
has_browser() {
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
}

set_up_browser() {
  has_browser && return
  if is_debian_root; then
    step "installing Chromium for the browser tests" chromium apt_install chromium
    has_browser && return
  fi
  message="no chromium, chromium-browser or google-chrome is on the PATH. On Debian: sudo apt-get install chromium"
  [ $strict = no ] || fail "$message"
  say "the browser tests will be skipped: $message"
}

has_emulator() {
  command -v qemu-aarch64-static >/dev/null && [ -d /usr/aarch64-linux-gnu/lib ]
}

# Another kind of processor, for the test that it computes the same bits: its emulator and C library
# come from Debian, its JDK from PyPI.
set_up_aarch64() {
  [ "$(uname -s) $(uname -m)" = "Linux x86_64" ] || return 0
  wanted=$(checksum kernel-magics/python/requirements-aarch64.txt)
  if ! is_fresh "$cache/aarch64/odeum-requirements" "$wanted"; then
    rm -rf "$cache/aarch64"
    # In a subshell: without a network it says why, and the other tests can still run.
    (step "fetching a JDK for AArch64" aarch64 "$venv/bin/python" -m pip install -q \
      --disable-pip-version-check --platform manylinux_2_17_aarch64 --only-binary :all: --no-deps \
      --require-hashes -r "$python_dir/requirements-aarch64.txt" --target "$cache/aarch64") &&
      echo "$wanted" >"$cache/aarch64/odeum-requirements"
  fi
  has_emulator && return
  if is_debian_root; then
    (step "installing an emulator of AArch64" emulator apt_install qemu-user-static libc6-arm64-cross)
  fi
}

# nbgrader, for the coursework. In a folder of its own, as its extensions would change the JupyterLab of
# .venv; what else it needs is there.
set_up_nbgrader() {
  wanted=$(checksum kernel-magics/python/requirements.txt kernel-magics/python/requirements-nbgrader.txt)
  if ! is_fresh "$cache/nbgrader/odeum-requirements" "$wanted"; then
    rm -rf "$cache/nbgrader"
    (step "installing nbgrader" nbgrader "$venv/bin/python" -m pip install -q --disable-pip-version-check \
      --no-deps -r "$python_dir/requirements-nbgrader.txt" --target "$cache/nbgrader") &&
      echo "$wanted" >"$cache/nbgrader/odeum-requirements"
  fi
}

# Shows the lines that tell how far it is; the whole output is in the log.
java_tests() {
  log=$cache/verify.log
  rm -rf "$root"/*/target/surefire-reports "$root"/*/*/target/surefire-reports
  rm -rf "$root/kernel-magics/target/odeum-build" "$root/kernel-magics/target/libraries"
  say "Java: ./mvnw verify (output in $log) ..."
  # The benchmarks are compiled too where JMH is at hand, so that they follow the library.
  benchmarks=
  [ ! -d "$HOME/.m2/repository/org/openjdk/jmh/jmh-generator-annprocess" ] || benchmarks=-Pbenchmarks
  { maven $benchmarks verify 2>&1 && java_sources >"$root/kernel-magics/target/odeum-build"; } |
    tee "$log" | grep --line-buffered -E '^\[(INFO|WARNING|ERROR)\] (Building |Tests run:|ERROR)|^\[ERROR\]' || true
  [ -f "$root/kernel-magics/target/odeum-build" ]
}

python_tests() {
  say "Python: wheel, kernel, notebooks, browser (output in $cache/pytest*.log) ..."
  results=
  pytest "$cache/pytest.log" -n 2 --dist loadfile -m "not alone" "$@" || return 1
  pytest "$cache/pytest-alone.log" -m alone "$@" || return 1
}

# One run of pytest; adds its last line to the results. That none of the tests asked for is among its is no failure.
pytest() {
  log=$1
  shift
  status=$cache/pytest.status
  (
    cd "$python_dir"
    "$venv/bin/python" -m pytest -rs "$@" && echo 0 >"$status" || echo $? >"$status"
  ) 2>&1 | tee "$log"
  results="$results${results:+; }$(tail -n 1 "$log")"
  case $(cat "$status") in
    0) ;;
    5) return 0 ;;
    *) return 1 ;;
  esac
  if [ $strict = yes ] && tail -n 1 "$log" | grep -q ' skipped'; then
    say "tests were skipped, and CI=$CI allows none"
    return 1
  fi
}

# Adds up the line "Tests run: 3, Failures: 0, ..." of each report.
java_count() {
  cat "$root"/*/target/surefire-reports/*.txt "$root"/*/*/target/surefire-reports/*.txt 2>/dev/null |
    awk -F'[:,]' '/^Tests run:/ { n += $2; bad += $4 + $6; skipped += $8 }
      END { printf "%d run, %d failed, %d skipped", n, bad, skipped }'
}

begin_tests=$(date +%s)
test_requirements=yes
find_python
find_jdk
lock
set_up_python
set_up_browser
set_up_aarch64 || true
set_up_nbgrader || true
offer_jjava_to_maven
java_result=passed python_result="not run"
java_tests || java_result=FAILED
if [ $java_result = passed ]; then
  set_up_wheel
  set_up_archive
  unlock
  PATH=$venv/bin:$PATH
  ODEUM_WHEEL=$(echo "$python_dir"/dist/odeum-*.whl)
  export PATH ODEUM_WHEEL
  python_result=passed
  python_tests "$@" || python_result=FAILED
  python_result="$python_result ($results)"
else
  unlock
fi
say "Java   $java_result ($(java_count))"
say "Python $python_result"
say "$(($(date +%s) - begin_tests)) s in all"
case "$java_result $python_result" in
  passed\ passed*) exit 0 ;;
  *) exit 1 ;;
esac
