"""wait-until-it-answers.py URL PID: returns when URL answers 200; fails when process PID is gone or a minute has passed."""

import os
import sys
import time
import urllib.error
import urllib.request

url, pid = sys.argv[1], int(sys.argv[2])
# A proxy in the environment must not come between us and this machine.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
deadline = time.monotonic() + 60
while time.monotonic() < deadline:
    try:
        with opener.open(url, timeout=5) as answer:
            if answer.status == 200:
                sys.exit(0)
    except (urllib.error.URLError, OSError):
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        sys.exit("the process has ended")
    time.sleep(0.05)
sys.exit(f"{url} did not answer within a minute")
