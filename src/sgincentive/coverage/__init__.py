"""What is on record for which division: never a silence that could be read as "nothing is due"."""

from sgincentive.coverage.records import Reason, Record, records
from sgincentive.coverage.report import Coverage, DivisionCoverage, RecordCoverage

__all__ = ["Coverage", "DivisionCoverage", "Reason", "Record", "RecordCoverage", "records"]
