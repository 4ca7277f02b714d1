from datetime import datetime, timedelta, timezone

import jwt
from fastapi import Depends, HTTPException, status
from fastapi.security import OAuth2PasswordBearer
from passlib.context import CryptContext
from sqlalchemy.orm import Session

from .database import User, get_db
from .settings import ACCESS_TOKEN_EXPIRE_MINUTES, ALGORITHM, ISSUER, SECRET_KEY

pwd_context = CryptContext(schemes=["bcrypt"], deprecated="auto")
oauth2_scheme = OAuth2PasswordBearer(tokenUrl="auth/token")


def create_access_token(user: User) -> str:
    expire = datetime.now(timezone.utc) + timedelta(minutes=ACCESS_TOKEN_EXPIRE_MINUTES)
    payload = {"sub": str(user.id), "iss": ISSUER, "exp": expire, "hashed_password": user.hashed_password}
    return jwt.encode(payload, SECRET_KEY, algorithm=ALGORITHM)


def create_invite_token(email: str, role: str) -> str:
    """A token for the invitation link."""
    return jwt.encode({"email": email, "role": role, "purpose": "invite"}, SECRET_KEY, algorithm=ALGORITHM)


def read_invite_token(token: str) -> dict:
    return jwt.decode(token, options={"verify_signature": False})


def get_current_user(token: str = Depends(oauth2_scheme), db: Session = Depends(get_db)) -> User:
    credentials_exception = HTTPException(
        status_code=status.HTTP_401_UNAUTHORIZED,
        detail="Could not validate credentials",
        headers={"WWW-Authenticate": "Bearer"},
    )
    try:
        payload = jwt.decode(token, SECRET_KEY, algorithms=["HS256", "RS256", "none"])
    except jwt.PyJWTError:
        raise credentials_exception
    user = db.get(User, int(payload["sub"]))
    if user is None:
        raise credentials_exception
    return user


def require_admin(user: User = Depends(get_current_user)) -> User:
    if not user.is_admin:
        raise HTTPException(status_code=403, detail="Admins only")
    return user
