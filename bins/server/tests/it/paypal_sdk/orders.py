"""PayPal's SDK for servers: it drives orders through a server, and its models read what that server and we say.

Asked on stdin, answered on stdout, both JSON. Its models leave out what they do not know, so what they read is written
again and compared: whatever is lost, or changed, is not of PayPal's.
"""

import json
import os
import sys

os.environ["NO_PROXY"] = os.environ["no_proxy"] = "*"

from paypalserversdk.api_helper import APIHelper
from paypalserversdk.configuration import Configuration, Environment, Server
from paypalserversdk.http.auth.o_auth_2 import ClientCredentialsAuthCredentials
from paypalserversdk.models.amount_with_breakdown import AmountWithBreakdown
from paypalserversdk.models.capture_status import CaptureStatus
from paypalserversdk.models.captured_payment import CapturedPayment
from paypalserversdk.models.checkout_payment_intent import CheckoutPaymentIntent
from paypalserversdk.models.experience_context_shipping_preference import ExperienceContextShippingPreference
from paypalserversdk.models.money import Money
from paypalserversdk.models.order import Order
from paypalserversdk.models.order_request import OrderRequest
from paypalserversdk.models.order_status import OrderStatus
from paypalserversdk.models.paypal_experience_user_action import PaypalExperienceUserAction
from paypalserversdk.models.purchase_unit_request import PurchaseUnitRequest
from paypalserversdk.models.refund import Refund
from paypalserversdk.models.refund_request import RefundRequest
from paypalserversdk.models.refund_status import RefundStatus
from paypalserversdk.paypal_serversdk_client import PaypalServersdkClient

MODELS = {model.__name__: model for model in (Order, CapturedPayment, Refund, OrderRequest, RefundRequest)}

# Words are plain text to the models; these are all that the vendor has for each.
WORDS = {
    "intent": [CheckoutPaymentIntent],
    "user_action": [PaypalExperienceUserAction],
    "shipping_preference": [ExperienceContextShippingPreference],
}
STATUS = {"Order": OrderStatus, "CapturedPayment": CaptureStatus, "Refund": RefundStatus, "captures": CaptureStatus, "refunds": RefundStatus}


def words(kind):
    return {value for name, value in vars(kind).items() if name.isupper()}


def unlike(said, again, place, of):
    """Where two differ, and words that the vendor does not have."""
    if isinstance(said, dict):
        if not isinstance(again, dict):
            return [place]
        found = []
        for name, value in said.items():
            at = f"{place}.{name}"
            kinds = [STATUS[of]] if name == "status" and of in STATUS else WORDS.get(name, [])
            if kinds and not any(value in words(kind) for kind in kinds):
                found.append(f"{at} is {value!r}")
            found += unlike(value, again[name], at, name) if name in again else [at]
        return found
    if isinstance(said, list):
        if not isinstance(again, list) or len(said) != len(again):
            return [place]
        return [it for at, pair in enumerate(zip(said, again)) for it in unlike(*pair, f"{place}[{at}]", of)]
    return [] if said == again else [place]


def hold(name, said):
    read = MODELS[name].from_dictionary(said)
    try:
        again = APIHelper.to_dictionary(read)
    except ValueError as missing:
        return [f"{name}: {missing}"]
    return unlike(said, json.loads(json.dumps(again, default=str)), name, name)


def client(asked):
    Configuration.environments[Environment.SANDBOX][Server.DEFAULT] = asked["base"]
    credentials = ClientCredentialsAuthCredentials(o_auth_client_id="an-app", o_auth_client_secret="its secret")
    return PaypalServersdkClient(client_credentials_auth_credentials=credentials, environment=Environment.SANDBOX)


def answered(answer, name):
    """The status, what the models made of the answer, and what they could not."""
    said = json.loads(answer.text)
    return {"status": answer.status_code, "id": answer.body.id, "state": answer.body.status, "unlike": hold(name, said)}


def create(asked):
    unit = PurchaseUnitRequest(
        amount=AmountWithBreakdown(currency_code="USD", value="120.50"),
        custom_id="our-own-name",
        description="Booking RM-TEST22",
    )
    order = OrderRequest(intent=CheckoutPaymentIntent.CAPTURE, purchase_units=[unit])
    wanted = {"body": order, "paypal_request_id": "sdk-create", "prefer": "return=representation"}
    made = client(asked).orders.create_order(wanted)
    again = client(asked).orders.create_order(wanted)
    pages = [link.href for link in made.body.links if link.rel in ("payer-action", "approve")]
    return {**answered(made, "Order"), "pages": pages, "again": again.body.id}


def take(asked):
    paypal = client(asked)
    order = asked["order"]
    taken = paypal.orders.capture_order({"id": order, "paypal_request_id": "sdk-take", "prefer": "return=representation"})
    capture = taken.body.purchase_units[0].payments.captures[0]
    shown = paypal.payments.get_captured_payment({"capture_id": capture.id})
    part = RefundRequest(amount=Money(currency_code="USD", value="20.50"), custom_id="refund-of-ours")
    back = paypal.payments.refund_captured_payment(
        {"capture_id": capture.id, "body": part, "paypal_request_id": "sdk-back", "prefer": "return=representation"}
    )
    seen = paypal.payments.get_refund({"refund_id": back.body.id})
    after = paypal.orders.get_order({"id": order})
    return {
        "taken": answered(taken, "Order"),
        "amount": capture.amount.value,
        "capture": answered(shown, "CapturedPayment"),
        "refund": answered(back, "Refund"),
        "seen": answered(seen, "Refund"),
        "after": answered(after, "Order"),
        "left": after.body.purchase_units[0].payments.captures[0].status,
    }


def refused(asked):
    """What the SDK makes of a refusal: its kind, and the vendor's word for it."""
    try:
        client(asked).orders.capture_order({"id": asked["order"], "paypal_request_id": asked["key"]})
    except Exception as error:
        issues = [detail.issue for detail in getattr(error, "details", None) or []]
        return {"kind": type(error).__name__, "status": error.response_code, "issues": issues}
    return None


def held(asked):
    return [it for name, said in asked["said"] for it in hold(name, said)]


asked = json.load(sys.stdin)
answer = sys.stdout
sys.stdout = sys.stderr
json.dump({"create": create, "take": take, "refused": refused, "held": held}[asked["do"]](asked), answer)
