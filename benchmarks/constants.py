"""What the eight schemes pay and demand (fen), and the sums that every engine must give."""

from __future__ import annotations

from datetime import date

S1 = {"assistant": 50_000, "social_worker": 80_000, "senior": 120_000}
S2 = {"assistant": 150_000, "social_worker": 300_000, "senior": 500_000}
S3 = {"assistant": 100_000, "social_worker": 200_000}
S4 = {"assistant": 20_000, "social_worker": 40_000, "senior": 60_000}
S5 = {"assistant": 100_000, "social_worker": 200_000, "senior": 500_000}
S6_PERCENT, S6_CAP = 80, 60_000
PAY = (215_000, 226_500, 239_000, 252_700, 267_300, 283_100, 300_400, 318_900, 339_000,
       360_600, 383_800, 408_700, 435_400, 464_000, 494_600, 527_300, 562_200, 599_400)  # fmt: skip
STEPS = {"assistant": 1, "social_worker": 2, "senior": 3}
WINDOW = date(2024, 12, 30), date(2025, 2, 28)
YEAR = date(2023, 1, 1), date(2024, 1, 1)
LEVELS = (None, "assistant", "social_worker", "senior")
SCHEMES = ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8")

COUNTIES = {
    "2309": ("230902", "230903", "230904", "230921"),
    "3302": ("330203", "330205", "330206", "330211", "330212", "330213", "330225", "330226",
             "330281"),
    "3310": ("331002", "331003", "331004", "331022", "331023", "331024", "331081", "331082",
             "331083"),
    "1302": ("130202", "130203", "130204", "130205", "130207", "130208", "130209", "130224",
             "130225"),
    "3401": ("340102", "340103", "340104", "340111", "340121", "340122", "340123", "340124",
             "340181"),
    "1101": ("110101", "110102", "110105", "110106", "110107", "110108", "110109", "110111",
             "110112"),
    "4403": ("440303", "440304", "440305", "440306", "440307", "440308", "440309", "440310",
             "440311"),
}  # fmt: skip
PREFIXES = tuple(COUNTIES)

# Sums over the first 20,000 rows, as measured earlier for other engines. S4 counts months as the
# library does; a month complete only on the same day number, as then, gives S4_SAME_DAY. Of the
# first 1,000,000 rows, the two rules pay differently in the rows MOVED only.
SUMS = {"s1": 142_600_000, "s2": 281_750_000, "s3": 141_700_000, "s5": 157_900_000,
        "s6": 902_335_497, "s7": 652_829_700, "s8": 6_732}  # fmt: skip
S4_SAME_DAY = 1_315_260_000
MOVED = (515_617, 878_285)
MILLION = (7_148_700_000, 14_499_400_000, 7_291_900_000, 67_021_240_000, 7_713_200_000,
           45_007_146_825, 32_609_067_600, 339_780)  # fmt: skip
"""The sums of s1 to s8 over the first 1,000,000 rows."""
