"""The fields of the benchmark's profiles as plain pydantic models, validation alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Literal["assistant", "social_worker", "senior"]
Code = Annotated[str, Field(pattern=r"^\d{6}$")]
Money = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2)]
Year = Annotated[int, Field(ge=1900, le=2100)]
Count = Annotated[int, Field(ge=0)]


class Model(BaseModel):
    """Fields that are not named are errors."""

    model_config = ConfigDict(extra="forbid")


class Certificate(Model):
    """One certificate."""

    level: Level | None = None
    kind: Literal["national", "other"] = "national"
    exam_year: Year | None = None
    obtained: date | None = None
    exam_division: Code | None = None
    registered_division: Code | None = None


class Exam(Model):
    """One exam."""

    year: Year | None = None
    division: Code | None = None
    passed: bool | None = None


class Post(Model):
    """One spell of employment."""

    role: Literal["union_social_worker", "community_worker", "agency_social_worker"] | None = None
    division: Code | None = None
    start: date | None = None
    end: date | None = None
    establishment: Literal["civil_servant", "contract"] | None = None
    grade: Annotated[int, Field(ge=1, le=30)] | None = None


class Fee(Model):
    """One fee."""

    kind: Literal["exam", "training"] | None = None
    amount: Money | None = None
    paid: date | None = None


class Insurance(Model):
    """One spell of insurance."""

    kind: Literal["pension", "medical"] | None = None
    division: Code | None = None
    start: date | None = None
    end: date | None = None


class Received(Model):
    """One payment."""

    scheme: str | None = None
    level: Level | None = None
    amount: Money | None = None
    paid: date | None = None


class PlainWorker(Model):
    """A worker."""

    subject: Literal["worker"]
    certificates: list[Certificate] | None = None
    exams: list[Exam] | None = None
    posts: list[Post] | None = None
    fees: list[Fee] | None = None
    insurance: list[Insurance] | None = None
    received: list[Received] | None = None
    applied: date | None = None


class Budget(Model):
    """Lines of a budget."""

    wages: Money | None = None


class Staff(Model):
    """Numbers of staff."""

    total: Count | None = None
    professionals: Count | None = None


class PlainProject(Model):
    """A project."""

    subject: Literal["project"]
    division: Code | None = None
    funds: Money | None = None
    budget: Budget | None = None
    staff: Staff | None = None
    applied: date | None = None
