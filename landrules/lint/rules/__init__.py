"""Every lint rule, in the order of its code. One file a rule; one line here."""

from __future__ import annotations

from landrules.lint.record import LintRule
from landrules.lint.rules import (
    confusable_characters,
    deny_without_message,
    example_at_national_level,
    gap_in_dated_series,
    long_file,
    missing_alias,
    missing_test,
    missing_title,
    name_style,
    one_language,
    repeated_condition,
    shadowed_given,
    stale_verification,
    suppression_without_reason,
    unknown_suppression,
    unreachable,
    unused_declaration,
    unused_import,
    unused_layer,
    unused_suppression,
    unverified_deny,
)

RULES: tuple[LintRule, ...] = (
    unused_layer.RULE,
    unused_declaration.RULE,
    unused_import.RULE,
    stale_verification.RULE,
    missing_alias.RULE,
    missing_test.RULE,
    missing_title.RULE,
    one_language.RULE,
    gap_in_dated_series.RULE,
    confusable_characters.RULE,
    unverified_deny.RULE,
    repeated_condition.RULE,
    name_style.RULE,
    long_file.RULE,
    example_at_national_level.RULE,
    deny_without_message.RULE,
    unreachable.RULE,
    shadowed_given.RULE,
    suppression_without_reason.RULE,
    unknown_suppression.RULE,
    unused_suppression.RULE,
)
