"""Passwords of tests: hashed quickly, and in a form that every server knows."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class Quick(PBKDF2PasswordHasher):
    """The number of rounds stands in the hash: whoever checks it needs no other settings."""

    iterations = 1
