"""What PayPal tells, signed as PayPal signs it and verified by its SDK.

Asked on stdin, answered on stdout, both JSON. The SDK trusts the authorities that are in its package; here it trusts one
that was made for the test, and all the rest of it is its own.
"""

import base64
import datetime
import json
import os
import sys
import warnings
import zlib

warnings.filterwarnings("ignore")
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "*"

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID


def certificate(name, key, issuer, signer, is_authority):
    now = datetime.datetime.now(datetime.timezone.utc)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    return made.sign(signer, hashes.SHA256())


def pem(made):
    return made.public_bytes(serialization.Encoding.PEM).decode()


def found(asked):
    """An authority, and a certificate of it for such a name."""
    authority_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    authority = certificate("An authority of a test", authority_key, None, authority_key, True)
    own = certificate(asked["name"], key, authority.subject, authority_key, False)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return {"authority": pem(authority), "certificate": pem(own), "key": private.decode()}


def sign(asked):
    checksum = zlib.crc32(asked["body"].encode()) & 0xFFFFFFFF
    text = "|".join([asked["id"], asked["time"], asked["webhook"], str(checksum)])
    key = serialization.load_pem_private_key(asked["key"].encode(), None)
    signature = key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    return base64.b64encode(signature).decode()


def verify(asked):
    from OpenSSL import crypto
    from paypalrestsdk import WebhookEvent

    authority = crypto.load_certificate(crypto.FILETYPE_PEM, asked["authority"])

    def store(_):
        trusted = crypto.X509Store()
        trusted.add_cert(authority)
        return trusted

    WebhookEvent._get_certificate_store = classmethod(store)
    return WebhookEvent.verify(
        asked["id"],
        asked["time"],
        asked["webhook"],
        asked["body"],
        asked["url"],
        asked["signature"],
        asked["algorithm"],
    )


asked = json.load(sys.stdin)
answer = sys.stdout
# The SDK prints why it believes something not.
sys.stdout = sys.stderr
json.dump({"found": found, "sign": sign, "verify": verify}[asked["do"]](asked), answer)
