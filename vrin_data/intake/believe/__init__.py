"""Checks of whole submissions: is what came believable, and is it whole?"""

from vrin_data.intake.believe.assessing import assess, assess_all, renew_findings, write_findings
from vrin_data.intake.believe.finding import Finding
from vrin_data.intake.believe.precision import mend_precision

__all__ = ["Finding", "assess", "assess_all", "mend_precision", "renew_findings", "write_findings"]
