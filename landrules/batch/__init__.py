"""Many proposals judged as one is: the same road, several processes, answers in the order of the inputs.

`inputs.py` finds the proposals, `judge.py` judges one of them, `pool.py` hands them to processes (`worker.py`) and
puts their answers in order, `run.py` is the function for Python. For the command there are `answer.py` and `table.py`,
which say how an answer is written, `error.py`, the object of an input that could not be judged, `asked.py` and
`journal.py`, which keep what is finished through a kill, and `tally.py`, which counts.
"""
