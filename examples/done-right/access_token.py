"""Access tokens of the notes API, issued and checked in one place."""

import os
from datetime import datetime, timedelta, timezone

import jwt

ISSUER = "https://notes.example.com"
AUDIENCE = "https://api.notes.example.com"
LIFETIME = timedelta(minutes=10)

# Raises KeyError when the variable is missing: without a key, nothing starts.
KEY = os.environ["ACCESS_TOKEN_KEY"]


def issue_access_token(user_id: str) -> str:
    """A token for a user: who, and for how long. Nothing else is in it."""
    claims = {
        "sub": user_id,
        "iss": ISSUER,
        "aud": AUDIENCE,
        "exp": datetime.now(timezone.utc) + LIFETIME,
    }
    return jwt.encode(claims, KEY, algorithm="HS256")


def user_of(token: str) -> str:
    """The user id of a valid access token. Raises for every other text."""
    claims = jwt.decode(
        token,
        KEY,
        algorithms=["HS256"],
        issuer=ISSUER,
        audience=AUDIENCE,
        options={"require": ["exp", "iss", "aud", "sub"]},
    )
    return claims["sub"]
