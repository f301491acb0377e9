"""Parse tree to the tree of the language: spans, numbers, dates, names; no meaning yet.

What the grammar cannot refuse (a day that does not exist, an alias in the wrong language) is refused here, as a
diagnostic, and the node is built all the same so that later mistakes are found too.
"""
