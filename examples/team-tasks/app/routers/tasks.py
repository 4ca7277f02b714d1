from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel
from sqlalchemy.orm import Session

from ..database import Task, User, get_db
from ..security import get_current_user

router = APIRouter(prefix="/tasks", tags=["tasks"])


class TaskIn(BaseModel):
    title: str
    owner_id: int


@router.get("/")
def list_tasks(user: User = Depends(get_current_user), db: Session = Depends(get_db)):
    return db.query(Task).filter(Task.owner_id == user.id).all()


@router.post("/")
def create_task(task: TaskIn, user: User = Depends(get_current_user), db: Session = Depends(get_db)):
    row = Task(title=task.title, owner_id=task.owner_id)
    db.add(row)
    db.commit()
    return row


@router.get("/user/{user_id}")
def tasks_of(user_id: int, user: User = Depends(get_current_user), db: Session = Depends(get_db)):
    return db.query(Task).filter(Task.owner_id == user_id).all()


@router.put("/{task_id}/done")
def mark_done(task_id: int, db: Session = Depends(get_db)):
    task = db.get(Task, task_id)
    if task is None:
        raise HTTPException(status_code=404)
    task.done = True
    db.commit()
    return task
