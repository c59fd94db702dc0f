"""What a run did, source by source: counted while it runs, judged by earlier runs, kept, told.

The road: ``RunReport`` counts → ``ended`` gives a ``Report`` → ``judged`` adds what to worry about → ``write`` keeps it
as ``state/runs/<run>.json`` with its metrics → ``as_text`` or ``as_table`` tell it. The clock is asked by nobody here.
"""

from crawler.work.report.counting import RunReport
from crawler.work.report.judging import judged
from crawler.work.report.keeping import earlier, write
from crawler.work.report.model import Caution, Report, SourceReport
from crawler.work.report.telling import as_table, as_text, headline

__all__ = [
    "Caution",
    "Report",
    "RunReport",
    "SourceReport",
    "as_table",
    "as_text",
    "earlier",
    "headline",
    "judged",
    "write",
]
