"""The directory in a database, for a region or the whole of England: SQLite, or PostgreSQL by setting.

The YAML entries stay the truth; here they are compiled into tables from which the few entries that can
matter for a patient are picked. Those few are judged by the same evaluator as in memory, so that the
answer is the same by construction as long as nothing is left out that could be offered. What may be
left out stands in ``index``, as pure functions; the rest of the package stores and fetches.
"""
