"""The sandboxed child that judges pages at the feeder and looks at files: ``python -m sohoa.feeder_child``.

It loads no engine and no model, so that it is there at once. It sees untrusted bytes; it holds no store, no
database and no network. See ``sohoa.feeder_sandbox``.
"""

from __future__ import annotations

from pipeline.child import serve
from pipeline.inspect_job import answer_inspect
from pipeline.job_names import INSPECT
from scanners.judgement.job import JUDGE, answer_judge
from sohoa.scan_jobs import scan_jobs

if __name__ == "__main__":
    serve({INSPECT: answer_inspect, JUDGE: answer_judge, **scan_jobs()})
