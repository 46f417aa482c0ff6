"""Schemes: the terms of one incentive or rule set, as its rule file states them."""
