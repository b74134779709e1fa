"""What scripts/fuzz --rights adds to schemathesis: aim, and a check.

Requests are aimed at what is really there, of our business and of its neighbour. The key that sends them may see rooms, or was
revoked. Whatever it asks beyond that is refused, and no answer holds an id of the neighbour's.
"""

import datetime
import json
import os
import random
import re
import urllib.error
import urllib.request

import schemathesis

BASE = os.environ["FUZZ_BASE"]
OWNER = os.environ["FUZZ_KEY"]
NEIGHBOUR = os.environ["FUZZ_NEIGHBOUR"]
SEED = os.environ["FUZZ_SEED"]
RIGHT = os.environ["FUZZ_RIGHT"]
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# What lists things, for whoever may see all.
LISTS = (
    "units unit-groups rate-plans cancellation-policies taxes fees seasons packages night-audits services stations "
    "blackouts appointments bookings reservations guests folios invoices team api-keys blocks conversations"
).split()
# What lets in whoever is known, and what lets in anybody.
KNOWN = {"/api/v1/session", "/api/v1/sessions", "/api/v1/sessions/{id}", "/api/v1/roles", "/api/v1/clock", "/api/v1/session/password"}
OPEN = {
    "/api/v1/session", "/api/v1/session/tokens", "/api/v1/session/tokens/refresh", "/api/v1/oauth/token",
    "/api/v1/password-resets", "/api/v1/password-resets/complete", "/api/v1/invitations/accept",
    "/api/v1/session/second-factor", "/api/v1/session/tokens/second-factor", "/api/v1/session/passkey", "/api/v1/session/passkey/begin",
    "/api/v1/session/second-factor/passkey", "/api/v1/session/second-factor/passkey/begin", "/api/v1/sign-ups", "/api/v1/sign-ups/complete",
}
REFUSED = {401, 403, 404, 405}
sent = 0


def send(key, method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    request = urllib.request.Request(BASE + path, data=data, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read().decode()


def furnish():
    """Guests of ours, so that there is something to aim at."""
    groups = json.loads(send(OWNER, "GET", "/api/v1/unit-groups?limit=100"))["data"]
    today = json.loads(send(OWNER, "GET", "/api/v1/night-audit-schedule"))["business_date"]
    for ahead in range(20, 25):
        first = datetime.date.fromisoformat(today) + datetime.timedelta(days=ahead)
        last = first + datetime.timedelta(days=1)
        stay = {"arrival": first.isoformat(), "departure": last.isoformat(), "unit_group": groups[0]["code"], "adults": 1}
        guest = {"name": "Ana Souza", "email": "fuzz@example.com"}
        send(OWNER, "POST", "/api/v1/bookings", {"stays": [stay], "guest": guest})


def ids_seen_by(key):
    found = set()
    for name in LISTS:
        try:
            found.update(UUID.findall(send(key, "GET", f"/api/v1/{name}")))
        except urllib.error.HTTPError:
            # Not every one is a list.
            pass
    return found


furnish()
OURS, THEIRS = ids_seen_by(OWNER), ids_seen_by(NEIGHBOUR)
THEIRS -= OURS
if len(OURS) < 20 or len(THEIRS) < 5:
    raise SystemExit(f"aiming at {len(OURS)} ids of ours and {len(THEIRS)} of the neighbour's is no test")
AIM = [sorted(OURS), sorted(THEIRS)]


@schemathesis.hook
def before_call(ctx, case, kwargs):
    global sent
    sent += 1
    choice = random.Random(f"{SEED}/{RIGHT}/{sent}")
    if choice.random() < 0.8 and isinstance(case.path_parameters, dict) and "id" in case.path_parameters:
        case.path_parameters["id"] = choice.choice(choice.choice(AIM))


@schemathesis.check
def few_rights(ctx, response, case):
    text = response.content.decode("utf-8", "replace")
    # What was sent may come back in the words of a refusal.
    told = {one for one in UUID.findall(text) if one in THEIRS and one not in case.formatted_path}
    if response.status_code < 400 and told:
        raise AssertionError(f"an answer holds what is the neighbour's: {sorted(told)}")
    path, method = case.path, case.method.upper()
    if not path.startswith("/api/v1/") or path in OPEN and method != "GET":
        return
    if RIGHT and (path in KNOWN or method == "GET" and sees_rooms(path)):
        return
    if response.status_code not in REFUSED:
        raise AssertionError(f"{method} {path} answered {response.status_code} to a key that may not: {text[:200]}")


def sees_rooms(path):
    """What `rooms:read` opens."""
    return path.split("/")[3] in {"units", "unit-groups", "availability-counters"}
