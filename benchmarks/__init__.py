"""Proofs: each command here prints its table beside a baseline measured in the same run."""
