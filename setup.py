"""Where the packages lie: `grammar/` and `rulesets/` stand at the top of the tree and travel inside the package."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["landrules", "landrules.*"]), "landrules._grammar", "landrules._rulesets"],
    package_dir={"landrules": "landrules", "landrules._grammar": "grammar", "landrules._rulesets": "rulesets"},
    package_data={"landrules": ["py.typed"], "landrules._grammar": ["**/*"], "landrules._rulesets": ["**/*"]},
)
