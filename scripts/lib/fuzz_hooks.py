"""What scripts/fuzz adds to schemathesis: a business with something in it, and requests that lead to it.

Out of nothing but the document, almost every request ends at "there is no such reservation". So the demo is given
bookings, blocks, appointments and the like before the run; ids, codes and versions that answers hold are kept; and in
most requests a generated one is replaced by one that was kept, a generated date by one of the coming weeks. The rest
goes out as generated. The choices follow from FUZZ_SEED and the number of the request.
"""

import base64
import datetime
import hashlib
import hmac
import json
import os
import random
import re
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict

import schemathesis

BASE = os.environ["FUZZ_BASE"]
KEY = os.environ["FUZZ_KEY"]
SEED = os.environ["FUZZ_SEED"]
TWILIO_TOKEN = os.environ["FUZZ_TWILIO_TOKEN"]
# Among 30 kept things some are still as they were made.
KEPT = 30
DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
MOMENT = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T")
STARTS = {"arrival", "check_in", "from", "first_night", "first_day", "arrival_from", "booking_from", "stay_from", "valid_from"}
ENDS = {"departure", "check_out", "to", "until", "last_day", "arrival_until", "booking_until", "stay_until", "valid_until"}
CODES = {
    "unit_group": "unit-groups", "room_type": "unit-groups", "unit_groups": "unit-groups",
    "rate_plan": "rate-plans", "rate_plans": "rate-plans", "parent": "rate-plans",
    "service": "services", "services": "services", "station": "stations", "promo": "promo-codes",
}
IDS = {
    "unit_id": "units", "unit_group_id": "unit-groups", "quote_id": "quotes", "service_id": "services",
    "station_id": "stations", "conversation_id": "conversations",
}
EMAIL = "fuzz@example.com"
REPORTS = ["trial-balance", "payments", "deposits", "taxes", "daily-revenue"]

ids, codes, versions, moments, calls, accepted = defaultdict(list), defaultdict(list), {}, [], [], {}
sent = 0
# The property's, from `furnish` on: by its clock it may still be yesterday.
today = datetime.date.today()


def near(days):
    return (today + datetime.timedelta(days=days)).isoformat()


def keep(shelf, value):
    if value not in shelf:
        shelf.append(value)
    if len(shelf) > KEPT:
        # What the demo and `furnish` made stays; the latest takes the place of one in the middle.
        del shelf[KEPT // 2]


def collection(path):
    """`reservations` of /api/v1/reservations/{id}/actions/cancel."""
    path = path.removeprefix("/api/v1")
    parts = [part for part in path.split("/") if part and not part.startswith("{")]
    if parts[:1] == ["voice"]:
        return "calls"
    if parts[:1] == ["housekeeping"]:
        return "tasks"
    return parts[0] if parts else ""


def told_by(path):
    """What an answer is about: an invoice, also where a folio is asked for one."""
    return "invoices" if path.endswith("/actions/invoice") else collection(path)


def learn(name, value):
    """Keeps every id and code in an answer, each with its kind."""
    if isinstance(value, list):
        for one in value:
            learn(name, one)
    if not isinstance(value, dict):
        return
    if isinstance(value.get("id"), str):
        keep(ids[name], value["id"])
        if isinstance(value.get("version"), int):
            versions[value["id"]] = value["version"]
    code = value.get("code") or (value.get("details") or {}).get("code")
    if isinstance(code, str):
        keep(codes[name], code)
    if isinstance(value.get("call_id"), str):
        keep(ids["calls"], value["call_id"])
    if isinstance(value.get("conversation_id"), str):
        keep(ids["conversations"], value["conversation_id"])
    for key, inner in value.items():
        if isinstance(inner, (dict, list)):
            learn({"data": name, "reservation": "reservations", "booking": "bookings", "folio": "folios"}.get(key, key), inner)


def send(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    request = urllib.request.Request(BASE + path, data=data, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        found = json.load(answer)
    learn(told_by(path.split("?")[0]), found)
    return found


def ask(method, path, body=None):
    """What has to succeed; its body serves as a pattern."""
    try:
        found = send(method, path, body)
    except urllib.error.HTTPError as error:
        raise SystemExit(f"furnishing: {method} {path}: {error.read().decode()}") from error
    if body is not None:
        accepted[path] = body
    return found


def furnish():
    """Something of each kind. A refusal here ends the run: then this file is out of date."""
    global today
    today = datetime.date.fromisoformat(ask("GET", "/api/v1/night-audit-schedule")["business_date"])
    lists = "unit-groups units rate-plans cancellation-policies taxes fees seasons packages night-audits".split()
    for name in lists:
        ask("GET", f"/api/v1/{name}?limit=100")
    group = codes["unit-groups"][0]
    always = [{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "from": "09:00", "until": "17:00"}]
    ask("POST", "/api/v1/services", {
        "code": "massage", "name": "Massage", "duration_minutes": 60, "opening_hours": always,
        "starts": {"kind": "every", "minutes": 60}, "price_basis": "per_guest", "price_minor": 5500,
        "min_guests": 1, "max_guests": 4, "horizon_days": 365,
    })
    ask("POST", "/api/v1/stations", {
        "code": "mara", "name": "Mara", "services": ["massage"], "working_hours": always, "places": 3,
    })
    ask("POST", "/api/v1/promo-codes", {
        "code": "FUZZ", "name": "Ten off", "discount": {"kind": "percent", "basis_points": 1000},
    })
    ask("POST", "/api/v1/packages", {
        "code": "fuzz", "name": "Breakfast", "contents": ["Breakfast"],
        "effect": {"kind": "extra", "amount_minor": 1000, "per": "person_night"},
    })
    ask("POST", "/api/v1/seasons", {
        "code": "fuzz", "name": "Fuzz", "from": near(40), "until": near(50),
        "effect": {"kind": "change", "basis_points": 1000},
    })
    ask("POST", "/api/v1/blackouts", {"first_day": near(30), "last_day": near(31)})
    ask("POST", "/api/v1/blocks", {
        "unit_id": ids["units"][-1], "kind": "out_of_service", "first_night": near(5), "until": near(9),
    })
    guest = {"name": "Ana Souza", "email": EMAIL}
    room = {"check_in": near(10), "check_out": near(12), "room_type": group, "adults": 1}
    for first in (0, 0, 1, 7, 14, 21):
        stay = {"arrival": near(first), "departure": near(first + 2), "unit_group": group, "adults": 1}
        ask("POST", "/api/v1/quotes", {"stays": [stay]})
        ask("POST", "/api/v1/bookings", {"stays": [stay], "guest": guest, **({"hold": {"minutes": 600}} if first == 7 else {})})
    ask("POST", "/quotes", {"rooms": [room]})
    ask("POST", "/bookings", {**room, "guest": {"full_name": "Ana Souza", "email": EMAIL}})
    extras = ask("POST", f"/api/v1/bookings/{ids['bookings'][0]}/folios", {"kind": "company", "name": "Souza Ltda"})
    extra = {"kind": "extra", "code": "minibar", "amount_minor": 450, "currency": "USD", "description": "Minibar"}
    ask("POST", f"/api/v1/folios/{extras['folio']['id']}/postings", extra)
    accepted["/api/v1/folios/{id}/postings"] = extra
    wanted = {"kind": "invoice", "language": "de", "addressee": {"company": "Souza Ltda", "country": "BR"}}
    ask("POST", f"/api/v1/folios/{extras['folio']['id']}/actions/invoice", wanted)
    accepted["/api/v1/folios/{id}/actions/invoice"] = wanted
    ask("GET", "/api/v1/invoices")
    ask("POST", "/leads", {"full_name": "Ana Souza", "email": EMAIL})
    ask("POST", "/payments/links", {"booking_code": codes["bookings"][0], "email": EMAIL})
    ask("POST", "/knowledge/search", {"query": "parking"})
    for name, more in (("taxes", {"included": True, "rounding": "per_stay"}), ("fees", {"occasion": "always", "taxed": False})):
        flat = {"kind": "flat", "amount_minor": 100, "currency": "USD", "per": "stay"}
        ask("POST", f"/api/v1/{name}", {"code": "fuzz", "name": "Fuzz", "charge": flat, **more})
    ask("POST", "/api/v1/cancellation-policies", {"code": "fuzz", "name": "Fuzz", "rules": [], "no_show": {"first_nights": 1}})
    ask("POST", "/api/v1/rate-plans", {"code": "fuzz", "name": "Fuzz", "derivation": {"parent": "standard", "basis_points": -500}})
    ask("POST", f"/api/v1/reservations/{ids['reservations'][0]}/actions/check-in", {"force": True, "reason": "they are early"})
    slots = ask("GET", f"/services/massage/slots?from={near(3)}&to={near(4)}&guests=1")["slots"]
    for slot in slots[:4]:
        moments.append(slot["starts_at"])
        ask("POST", "/appointments", {
            "service": "massage", "starts_at": slot["starts_at"], "guests": 1,
            "guest": {"full_name": "Ana Souza", "email": EMAIL},
        })
    ask("GET", "/api/v1/appointments")
    ask("POST", f"/api/v1/housekeeping/plan?date={near(0)}")
    ask("POST", f"/api/v1/housekeeping/plan?date={near(1)}")
    ask("GET", "/api/v1/housekeeping/tasks?limit=100")
    ask("POST", "/voice/simulate/calls")
    ask("POST", "/chat", {"message": "hello"})


def pick(choice, shelf):
    """Often the first, which the demo or `furnish` made: it is known to work."""
    return shelf[0] if choice.random() < 0.5 else choice.choice(shelf)


def plausible(choice, value, key=""):
    """The same value with kept ids and codes, and days to come, where such a thing is meant."""
    if isinstance(value, dict):
        made = {name: plausible(choice, inner, name) for name, inner in value.items()}
        return in_order(choice, made)
    if isinstance(value, list):
        return [plausible(choice, inner, key) for inner in value]
    if not isinstance(value, str):
        return value
    if key in IDS and ids[IDS[key]]:
        return pick(choice, ids[IDS[key]])
    if key in CODES and codes[CODES[key]]:
        return pick(choice, codes[CODES[key]])
    if key == "email":
        return EMAIL
    if MOMENT.match(value) and moments:
        return choice.choice(moments)
    if DAY.match(value):
        return near(choice.choice((1, 2, 4, choice.randrange(-1, 60))))
    return value


def like_accepted(choice, case):
    """A body that was accepted for this route, or the one that made the thing to be replaced, with one generated field."""
    body = accepted.get(case.path) or accepted.get(case.path.removesuffix("/{id}"))
    if body is None or not isinstance(case.body, dict):
        return case.body
    body = {**body}
    if "code" in body and body["code"] not in codes["services"]:
        body["code"] = f"f{sent}"
    if case.body and choice.random() < 0.7:
        field = choice.choice(sorted(case.body))
        body[field] = case.body[field]
    return body


def in_order(choice, made):
    """A span of days that begins before it ends, a few days long."""
    first = next((made[key] for key in made if key in STARTS and is_day(made[key])), None)
    if first is None:
        return made
    last = (datetime.date.fromisoformat(first) + datetime.timedelta(days=choice.randrange(1, 6))).isoformat()
    return {key: last if key in ENDS and is_day(value) else value for key, value in made.items()}


def is_day(value):
    if not isinstance(value, str) or not DAY.match(value):
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


@schemathesis.hook
def before_call(ctx, case, kwargs):
    global sent
    sent += 1
    choice = random.Random(f"{SEED}/{sent}")
    kind = collection(case.path)
    settled = choice.random() < 0.7
    if settled and isinstance(case.path_parameters, dict):
        for name, value in list(case.path_parameters.items()):
            shelf = {"id": ids[kind], "code": codes[kind], "gateway": ["sandbox"], "business_date": [near(-1), near(0)], "report": REPORTS}
            if shelf.get(name):
                case.path_parameters[name] = choice.choice(shelf[name])
    if settled and case.path.startswith("/api/v1/reservations/{id}/actions/") and choice.random() < 0.5:
        made = fresh_reservation(choice)
        if made and isinstance(case.path_parameters, dict):
            case.path_parameters["id"] = made
            if isinstance(case.body, dict):
                case.body = {key: value for key, value in case.body.items() if choice.random() < 0.5 or key == "date"}
    if settled:
        if choice.random() < 0.5:
            case.body = like_accepted(choice, case)
        if isinstance(case.body, (dict, list)):
            case.body = plausible(choice, case.body)
        if isinstance(case.query, dict):
            case.query = plausible(choice, case.query)
        if case.headers is not None and takes_version(case):
            version = versions.get((case.path_parameters or {}).get("id"), 1)
            case.headers["If-Match"] = f'"{version}"'
        if case.headers is not None:
            # A key that was used for another body is refused.
            case.headers.pop("Idempotency-Key", None)
    if kind == "clock" and case.method.upper() == "POST":
        keep_the_year(case)
    if "/voice/twilio/" in case.path and settled:
        sign(case)


def fresh_reservation(choice):
    """A reservation that nobody did anything to yet, or none when the house is full that day."""
    first = choice.choice((0, 0, choice.randrange(1, 80)))
    stay = {"arrival": near(first), "departure": near(first + 3), "unit_group": pick(choice, codes["unit-groups"][:3]), "adults": 1}
    hold = {"hold": {"minutes": 60}} if choice.random() < 0.2 else {}
    request = {"stays": [stay], "guest": {"name": "Ana Souza", "email": EMAIL}, **hold}
    try:
        made = send("POST", "/api/v1/bookings", request)["reservations"][0]
    except urllib.error.HTTPError:
        return
    if choice.random() < 0.4 and first == 0:
        try:
            send("POST", f"/api/v1/reservations/{made['id']}/actions/check-in", {"force": True, "reason": "early"})
        except urllib.error.HTTPError:
            pass
    return made["id"]


def takes_version(case):
    return any(parameter.name == "If-Match" for parameter in case.operation.headers)


def keep_the_year(case):
    """A sandbox's clock goes forward only, and after a hundred years nothing made here is of any day. So far moves are tried, not made."""
    by = case.body.get("advance_by_seconds") if isinstance(case.body, dict) else None
    if not isinstance(by, int) or by > 3600 or "set_to" in case.body:
        case.query = {**(case.query or {}), "dry_run": "true"}


def sign(case):
    """As Twilio signs a call: the address, then each field's name and value in the order of the names."""
    query = urllib.parse.urlencode(case.query or {}, doseq=True)
    address = BASE + case.path + (f"?{query}" if query else "")
    case.headers = case.headers if case.headers is not None else {}
    fields = case.body if isinstance(case.body, dict) else {}
    if "CallSid" in fields and fields["CallSid"] not in calls:
        keep(calls, fields["CallSid"])
    if calls and "CallSid" in fields and not case.path.endswith("inbound"):
        fields["CallSid"] = calls[0]
    text = address + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    mark = hmac.new(TWILIO_TOKEN.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha1).digest()
    case.headers["X-Twilio-Signature"] = base64.b64encode(mark).decode()


@schemathesis.hook
def after_call(ctx, case, response):
    if response.status_code not in (200, 201) or "json" not in response.headers.get("content-type", [""])[0]:
        return
    # What was only tried is not there.
    if "dry-run" in response.headers:
        return
    learn(told_by(case.path), json.loads(response.content))
    if isinstance(case.body, dict) and case.path not in accepted:
        accepted[case.path] = case.body


furnish()
