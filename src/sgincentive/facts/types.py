"""The annotations of the models' fields: what a fact is in Python, and its kind."""

from datetime import date
from decimal import Decimal
from typing import Annotated, TypeVar

from sgincentive.facts import vocabularies as words
from sgincentive.facts.kinds import (
    COUNT,
    DAY,
    FLAG,
    MONEY,
    MONTHS,
    NUMBER,
    PERIOD,
    PLACE,
    TEXT,
    YEAR,
    one_of,
)
from sgincentive.facts.shape import Form
from sgincentive.facts.spec import Unknown

P = TypeVar("P")
Q = TypeVar("Q")

Day = Annotated[date | Unknown, DAY]
DayOrNone = Annotated[date | Unknown | None, DAY.or_null()]
Money = Annotated[Decimal | Unknown, MONEY]
Number = Annotated[Decimal | Unknown, NUMBER]
Count = Annotated[int | Unknown, COUNT]
Months = Annotated[int | Unknown, MONTHS]
Year = Annotated[int | Unknown, YEAR]
Flag = Annotated[bool | Unknown, FLAG]
Words = Annotated[str | Unknown, TEXT]
Period = Annotated[str | Unknown, PERIOD]
Place = Annotated[str | Unknown, PLACE]

_LEVEL = one_of(words.LEVELS)
_RATING = one_of(words.RATINGS)

Level = Annotated[str | Unknown, _LEVEL]
LevelOrNone = Annotated[str | Unknown | None, _LEVEL.or_null()]
RatingOrNone = Annotated[str | Unknown | None, _RATING.or_null()]
CertificateKind = Annotated[str | Unknown, one_of(words.CERTIFICATE_KINDS)]
Channel = Annotated[str | Unknown, one_of(words.CHANNELS)]
Role = Annotated[str | Unknown, one_of(words.ROLES)]
Position = Annotated[str | Unknown, one_of(words.POSITIONS)]
ElectedRoleOrNone = Annotated[str | Unknown | None, one_of(words.ELECTED_ROLES).or_null()]
Recruitment = Annotated[str | Unknown, one_of(words.RECRUITMENT)]
Establishment = Annotated[str | Unknown, one_of(words.ESTABLISHMENTS)]
EmployerKind = Annotated[str | Unknown, one_of(words.EMPLOYER_KINDS)]
CommunityKind = Annotated[str | Unknown, one_of(words.COMMUNITY_KINDS)]
AuthorityLevel = Annotated[str | Unknown, one_of(words.AUTHORITY_LEVELS)]
AuthorityLevelOrNone = Annotated[str | Unknown | None, one_of(words.AUTHORITY_LEVELS).or_null()]
EmployerSystem = Annotated[str | Unknown, one_of(words.EMPLOYER_SYSTEMS)]
Degree = Annotated[str | Unknown, one_of(words.DEGREES)]
AppraisalResult = Annotated[str | Unknown, one_of(words.APPRAISALS)]
InspectionResult = Annotated[str | Unknown, one_of(words.INSPECTIONS)]
Sex = Annotated[str | Unknown, one_of(words.SEXES)]
HonourKind = Annotated[str | Unknown, one_of(words.HONOUR_KINDS)]
FeeKind = Annotated[str | Unknown, one_of(words.FEE_KINDS)]
BenefitKind = Annotated[str | Unknown, one_of(words.BENEFIT_KINDS)]
LedgerStatus = Annotated[str | Unknown, one_of(words.LEDGER_STATUS)]
StatisticKind = Annotated[str | Unknown, one_of(words.STATISTICS)]
InsuranceKind = Annotated[str | Unknown, one_of(words.INSURANCE_KINDS)]
StationKind = Annotated[str | Unknown, one_of(words.STATION_KINDS)]
OrganisationKind = Annotated[str | Unknown, one_of(words.ORGANISATION_KINDS)]
FundSource = Annotated[str | Unknown, one_of(words.FUND_SOURCES)]
ServiceKind = Annotated[str | Unknown, one_of(words.SERVICE_KINDS)]
Procurement = Annotated[str | Unknown, one_of(words.PROCUREMENT)]
Evaluator = Annotated[str | Unknown, one_of(words.EVALUATORS)]
EvaluationStage = Annotated[str | Unknown, one_of(words.EVALUATION_STAGES)]
BudgetKind = Annotated[str | Unknown, one_of(words.BUDGET_KINDS)]
EconomicClass = Annotated[str | Unknown, one_of(words.ECONOMIC_CLASSES)]
ActivityKind = Annotated[str | Unknown, one_of(words.ACTIVITY_KINDS)]

Entries = Annotated[tuple[P, ...] | Unknown, Form.LIST]
Group = Annotated[P | Unknown, Form.GROUP]
Staffing = Annotated[P | tuple[Q, ...] | Unknown, Form.STAFF]
Partial = Annotated[frozenset[str], Form.PARTIAL]
Confirmed = Annotated[dict[str, dict[str, bool]], Form.CONFIRMED]
