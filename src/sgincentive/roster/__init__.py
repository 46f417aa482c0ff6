"""Rosters: spreadsheets and tables of subjects, read, evaluated, summed up and written out.

    file -> Table (headings and cells) -> entries (facts a row) and rejected rows -> answers
         -> results, totals, rejected -> file

A bad row is rejected with its reason and never stops the run; a file that cannot be used at all is
a :class:`~sgincentive.roster.problems.RosterError`.
"""
