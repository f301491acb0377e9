"""Plan, overlay, evaluate, decide: from norms and a site to a report, by pure functions."""
