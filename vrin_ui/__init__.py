"""The screens' shared parts: asking, filters, charts, maps and wording. Pages import only from here."""
