"""A side for the tests: ``fake_side.py NAME SECONDS VALUE DIARY [MISHAP]``. It claims its times."""

import json
import sys
import time

name, seconds, value, diary = sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
mishap = sys.argv[5] if len(sys.argv) > 5 else ""


def answer(**values):
    print(json.dumps(values), flush=True)


answer(ready={name: "1.0"})
for line in sys.stdin:
    words = line.split()
    if mishap == "crash":
        raise MemoryError("no room for this")
    if mishap == "hang":
        time.sleep(60)
    if mishap == "noise":
        print("hello from a library")
    if words == ["first"]:
        answer(wall=0.5, check={"loss": value})
        continue
    with open(diary, "a") as file:
        file.write(f"{name} {line}")
    took = seconds * int(words[1]) * int(words[2])
    answer(wall=took, cpu=2 * took, thread=took, check={"loss": value})
