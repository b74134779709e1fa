"""The last words of scripts/fuzz: what was sent, what came back, and whether that will do.

    fuzz_summary.py REPORT_DIR SEED EXAMPLES

Ends with 1 if a route was not reached, an answer was a 5xx or the server panicked, whatever schemathesis made of it.
"""

import collections
import glob
import json
import re
import sys

folder, seed, examples = sys.argv[1:]
by_route, failed = collections.defaultdict(collections.Counter), set()
for name in glob.glob(f"{folder}/*.ndjson"):
    with open(name, encoding="utf-8") as lines:
        for line in lines:
            scenario = json.loads(line).get("ScenarioFinished")
            recorder = (scenario or {}).get("recorder") or {}
            for interaction in (recorder.get("interactions") or {}).values():
                status = (interaction.get("response") or {}).get("status_code", 0)
                by_route[recorder["label"]][status] += 1
            if scenario and scenario["status"] in ("failure", "error"):
                failed.add(recorder.get("label", "?"))

total = collections.Counter()
for counts in by_route.values():
    total.update(counts)
classes = collections.Counter()
for status, count in total.items():
    classes[f"{status // 100}xx" if status else "no answer"] += count
never = sorted(route for route, counts in by_route.items() if not any(200 <= status < 300 for status in counts))
faults = sorted(route for route, counts in by_route.items() if any(status >= 500 for status in counts))
with open(f"{folder}/server.log", encoding="utf-8", errors="replace") as lines:
    panics = collections.Counter(re.findall(r"panicked at (\S+?):\d+:\d+", lines.read()))
# A debug assertion of diesel-async, in the task that gives back a connection whose request was hung up on while it
# committed. The connection is closed; no answer is touched.
ours = [place for place in panics if "diesel-async" not in place]

print(f"\nroutes {len(by_route)}, requests {sum(total.values())}, examples {examples}, seed {seed}")
print("answers: " + ", ".join(f"{name} {count}" for name, count in sorted(classes.items())))
print(f"routes that never did what they were asked ({len(never)}): " + ("; ".join(never) or "none"))
print("panics: " + (", ".join(f"{place} {count}" for place, count in panics.items()) or "none"))
print("5xx: " + ("; ".join(faults) or "none"))
print("outside their description: " + ("; ".join(sorted(failed)) or "none"))
sys.exit(1 if faults or ours or failed or not by_route else 0)
