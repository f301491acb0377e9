"""Where the packages lie, and the kernel compiled where a compiler is: installing without one works as well.

`grammar/` and `rulesets/` stand at the top of the tree and travel inside the package. The flags are plain, so that every
processor gives the same sums: no fused multiplication, no reordering, nothing of the machine it was built on.
"""

import sys

from setuptools import Extension, find_packages, setup

if sys.platform == "win32":
    FLAGS = ["/O2", "/fp:precise"]
else:
    FLAGS = ["-O2", "-ffp-contract=off"]

setup(
    packages=[*find_packages(include=["landrules", "landrules.*"]), "landrules._grammar", "landrules._rulesets"],
    package_dir={"landrules": "landrules", "landrules._grammar": "grammar", "landrules._rulesets": "rulesets"},
    package_data={
        "landrules": ["py.typed"],
        "landrules.geo": ["_overlap.c"],
        "landrules._grammar": ["**/*"],
        "landrules._rulesets": ["**/*"],
    },
    ext_modules=[
        Extension("landrules.geo._overlap", ["landrules/geo/_overlap.c"], extra_compile_args=FLAGS, optional=True)
    ],
)
