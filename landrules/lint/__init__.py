"""What is lawful to write and still unwise: style and health of rule files, found from their trees and their norms.

A lint rule is a record in a file of `rules/`; the engine here finds the records, listens to the author's remarks that
allow a finding, and hands back one report, which `cli` and `sarif` print. Missing a case is tolerable, a false alarm is
not.
"""
