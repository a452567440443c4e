"""The screen Harm spots: how concentrated harm is, and where it stands out."""
