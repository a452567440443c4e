"""The screen Agreements: the register, one agreement, the forms."""
