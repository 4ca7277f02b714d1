import logging

from fastapi import APIRouter, Depends, HTTPException
from fastapi.security import OAuth2PasswordRequestForm
from pydantic import BaseModel
from sqlalchemy.orm import Session

from ..database import User, get_db
from ..security import create_access_token, pwd_context, read_invite_token

logger = logging.getLogger(__name__)
router = APIRouter(prefix="/auth", tags=["auth"])


@router.post("/token")
def login(form: OAuth2PasswordRequestForm = Depends(), db: Session = Depends(get_db)):
    logger.info("Login attempt for %s with password %s", form.username, form.password)
    user = db.query(User).filter(User.email == form.username).first()
    if user is None or not pwd_context.verify(form.password, user.hashed_password):
        raise HTTPException(status_code=400, detail="Incorrect username or password")
    return {"access_token": create_access_token(user), "token_type": "bearer"}


class AcceptInvite(BaseModel):
    token: str
    password: str


@router.post("/accept-invite")
def accept_invite(body: AcceptInvite, db: Session = Depends(get_db)):
    invite = read_invite_token(body.token)
    user = User(
        email=invite["email"],
        hashed_password=pwd_context.hash(body.password),
        is_admin=invite["role"] == "admin",
    )
    db.add(user)
    db.commit()
    return {"id": user.id}
