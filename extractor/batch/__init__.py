"""Many documents: each in a child process within limits, its result written whole, every one recorded.

    from extractor.batch import extract_many

The story is told in `run`; `cluster` tells it over many machines. `extract_guarded` is for one document.
"""

from extractor.batch.child import Limits
from extractor.batch.extraction import Form
from extractor.batch.guard import extract_guarded
from extractor.batch.job import Failure
from extractor.batch.manifest import Record
from extractor.batch.run import Batch, extract_many, plan_batch, run_batch

__all__ = ["Batch", "Failure", "Form", "Limits", "Record", "extract_guarded", "extract_many", "plan_batch", "run_batch"]
