"""Operators find everything of money here, and read it."""

from mungchi.payments.admin import balances, disputes, paying, terms

__all__ = ["balances", "disputes", "paying", "terms"]
