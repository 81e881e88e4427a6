"""SPDX 3: the profiles AI and Dataset."""
